/** Narrows the list to senders and subjects that contain the words, while typing. */

import { Search, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useArchiveOrNone } from '../app/use-store.ts';
import type { ArchiveStore } from '../engine/archive-store.ts';
import { focusOnList } from '../list/list-element.ts';

/** Typing pauses this long before the list follows. */
const PAUSE_MS = 120;

export function SearchBox({ store }: { readonly store: ArchiveStore | null }) {
  const [text, setText] = useState(store?.snapshot().arrangement.query ?? '');
  const field = useRef<HTMLInputElement>(null);

  const query = useArchiveOrNone(store)?.arrangement.query ?? '';
  // Put away from elsewhere, to show a message that it hides.
  useEffect(() => {
    if (query === '') setText('');
  }, [query]);

  useEffect(() => {
    if (!store || text === store.snapshot().arrangement.query) return;
    const timer = setTimeout(() => store.arrange({ query: text }), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [store, text]);

  return (
    <div className="search">
      <Search size={15} aria-hidden />
      <input
        ref={field}
        type="text"
        role="searchbox"
        aria-label="Search"
        placeholder="Sender, recipient or subject"
        disabled={!store}
        value={text}
        maxLength={1000}
        spellCheck={false}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && text !== '') setText('');
          else if (event.key === 'Escape' || event.key === 'Enter') {
            focusOnList();
          } else return;
          event.preventDefault();
        }}
      />
      {text !== '' && (
        <button
          type="button"
          className="icon-button"
          aria-label="Clear search"
          onClick={() => {
            setText('');
            field.current?.focus();
          }}
        >
          <X size={14} />
        </button>
      )}
    </div>
  );
}

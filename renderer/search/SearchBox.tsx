/** What is looked for, with results while typing; hints and help for the syntax in place. */

import { CircleQuestionMark, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { SearchHint } from '../../shared/search-answer.ts';
import { QUERY_LENGTH_MAX } from '../../shared/search-syntax.ts';
import { useArchiveOrNone } from '../app/use-store.ts';
import type { ArchiveStore } from '../engine/archive-store.ts';
import { focusOnList } from '../list/list-element.ts';
import { QueryField } from './QueryField.tsx';
import { SearchHelp } from './SearchHelp.tsx';
import { say } from '../../shared/language/say.ts';
import { useCompleting } from './use-completing.ts';

/** Typing pauses this long before the list follows. */
const PAUSE_MS = 120;

type Typed = readonly [text: string, type: (text: string) => void, hints: readonly SearchHint[]];

/** What stands in the box; the list follows when typing pauses, and the box what others ask of the list. */
function useTyped(store: ArchiveStore | null): Typed {
  const snapshot = useArchiveOrNone(store);
  const query = snapshot?.arrangement.query ?? '';
  const [text, setText] = useState(query);
  /** What the list was asked last from here: any other query comes from elsewhere. */
  const asked = useRef(query);

  useEffect(() => {
    if (query === asked.current) return;
    asked.current = query;
    setText(query);
  }, [query]);

  useEffect(() => {
    const wanted = text.slice(0, QUERY_LENGTH_MAX);
    if (!store || wanted === asked.current) return;
    const timer = setTimeout(() => {
      asked.current = wanted;
      store.arrange({ query: wanted });
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [store, text]);

  return [text, setText, query === '' ? NO_HINTS : (snapshot?.list.search?.hints ?? NO_HINTS)];
}

const NO_HINTS: readonly SearchHint[] = [];

export function SearchBox({ store }: { readonly store: ArchiveStore | null }) {
  const [text, setText, hints] = useTyped(store);
  const [help, setHelp] = useState<'shown' | 'hidden'>('hidden');
  const field = useRef<HTMLInputElement>(null);

  const change = (wanted: string): void => {
    setText(wanted);
    field.current?.focus();
  };
  const completing = useCompleting(store?.picture.names ?? null, field, change);
  return (
    // What lies over the list is put away when the keyboard goes on: it would hide where it went.
    <search
      className="search-place"
      onBlur={({ currentTarget, relatedTarget }) => {
        const shown = currentTarget.querySelector('.search-help');
        // In a narrow window it stands above the list, and hides nothing.
        const isOver = shown !== null && getComputedStyle(shown).position === 'absolute';
        if (isOver && relatedTarget && !currentTarget.contains(relatedTarget)) setHelp('hidden');
      }}
    >
      <QueryField
        name="search"
        label={say('search.box')}
        field={field}
        state={store ? 'usable' : 'disabled'}
        text={text}
        hints={hints}
        completing={completing}
        onType={setText}
        onChange={change}
        onKey={({ key }) => {
          if (key === '?' && text === '') setHelp('shown');
          else if (key === 'Escape' && help === 'shown') setHelp('hidden');
          else if (key === 'Escape' && text !== '') setText('');
          else if (key === 'Escape' || key === 'Enter') focusOnList();
          else return false;
          return true;
        }}
      >
        {text !== '' && (
          <button
            type="button"
            className="icon-button"
            aria-label={say('search.clear')}
            onClick={() => change('')}
          >
            <X size={14} />
          </button>
        )}
        <button
          type="button"
          className="icon-button"
          aria-label={say('search.help')}
          aria-expanded={help === 'shown'}
          title={say('search.helpKey')}
          onClick={() => setHelp(help === 'shown' ? 'hidden' : 'shown')}
        >
          <CircleQuestionMark size={15} />
        </button>
      </QueryField>
      {help === 'shown' && (
        <SearchHelp
          onClose={() => {
            setHelp('hidden');
            field.current?.focus();
          }}
          onExample={(example) => {
            setHelp('hidden');
            change(text.trim() === '' ? example : `${text.trimEnd()} ${example}`);
          }}
        />
      )}
    </search>
  );
}

/** Looking for words in the message: how often they stand in it, and going from one to the next. */

import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { useAppStore } from '../../app/use-store.ts';
import { focusOn } from '../../command/archive-commands.ts';
import { say } from '../../../shared/language/say.ts';

export function FindBar() {
  const { finding } = useAppStore().reader;
  const { open, words, total, at } = useSyncExternalStore(finding.subscribe, finding.snapshot);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (open) input.current?.select();
  }, [open]);
  if (!open) return null;
  const close = (): void => {
    finding.close();
    focusOn('.reader');
  };
  const buttons = [
    { label: 'find.previous', Sign: ChevronUp, press: () => finding.step(-1), needs: 'places' },
    { label: 'find.next', Sign: ChevronDown, press: () => finding.step(1), needs: 'places' },
    { label: 'find.end', Sign: X, press: close, needs: 'nothing' },
  ] as const;
  return (
    // biome-ignore lint/a11y/useSemanticElements: the element `search` is not yet known everywhere
    <div className="toolbar find-bar" role="search" aria-label={say('find.bar')}>
      <div className="search">
        <input
          ref={input}
          type="text"
          aria-label={say('find.words')}
          value={words}
          maxLength={200}
          onChange={(event) => finding.look(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') finding.step(event.shiftKey ? -1 : 1);
            else if (event.key === 'Escape') close();
            else return;
            event.preventDefault();
          }}
        />
      </div>
      <span className="quiet" aria-live="polite">
        {total === 0 && words !== '' && say('find.none')}
        {total > 0 && say('find.place', { place: at + 1, places: total })}
      </span>
      {buttons.map(({ label, Sign, press, needs }) => (
        <button
          key={label}
          type="button"
          className="icon-button"
          aria-label={say(label)}
          disabled={needs === 'places' && total === 0}
          onClick={press}
        >
          <Sign size={16} aria-hidden />
        </button>
      ))}
    </div>
  );
}

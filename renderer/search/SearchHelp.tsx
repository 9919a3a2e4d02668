/** What a query may say, in place: each example can be taken. */

import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { SYNTAX_HELP } from './syntax-help.ts';
import { say } from '../../shared/language/say.ts';

interface Props {
  readonly onClose: () => void;
  readonly onExample: (example: string) => void;
}

export function SearchHelp({ onClose, onExample }: Props) {
  const panel = useRef<HTMLElement>(null);
  useEffect(() => panel.current?.querySelector('button')?.focus(), []);
  return (
    <section
      ref={panel}
      className="search-help"
      aria-label={say('search.whatCan')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      <header>
        <h2>{say('search.whatCan')}</h2>
        <button
          type="button"
          className="icon-button"
          aria-label={say('search.closeHelp')}
          onClick={onClose}
        >
          <X size={14} />
        </button>
      </header>
      {SYNTAX_HELP.map(({ title, lines }) => (
        <div key={title} className="search-help-part">
          <h3>{say(title)}</h3>
          <ul>
            {lines.map(({ example, says }) => (
              <li key={example}>
                <button
                  type="button"
                  className="search-example"
                  translate="no"
                  onClick={() => onExample(example)}
                >
                  {example}
                </button>
                <span>{say(says)}</span>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

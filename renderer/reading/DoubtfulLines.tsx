/**
 * The lines that could be read otherwise, each with the reason, what it is taken for, and what a
 * person can do about it. There may be a thousand: they are shown in pages.
 */

import { useId, useState } from 'react';
import type { Dialect, DoubtfulLine } from '../../shared/dialect-report.ts';
import { verdictInWords } from './words.ts';
import { say } from '../../shared/language/say.ts';

const PAGE = 50;

interface Actions {
  /** False while the archive is being read again. */
  readonly possible: boolean;
  readonly onOverrule: (line: DoubtfulLine, reading: 'separator' | 'content' | 'default') => void;
  readonly onShow: (line: DoubtfulLine) => void;
}

/** There are two at the most. */
const PLACES = ['first', 'second'] as const;

function Line({ line, possible, onOverrule, onShow }: { readonly line: DoubtfulLine } & Actions) {
  const text = useId();
  const choices = line.overruled ? (['default'] as const) : line.choices;
  return (
    <li className={line.overruled ? 'doubtful doubtful-overruled' : 'doubtful'}>
      <div className="doubtful-words">
        <code id={text} translate="no">
          {line.text}
        </code>
        <p>{verdictInWords(line)}</p>
      </div>
      {choices.map((to, place) => (
        // Not disabled while it cannot be used: the focus would be lost. So would it with another key.
        <button
          key={PLACES[place]}
          type="button"
          className="button"
          aria-describedby={text}
          aria-disabled={!possible}
          onClick={() => possible && onOverrule(line, to)}
        >
          {say(`doubtful.${to}`)}
        </button>
      ))}
      <button type="button" className="button" aria-describedby={text} onClick={() => onShow(line)}>
        {say('doubtful.show')}
      </button>
    </li>
  );
}

export function DoubtfulLines({ dialect, ...actions }: { readonly dialect: Dialect } & Actions) {
  const [pages, setPages] = useState(1);
  const { lines, doubtful } = dialect;
  const shown = lines.slice(0, pages * PAGE);
  const rest = lines.length - shown.length;
  if (doubtful === 0) return <p className="quiet">{say('doubtful.none')}</p>;
  return (
    <>
      <ul className="doubtful-list" aria-label={say('doubtful.list')}>
        {shown.map((line) => (
          <Line key={line.offset} line={line} {...actions} />
        ))}
      </ul>
      {rest > 0 && (
        <button type="button" className="button" onClick={() => setPages(pages + 1)}>
          {say('doubtful.more', { lines: Math.min(rest, PAGE), rest })}
        </button>
      )}
      {doubtful > lines.length && (
        <p className="quiet">{say('doubtful.unlisted', { lines: doubtful - lines.length })}</p>
      )}
    </>
  );
}

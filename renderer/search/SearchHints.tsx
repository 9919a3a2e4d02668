/** Below the search box: what in the query was not understood, and what would be right. */

import type { SearchHint } from '../../shared/search-answer.ts';
import { QUERY_LENGTH_MAX } from '../../shared/search-syntax.ts';
import { say } from '../../shared/language/say.ts';

/** So many are shown: the first ones. */
const SHOWN_MAX = 3;

interface Props {
  /** What describes the field in which the query is typed. */
  readonly id: string;
  readonly text: string;
  readonly hints: readonly SearchHint[];
  /** Takes the query with what would be right. */
  readonly onRight: (query: string) => void;
}

export function SearchHints({ id, text, hints, onRight }: Props) {
  const isTooLong = text.length > QUERY_LENGTH_MAX;
  const shown = hints.slice(0, SHOWN_MAX);
  const isEmpty = shown.length === 0 && !isTooLong;
  return (
    <div id={id} className="search-hints" aria-live="polite" hidden={isEmpty}>
      {isTooLong && <p>{say('search.tooLong', { characters: QUERY_LENGTH_MAX })}</p>}
      {shown.map(({ from, to, says, right }) => (
        <p key={`${from} ${says}`}>
          {says}
          {right !== '' && (
            <button
              type="button"
              className="link"
              onClick={() => onRight(text.slice(0, from) + right + text.slice(to))}
            >
              {right}
            </button>
          )}
        </p>
      ))}
    </div>
  );
}

/** Below the search box: what may go on where a person types. */

import { say } from '../../shared/language/say.ts';
import type { Completing } from './use-completing.ts';

interface Props {
  /** The id of the list; each option is that with its number behind it. */
  readonly id: string;
  readonly completing: Completing;
}

export const optionId = (id: string, at: number): string => `${id}-${at}`;

export function Completions({ id, completing }: Props) {
  const { completions, at, take } = completing;
  return (
    <>
      <div
        role="listbox"
        id={id}
        aria-label={say('search.suggestions')}
        className="search-completions"
        hidden={completions.length === 0}
      >
        {completions.map((completion, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: Enter in the field does it
          <div
            key={completion.insert}
            role="option"
            id={optionId(id, index)}
            aria-selected={index === at}
            className="search-completion"
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => take(completion)}
          >
            <span>{completion.label}</span>
            {completion.more !== '' && <small className="quiet">{completion.more}</small>}
          </div>
        ))}
      </div>
      <span className="unseen" aria-live="polite">
        {completions.length > 0 && say('search.suggested', { count: completions.length })}
      </span>
    </>
  );
}

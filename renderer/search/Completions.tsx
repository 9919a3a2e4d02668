/** Below the search box: what may go on where a person types. */

import { say } from '../../shared/language/say.ts';
import type { Completing } from './use-completing.ts';

export const COMPLETIONS_ID = 'search-completions';

export const completionId = (at: number): string => `${COMPLETIONS_ID}-${at}`;

export function Completions({ completing }: { readonly completing: Completing }) {
  const { completions, at, take } = completing;
  return (
    <>
      <div
        role="listbox"
        id={COMPLETIONS_ID}
        aria-label={say('search.suggestions')}
        className="search-completions"
        hidden={completions.length === 0}
      >
        {completions.map((completion, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: Enter in the field does it
          <div
            key={completion.insert}
            role="option"
            id={completionId(index)}
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

/** One mark of a chart as a button: pressed by mouse, Enter or the space bar; arrows go to the next. */

import type { ReactNode } from 'react';
import { type ChoiceMark, inWords } from './chart-data.ts';
import type { Roving } from './roving.ts';

interface Props {
  readonly mark: ChoiceMark;
  /** Its place among all marks of the chart. */
  readonly at: number;
  readonly roving: Roving;
  /** Whether a mark of the chart is chosen: then all others step back. */
  readonly anyChosen: boolean;
  readonly children: ReactNode;
}

export function MarkButton({ mark, at, roving, anyChosen, children }: Props) {
  return (
    <g
      {...roving.props(at)}
      role="button"
      aria-label={inWords(mark)}
      aria-pressed={mark.chosen}
      aria-disabled={mark.choose === null}
      className={anyChosen && !mark.chosen ? 'chart-mark chart-mark-out' : 'chart-mark'}
      onClick={() => mark.choose?.()}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === ' ') {
          event.preventDefault();
          mark.choose?.();
        } else roving.move(event);
      }}
    >
      <title>{inWords(mark)}</title>
      {children}
    </g>
  );
}

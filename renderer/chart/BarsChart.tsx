/** Bars one below the other, the largest first, each a button: senders, years, kinds. */

import { scaleLinear } from 'd3-scale';
import { useRef } from 'react';
import { type ChoiceMark, type Measure, measured } from './chart-data.ts';
import { fitted } from './fitted.ts';
import { MarkButton } from './MarkButton.tsx';
import { useRoving } from './roving.ts';
import { useWidth } from './use-width.ts';

interface Props {
  readonly title: string;
  readonly marks: readonly ChoiceMark[];
  readonly measure: Measure;
}

const ROW = 26;
const BAR = 16;
const VALUE_PIXELS = 74;
/** Of the names, as `.chart-name` has it. */
const LETTERS = '400 12.5px';

export function BarsChart({ title, marks, measure }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const roving = useRoving(frame, marks.length, 1);
  const names = Math.min(210, Math.round(width * 0.38));
  const most = Math.max(1, ...marks.map((mark) => mark[measure]));
  const lengths = scaleLinear()
    .domain([0, most])
    .range([0, Math.max(1, width - names - VALUE_PIXELS)]);
  const anyChosen = marks.some(({ chosen }) => chosen);
  return (
    <div ref={frame} className="chart-frame" style={{ height: marks.length * ROW }}>
      {width > 0 && (
        <svg
          className="chart"
          role="group"
          aria-label={title}
          width={width}
          height={marks.length * ROW}
        >
          {marks.map((mark, at) => (
            <MarkButton key={mark.id} mark={mark} at={at} roving={roving} anyChosen={anyChosen}>
              <rect className="chart-reach" x={0} y={at * ROW} width={width} height={ROW} rx={4} />
              <text className="chart-name" x={6} y={at * ROW + ROW / 2 + 4}>
                {fitted(mark.brief ?? mark.label, names - 14, LETTERS)}
              </text>
              <rect
                className="chart-bar"
                x={names}
                y={at * ROW + (ROW - BAR) / 2}
                width={Math.max(mark[measure] === 0 ? 0 : 1.5, lengths(mark[measure]))}
                height={BAR}
                rx={2}
              />
              <text
                className="chart-axis"
                x={names + lengths(mark[measure]) + 6}
                y={at * ROW + ROW / 2 + 4}
              >
                {measured(mark, measure)}
              </text>
            </MarkButton>
          ))}
        </svg>
      )}
    </div>
  );
}

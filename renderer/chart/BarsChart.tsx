/** Bars one below the other, the largest first, each a button: senders, years, kinds. */

import { scaleLinear } from 'd3-scale';
import { useRef } from 'react';
import { formatBytes, formatCount, formatNumber } from '../design/format.ts';
import type { Mark, Measure } from './chart-data.ts';
import { fitted } from './fitted.ts';
import { useRoving } from './roving.ts';
import { useWidth } from './use-width.ts';

export interface BarMark extends Mark {
  /** What a press on it does; null if there is nothing to be shown. */
  readonly choose: (() => void) | null;
  readonly chosen: boolean;
}

interface Props {
  readonly title: string;
  readonly marks: readonly BarMark[];
  readonly measure: Measure;
}

const ROW = 26;
const BAR = 16;
const VALUE_PIXELS = 74;
/** Of the names, as `.chart-name` has it. */
const LETTERS = 12;

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
            <g
              key={mark.id}
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
              <rect className="chart-reach" x={0} y={at * ROW} width={width} height={ROW} rx={4} />
              <text className="chart-name" x={6} y={at * ROW + ROW / 2 + 4}>
                {fitted(mark.label, names - 14, LETTERS)}
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
                {measure === 'bytes' ? formatBytes(mark.bytes) : formatNumber(mark.messages)}
              </text>
            </g>
          ))}
        </svg>
      )}
    </div>
  );
}

export const inWords = ({ label, messages, bytes }: Mark): string =>
  `${label}: ${formatCount(messages, 'message')}, ${formatBytes(bytes)}`;

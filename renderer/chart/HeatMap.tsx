/** When messages were written: a field for each hour of the week, each a button. */

import { useRef } from 'react';
import { scaleLinear } from 'd3-scale';
import type { ChoiceMark, Measure } from './chart-data.ts';
import { MarkButton } from './MarkButton.tsx';
import { useRoving } from './roving.ts';
import { useWidth } from './use-width.ts';

/** A weekday, at full length and where room is scarce, and its hours. */
export interface WeekRow {
  readonly name: string;
  readonly brief: string;
  readonly hours: readonly ChoiceMark[];
}

interface Props {
  readonly title: string;
  /** A row for each weekday, with 24 marks. */
  readonly rows: readonly WeekRow[];
  readonly measure: Measure;
}

const NAMES = 42;
const ROW = 22;
const GAP = 2;
const LABELS = 18;
const HOURS = 24;
const LABELLED = [0, 6, 12, 18];
/** Where there is a message at all, it is seen. */
const FAINTEST = 0.14;

export function HeatMap({ title, rows, measure }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const roving = useRoving(frame, rows.length * HOURS, HOURS);
  const column = Math.max(1, (width - NAMES) / HOURS);
  const height = rows.length * ROW + LABELS;
  const all = rows.flatMap(({ hours }) => hours);
  const most = Math.max(1, ...all.map((hour) => hour[measure]));
  const strength = scaleLinear().domain([0, most]).range([FAINTEST, 1]);
  const anyChosen = all.some(({ chosen }) => chosen);
  return (
    <div ref={frame} className="chart-frame" style={{ height }}>
      {width > 0 && (
        <svg className="chart" role="group" aria-label={title} width={width} height={height}>
          {rows.map(({ name, brief }, row) => (
            <text key={name} className="chart-axis" x={0} y={row * ROW + ROW / 2 + 4} aria-hidden>
              {brief}
            </text>
          ))}
          {all.map((hour, at) => {
            const [row, place] = [Math.floor(at / HOURS), at % HOURS];
            const none = hour.messages === 0;
            return (
              <MarkButton key={hour.id} mark={hour} at={at} roving={roving} anyChosen={anyChosen}>
                <rect
                  className={none ? 'chart-field chart-field-empty' : 'chart-field'}
                  x={NAMES + place * column}
                  y={row * ROW}
                  width={Math.max(1, column - GAP)}
                  height={ROW - GAP}
                  rx={2}
                  fillOpacity={none ? 1 : strength(hour[measure])}
                />
              </MarkButton>
            );
          })}
          {LABELLED.map((hour) => (
            <text
              key={hour}
              className="chart-axis"
              x={NAMES + hour * column}
              y={height - 4}
              aria-hidden
            >
              {String(hour).padStart(2, '0')}:00
            </text>
          ))}
        </svg>
      )}
    </div>
  );
}

/**
 * Messages over time, and the filter by date: a stretch of it is chosen by dragging, or with the arrows
 * while Shift is held, and Enter. A bar alone is a stretch, too.
 */

import { scaleBand, scaleLinear } from 'd3-scale';
import { useRef } from 'react';
import { formatBytes, formatNumber } from '../design/format.ts';
import type { TimeBar } from '../timeline/bars.ts';
import { inWords, type Measure } from './chart-data.ts';
import { type Roving, useRoving } from './roving.ts';
import { isWithin, type Stretch, useStretch } from './use-stretch.ts';
import { useWidth } from './use-width.ts';
import { say } from '../../shared/language/say.ts';

interface Props {
  readonly bars: readonly TimeBar[];
  readonly measure: Measure;
  readonly height: number;
  /** With an axis, or as small as it can be. */
  readonly size: 'large' | 'small';
  /** What the list is narrowed to; null if it is to no dates. */
  readonly chosen: { readonly from: number; readonly to: number } | null;
  readonly onChoose: (from: number, to: number) => void;
}

const BAR_MAX = 28;
const LABEL_PIXELS = 62;
const AXIS = { left: 52, bottom: 20, top: 6 } as const;
const NO_AXIS = { left: 0, bottom: 0, top: 0 } as const;
const TICKS = 4;
/** A bar that is there at all is seen. */
const LOWEST = 1.5;

export function Histogram({ bars, measure, height, size, chosen, onChoose }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const roving = useRoving(frame, bars.length, 1);
  const axis = size === 'large' ? AXIS : NO_AXIS;
  const places = scaleBand<number>()
    .domain(bars.keys())
    .range([axis.left, Math.max(axis.left + 1, width)])
    .paddingInner(0.15);
  const most = Math.max(1, ...bars.map((bar) => bar[measure]));
  const heights = scaleLinear()
    .domain([0, most])
    .range([height - axis.bottom, axis.top]);
  if (size === 'large') heights.nice(TICKS);
  const { drawn, handlers } = useStretch({
    frame,
    roving,
    bars: bars.length,
    barAt: (pixels) => Math.floor((pixels - axis.left) / places.step()),
    onChoose: ({ from, to }) => {
      const [first, last] = [bars[Math.min(from, to)], bars[Math.max(from, to)]];
      if (first && last) onChoose(first.from, last.to);
    },
  });
  const stateOf = (bar: TimeBar, at: number): BarState => {
    if (!drawn && !chosen) return 'usual';
    const within = drawn
      ? isWithin(at, drawn)
      : chosen !== null && bar.from >= chosen.from && bar.to <= chosen.to;
    return within ? 'in' : 'out';
  };
  return (
    <div ref={frame} className={`chart-frame histogram histogram-${size}`} style={{ height }}>
      {width > 0 && (
        <svg
          className="chart"
          role="group"
          aria-label={say('chart.histogram')}
          width={width}
          height={height}
          {...handlers}
        >
          {size === 'large' && (
            <Axes
              ticks={heights.ticks(TICKS)}
              heightOf={(tick) => heights(tick)}
              measure={measure}
              width={width}
            />
          )}
          {bars.map((bar, at) => (
            <Bar
              key={bar.id}
              bar={bar}
              state={stateOf(bar, at)}
              focus={roving.props(at)}
              left={places(at) ?? 0}
              width={Math.max(1, places.bandwidth())}
              top={axis.top}
              ground={heights(0)}
              height={heights(0) - heights(bar[measure])}
            />
          ))}
          {size === 'large' && (
            <TimeLabels
              bars={bars}
              placeOf={(at) => places(at) ?? 0}
              width={width}
              height={height}
            />
          )}
        </svg>
      )}
      <span className="unseen" aria-live="polite">
        {drawn && stretchInWords(bars, drawn)}
      </span>
    </div>
  );
}

type BarState = 'usual' | 'in' | 'out';

interface BarProps {
  readonly bar: TimeBar;
  readonly state: BarState;
  readonly focus: ReturnType<Roving['props']>;
  readonly left: number;
  readonly width: number;
  /** Where the highest bar could end, and where all of them stand. */
  readonly top: number;
  readonly ground: number;
  readonly height: number;
}

function Bar({ bar, state, focus, left, width, top, ground, height }: BarProps) {
  const shown = height === 0 ? 0 : Math.max(LOWEST, height);
  return (
    <g
      {...focus}
      role="button"
      aria-label={inWords(bar)}
      aria-pressed={state === 'in'}
      className={state === 'out' ? 'chart-mark chart-mark-out' : 'chart-mark'}
    >
      <title>{inWords(bar)}</title>
      <rect className="chart-reach" x={left} y={top} width={width} height={ground - top} />
      <rect
        className="chart-bar"
        x={left + Math.max(0, (width - BAR_MAX) / 2)}
        y={ground - shown}
        width={Math.min(width, BAR_MAX)}
        height={shown}
      />
    </g>
  );
}

function stretchInWords(bars: readonly TimeBar[], { from, to }: Stretch): string {
  const within = bars.slice(Math.min(from, to), Math.max(from, to) + 1);
  const messages = within.reduce((sum, bar) => sum + bar.messages, 0);
  return say('chart.stretch', {
    from: within[0]?.label ?? '',
    to: within.at(-1)?.label ?? '',
    messages,
  });
}

interface AxesProps {
  readonly ticks: readonly number[];
  readonly heightOf: (tick: number) => number;
  readonly measure: Measure;
  readonly width: number;
}

function Axes({ ticks, heightOf, measure, width }: AxesProps) {
  const whole = measure === 'messages' ? ticks.filter(Number.isInteger) : ticks;
  return whole.map((tick) => (
    <g key={tick} aria-hidden>
      <line
        className="chart-line"
        x1={AXIS.left}
        x2={width}
        y1={heightOf(tick)}
        y2={heightOf(tick)}
      />
      <text className="chart-axis" x={AXIS.left - 8} y={heightOf(tick) + 4} textAnchor="end">
        {measure === 'bytes' ? formatBytes(tick) : formatNumber(tick)}
      </text>
    </g>
  ));
}

interface LabelsProps {
  readonly bars: readonly TimeBar[];
  readonly placeOf: (bar: number) => number;
  readonly width: number;
  readonly height: number;
}

/** As many names of bars as there is room for. */
function TimeLabels({ bars, placeOf, width, height }: LabelsProps) {
  const room = Math.max(1, Math.floor((width - AXIS.left) / LABEL_PIXELS));
  const every = Math.max(1, Math.ceil(bars.length / room));
  return bars.map((bar, at) =>
    at % every === 0 && placeOf(at) + LABEL_PIXELS * 0.7 < width ? (
      <text key={bar.id} className="chart-axis" x={placeOf(at)} y={height - 4} aria-hidden>
        {bar.label}
      </text>
    ) : null,
  );
}

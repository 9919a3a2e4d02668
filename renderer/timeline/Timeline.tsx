/** Messages over time: a bar a month, or a year where months would be too thin. */

import type { Timeline as Data } from '../engine/snapshot.ts';
import { formatCount } from '../design/format.ts';

interface Bar {
  readonly label: string;
  readonly messages: number;
}

const BARS_MAX = 60;
const WIDTH = 240;
const HEIGHT = 56;

/** Bars without gaps from the first month to the last; by year if there are too many. */
export function barsOf(data: Data): readonly Bar[] {
  const months = data.months;
  const first = months[0];
  const last = months.at(-1);
  if (!first || !last) return [];
  const from = new Date(first.start);
  const to = new Date(last.start);
  const span =
    (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth();
  const byYear = span >= BARS_MAX;
  const name = (date: Date): string => date.toISOString().slice(0, byYear ? 4 : 7);
  const counts = new Map<string, number>();
  const step = new Date(Date.UTC(from.getUTCFullYear(), byYear ? 0 : from.getUTCMonth()));
  while (step <= to && counts.size < 400) {
    counts.set(name(step), 0);
    if (byYear) step.setUTCFullYear(step.getUTCFullYear() + 1);
    else step.setUTCMonth(step.getUTCMonth() + 1);
  }
  for (const { start, messages } of months) {
    const label = name(new Date(start));
    counts.set(label, (counts.get(label) ?? 0) + messages);
  }
  return [...counts].map(([label, messages]) => ({ label, messages }));
}

export function Timeline({ data }: { readonly data: Data | null }) {
  const bars = data ? barsOf(data) : [];
  if (bars.length === 0) return null;
  const most = Math.max(1, ...bars.map((bar) => bar.messages));
  const step = WIDTH / bars.length;
  const width = Math.max(1, Math.min(14, step * 0.8));
  return (
    <figure className="timeline" aria-label="Messages over time">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="presentation" preserveAspectRatio="none">
        {bars.map(({ label, messages }, index) => {
          const height = messages === 0 ? 0 : Math.max(1.5, (messages / most) * HEIGHT);
          return (
            <rect
              key={label}
              x={index * step}
              y={HEIGHT - height}
              width={width}
              height={height}
              rx={Math.min(1.5, width / 3)}
            >
              <title>{`${label}: ${formatCount(messages, 'message')}`}</title>
            </rect>
          );
        })}
      </svg>
      <figcaption>
        <span>{bars[0]?.label}</span>
        <span>{bars.length > 1 ? bars.at(-1)?.label : ''}</span>
      </figcaption>
      <table className="unseen">
        <caption>Messages over time</caption>
        <tbody>
          {bars.map(({ label, messages }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{messages}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

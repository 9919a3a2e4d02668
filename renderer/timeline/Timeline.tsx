/** Messages over time, small, in the sidebar: what is chosen in it narrows the list. */

import { useMemo } from 'react';
import { useArchivePart } from '../app/use-store.ts';
import { Histogram } from '../chart/Histogram.tsx';
import type { ArchiveStore } from '../engine/archive-store.ts';
import { barsOf } from './bars.ts';
import { say } from '../../shared/language/say.ts';

const HEIGHT = 56;

export function Timeline({ store }: { readonly store: ArchiveStore }) {
  const timeline = useArchivePart(store, (shown) => shown.timeline);
  const narrowed = useArchivePart(store, ({ arrangement }) => arrangement.narrowed);
  const bars = useMemo(() => (timeline ? barsOf(timeline.months) : []), [timeline]);
  if (bars.length === 0) return null;
  const dates = narrowed?.find((one) => one.by === 'dates') ?? null;
  return (
    <figure className="timeline" aria-label={say('overview.time')}>
      <Histogram
        bars={bars}
        measure="messages"
        height={HEIGHT}
        size="small"
        chosen={dates}
        onChoose={(from, to) => store.narrow('by', { by: 'dates', from, to })}
      />
      <figcaption>
        <span>{bars[0]?.label}</span>
        <span>{bars.length > 1 ? bars.at(-1)?.label : ''}</span>
      </figcaption>
      <table className="unseen">
        <caption>{say('overview.time')}</caption>
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

/** Charts of the groups that messages fall into by a text of theirs: senders, mailing lists, labels. */

import { useEffect, useMemo } from 'react';
import type { Group, GroupingName, Overview } from '../../shared/overview-contract.ts';
import { useArchive } from '../app/use-store.ts';
import { BarsChart } from '../chart/BarsChart.tsx';
import { ChartCard } from '../chart/ChartCard.tsx';
import type { Measure } from '../chart/chart-data.ts';
import { Treemap } from '../chart/Treemap.tsx';
import type { ArchiveStore } from '../engine/archive-store.ts';
import { useFirst } from '../engine/use-paged.ts';
import { type Choosing, groupMarks, restMark } from './marks.ts';
import { say } from '../../shared/language/say.ts';

const BARS = 12;
const TILES = 48;
const MAP_HEIGHT = 260;

interface Shared {
  readonly store: ArchiveStore;
  readonly measure: Measure;
  readonly choosing: Choosing;
}

/** The largest groups, fetched again with every change of the archive. */
function useLargest(
  store: ArchiveStore,
  by: GroupingName,
  measure: Measure,
  count: number,
): readonly Group[] {
  const { changes } = useArchive(store);
  const pages = useMemo(() => store.picture.groups(by), [store, by]);
  useEffect(() => pages.order({ sort: measure, filter: '' }), [pages, measure]);
  return useFirst(pages, count, changes);
}

interface GroupProps extends Shared {
  readonly by: GroupingName;
  readonly title: string;
  readonly heading: string;
}

/** Nothing where there is no such group. */
export function GroupCard({ store, by, title, heading, measure, choosing }: GroupProps) {
  const marks = groupMarks(by, useLargest(store, by, measure, BARS), choosing);
  if (marks.length === 0) return null;
  return (
    <ChartCard store={store} title={title} table={{ heading, marks }}>
      <BarsChart title={title} marks={marks} measure={measure} />
    </ChartCard>
  );
}

interface SenderProps extends Shared {
  readonly overview: Overview;
}

export function SenderCards({ store, overview, measure, choosing }: SenderProps) {
  const groups = useLargest(store, 'sender', measure, TILES);
  const marks = groupMarks('sender', groups, choosing);
  const rest = restMark(overview.all, groups);
  const tiles = rest ? [...marks, rest] : marks;
  return (
    <>
      <ChartCard
        store={store}
        title={say('overview.senders')}
        table={{ heading: say('heading.sender'), marks: tiles }}
      >
        <BarsChart title={say('overview.senders')} marks={marks.slice(0, BARS)} measure={measure} />
      </ChartCard>
      <ChartCard
        store={store}
        title={say('overview.fills')}
        note={say('overview.bySender')}
        table={{ heading: say('heading.sender'), marks: tiles }}
      >
        <Treemap
          title={say('overview.fills')}
          marks={tiles}
          measure={measure}
          height={MAP_HEIGHT}
        />
      </ChartCard>
    </>
  );
}

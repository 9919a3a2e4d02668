/**
 * What is in an archive, and what fills it: over time, by sender, mailing list and label, by hour of the
 * week, by what messages carry. What is pressed narrows the list; how much that is and what can be done with it stands above.
 */

import { useEffect, useMemo, useRef, useState } from 'react';
import type { Overview as Data } from '../../shared/overview-contract.ts';
import { useArchive } from '../app/use-store.ts';
import { BarsChart } from '../chart/BarsChart.tsx';
import { ChartCard } from '../chart/ChartCard.tsx';
import type { Measure } from '../chart/chart-data.ts';
import { HeatMap } from '../chart/HeatMap.tsx';
import { Histogram } from '../chart/Histogram.tsx';
import { formatBytes, formatCount } from '../design/format.ts';
import type { ArchiveStore } from '../engine/archive-store.ts';
import { NarrowBar } from '../narrow/NarrowBar.tsx';
import { barsOf, yearsOf } from '../timeline/bars.ts';
import { GroupCard, SenderCards } from './GroupCards.tsx';
import { attachmentMarks, type Choosing, kindMarks, weekRows, yearMarks } from './marks.ts';

const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
/** So many bars of time fit side by side. */
const BARS_MAX = 120;
const TIME_HEIGHT = 190;

export function Overview({ store }: { readonly store: ArchiveStore }) {
  const { overview } = useArchive(store);
  const [measure, setMeasure] = useState<Measure>('bytes');
  const heading = useRef<HTMLHeadingElement>(null);
  // Whoever came by keyboard goes on from here.
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className="overview" aria-label="Overview">
      <header className="overview-head">
        <h1 ref={heading} tabIndex={-1}>
          Overview
        </h1>
        {overview && (
          <p className="quiet">
            {formatCount(overview.all.messages, 'message')}, {formatBytes(overview.all.bytes)}
            {overview.undated.messages > 0 &&
              `, ${formatCount(overview.undated.messages, 'message')} without a date`}
          </p>
        )}
        <span className="stretch" />
        <MeasureChoice measure={measure} onChoose={setMeasure} />
        <button type="button" className="button" onClick={() => store.picture.show('list')}>
          Back to the list
        </button>
      </header>
      <NarrowBar store={store} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <div className="chart-cards" tabIndex={0} role="group" aria-label="Charts">
        {overview ? (
          <Cards store={store} overview={overview} measure={measure} />
        ) : (
          <p className="quiet">Counting…</p>
        )}
      </div>
    </section>
  );
}

interface MeasureProps {
  readonly measure: Measure;
  readonly onChoose: (measure: Measure) => void;
}

function MeasureChoice({ measure, onChoose }: MeasureProps) {
  return (
    <fieldset className="choice">
      <legend className="unseen">Charts show</legend>
      {(['bytes', 'messages'] as const).map((one) => (
        <button
          key={one}
          type="button"
          className={one === measure ? 'choice-on' : ''}
          aria-pressed={one === measure}
          onClick={() => onChoose(one)}
        >
          {one === 'bytes' ? 'Size' : 'Messages'}
        </button>
      ))}
    </fieldset>
  );
}

interface CardsProps {
  readonly store: ArchiveStore;
  readonly overview: Data;
  readonly measure: Measure;
}

function Cards({ store, overview, measure }: CardsProps) {
  const { arrangement } = useArchive(store);
  const { narrowed = [], view } = arrangement;
  const choosing: Choosing = {
    narrowed,
    view,
    turn: (narrowing, chosen) => store.narrow(chosen ? 'not by' : 'by', narrowing),
    see: (wanted) => store.arrange({ view: wanted }),
  };
  const bars = useMemo(() => barsOf(overview.months, BARS_MAX), [overview]);
  const years = yearMarks(yearsOf(overview.months), choosing);
  const week = weekRows(overview.hours, choosing);
  const kinds = kindMarks(overview, choosing);
  const attached = attachmentMarks(overview, measure, choosing);
  const dates = narrowed.find((one) => one.by === 'dates') ?? null;
  const byDates = (from: number, to: number): void => store.narrow('by', { by: 'dates', from, to });
  return (
    <>
      <ChartCard
        store={store}
        title="Messages over time"
        note="Drag to choose a stretch"
        table={{ heading: 'Time', marks: bars }}
        wide="wide"
      >
        <Histogram
          bars={bars}
          measure={measure}
          height={TIME_HEIGHT}
          size="large"
          chosen={dates}
          onChoose={byDates}
        />
      </ChartCard>
      <SenderCards store={store} overview={overview} measure={measure} choosing={choosing} />
      <GroupCard
        store={store}
        by="list"
        title="Largest mailing lists"
        heading="List"
        measure={measure}
        choosing={choosing}
      />
      <GroupCard
        store={store}
        by="label"
        title="Largest labels"
        heading="Label"
        measure={measure}
        choosing={choosing}
      />
      <ChartCard store={store} title="Years" table={{ heading: 'Year', marks: years }}>
        <BarsChart title="Years" marks={years} measure={measure} />
      </ChartCard>
      <ChartCard
        store={store}
        title="Hours of the week"
        note={`In your time zone (${timeZone}), as dates are in the list`}
        table={{ heading: 'Hour', marks: week.flatMap(({ hours }) => hours) }}
      >
        <HeatMap title="Hours of the week" rows={week} measure={measure} />
      </ChartCard>
      {attached.length > 0 && (
        <ChartCard
          store={store}
          title="Attachments by type"
          note="Whole messages; one with several types counts for each"
          table={{ heading: 'Type', marks: attached }}
        >
          <BarsChart title="Attachments by type" marks={attached} measure={measure} />
        </ChartCard>
      )}
      <ChartCard
        store={store}
        title="Kinds of messages"
        note="With or without attachments, and how they are flagged"
        table={{ heading: 'Kind', marks: kinds }}
      >
        <BarsChart title="Kinds of messages" marks={kinds} measure={measure} />
      </ChartCard>
    </>
  );
}

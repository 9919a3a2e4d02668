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
import { formatBytes } from '../design/format.ts';
import type { ArchiveStore } from '../engine/archive-store.ts';
import { NarrowBar } from '../narrow/NarrowBar.tsx';
import { barsOf, yearsOf } from '../timeline/bars.ts';
import { GroupCard, SenderCards } from './GroupCards.tsx';
import { attachmentMarks, type Choosing, kindMarks, weekRows, yearMarks } from './marks.ts';
import { say } from '../../shared/language/say.ts';

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
    <section className="overview" aria-label={say('overview.title')}>
      <header className="overview-head">
        <h1 ref={heading} tabIndex={-1}>
          {say('overview.title')}
        </h1>
        {overview && <p className="quiet">{amountInWords(overview)}</p>}
        <span className="stretch" />
        <MeasureChoice measure={measure} onChoose={setMeasure} />
        <button type="button" className="button" onClick={() => store.picture.show('list')}>
          {say('button.backToList')}
        </button>
      </header>
      <NarrowBar store={store} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <div className="chart-cards" tabIndex={0} role="group" aria-label={say('overview.charts')}>
        {overview ? (
          <Cards store={store} overview={overview} measure={measure} />
        ) : (
          <p className="quiet">{say('counting')}</p>
        )}
      </div>
    </section>
  );
}

function amountInWords({ all, undated }: Data): string {
  const amount = { messages: all.messages, size: formatBytes(all.bytes) };
  return undated.messages === 0
    ? say('overview.all', amount)
    : say('overview.allUndated', { ...amount, undated: undated.messages });
}

interface MeasureProps {
  readonly measure: Measure;
  readonly onChoose: (measure: Measure) => void;
}

function MeasureChoice({ measure, onChoose }: MeasureProps) {
  return (
    <fieldset className="choice">
      <legend className="unseen">{say('overview.show')}</legend>
      {(['bytes', 'messages'] as const).map((one) => (
        <button
          key={one}
          type="button"
          className={one === measure ? 'choice-on' : ''}
          aria-pressed={one === measure}
          onClick={() => onChoose(one)}
        >
          {say(`measure.${one}`)}
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
        title={say('overview.time')}
        note={say('overview.timeNote')}
        table={{ heading: say('heading.time'), marks: bars }}
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
        title={say('overview.lists')}
        heading={say('heading.list')}
        measure={measure}
        choosing={choosing}
      />
      <GroupCard
        store={store}
        by="label"
        title={say('overview.labels')}
        heading={say('heading.label')}
        measure={measure}
        choosing={choosing}
      />
      <ChartCard
        store={store}
        title={say('overview.years')}
        table={{ heading: say('heading.year'), marks: years }}
      >
        <BarsChart title={say('overview.years')} marks={years} measure={measure} />
      </ChartCard>
      <ChartCard
        store={store}
        title={say('overview.week')}
        note={say('overview.weekNote', { timeZone })}
        table={{ heading: say('heading.hour'), marks: week.flatMap(({ hours }) => hours) }}
      >
        <HeatMap title={say('overview.week')} rows={week} measure={measure} />
      </ChartCard>
      {attached.length > 0 && (
        <ChartCard
          store={store}
          title={say('overview.attached')}
          note={say('overview.attachedNote')}
          table={{ heading: say('heading.type'), marks: attached }}
        >
          <BarsChart title={say('overview.attached')} marks={attached} measure={measure} />
        </ChartCard>
      )}
      <ChartCard
        store={store}
        title={say('overview.kinds')}
        note={say('overview.kindsNote')}
        table={{ heading: say('heading.kind'), marks: kinds }}
      >
        <BarsChart title={say('overview.kinds')} marks={kinds} measure={measure} />
      </ChartCard>
    </>
  );
}

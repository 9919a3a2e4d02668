/** Views by what messages have in common: a label, a mailing list, a year and month, a sender. */

import { type ReactNode, useCallback, useEffect, useMemo, useState } from 'react';
import type { Narrowing } from '../../shared/narrowing.ts';
import type { GroupingName } from '../../shared/overview-contract.ts';
import { useArchive } from '../app/use-store.ts';
import type { ArchiveStore } from '../engine/archive-store.ts';
import type { GroupOrder } from '../engine/group-pages.ts';
import { usePaged } from '../engine/use-paged.ts';
import { fullGroupName, groupName } from '../narrow/words.ts';
import { monthsOf, type TimeBar, yearsOf } from '../timeline/bars.ts';
import { type Entry, GroupList } from './GroupList.tsx';
import { ViewGroup } from './ViewGroup.tsx';
import { say } from '../../shared/language/say.ts';

/** A list that is longer can be filtered. */
const FILTERED_FROM = 10;
const SORTS = ['messages', 'bytes', 'name'] as const;

/** Turns a narrowing on, or off if it is what the list shows. */
function useTurn(store: ArchiveStore): {
  readonly isChosen: (narrowing: Narrowing) => boolean;
  readonly turn: (narrowing: Narrowing) => void;
} {
  const { arrangement } = useArchive(store);
  const { narrowed = [] } = arrangement;
  const isChosen = (narrowing: Narrowing): boolean =>
    narrowed.some((one) => JSON.stringify(one) === JSON.stringify(narrowing));
  return {
    isChosen,
    turn: (narrowing) => store.narrow(isChosen(narrowing) ? 'not by' : 'by', narrowing),
  };
}

function TextGroupList({ store, by }: { readonly store: ArchiveStore; readonly by: GroupingName }) {
  const { changes } = useArchive(store);
  const { isChosen, turn } = useTurn(store);
  const pages = useMemo(() => store.picture.groups(by), [store, by]);
  const [order, setOrder] = useState<GroupOrder>({ sort: 'messages', filter: '' });
  const { total } = usePaged(pages);
  const [most, setMost] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: fetched again with every change
  useEffect(() => pages.order(order), [pages, order, changes]);
  useEffect(() => setMost((before) => Math.max(before, total ?? 0)), [total]);
  const onShow = useCallback((first: number, last: number) => pages.show(first, last), [pages]);
  const entry = (index: number): Entry | undefined => {
    const found = pages.at(index);
    return found && { ...found, label: groupName(by, found), words: fullGroupName(by, found) };
  };
  const narrowingOf = ({ text }: Entry): Narrowing => ({ by, text });
  if (total === null) return <p className="view-note">{say('counting')}</p>;
  return (
    <>
      {most > FILTERED_FROM && (
        <div className="group-order">
          <input
            type="text"
            aria-label={say(`groups.filter.${by}`)}
            placeholder={say('groups.filter')}
            value={order.filter}
            maxLength={200}
            spellCheck={false}
            onChange={(event) => setOrder({ ...order, filter: event.target.value })}
          />
          <select
            aria-label={say(`groups.order.${by}`)}
            value={order.sort}
            onChange={(event) => {
              const sort = SORTS.find((one) => one === event.target.value);
              if (sort) setOrder({ ...order, sort });
            }}
          >
            {SORTS.map((sort) => (
              <option key={sort} value={sort}>
                {say(`groups.sort.${sort}`)}
              </option>
            ))}
          </select>
        </div>
      )}
      {total === 0 && (
        <p className="view-note">
          {say(order.filter === '' ? `groups.none.${by}` : 'groups.none')}
        </p>
      )}
      {total > 0 && (
        <GroupList
          key={`${order.sort} ${order.filter}`}
          name={say(`groups.${by}`)}
          total={total}
          entry={entry}
          onShow={onShow}
          isChosen={(one) => isChosen(narrowingOf(one))}
          onChoose={(one) => turn(narrowingOf(one))}
        />
      )}
    </>
  );
}

/** Years, and below one that is chosen its months. */
function YearList({ store }: { readonly store: ArchiveStore }) {
  const { timeline, arrangement } = useArchive(store);
  const { isChosen, turn } = useTurn(store);
  const months = timeline?.months ?? [];
  const dates = arrangement.narrowed?.find((one) => one.by === 'dates');
  const within = ({ from, to }: TimeBar): boolean =>
    dates !== undefined && dates.from >= from && dates.to <= to;
  const entries = yearsOf(months).flatMap((year) => [
    { bar: year, label: year.label },
    ...(within(year) ? monthsOf(months, year) : []).map((bar) => ({
      bar,
      label: `\u2003${bar.label}`,
    })),
  ]);
  const narrowingOf = (index: number): Narrowing => {
    const { from = 0, to = 0 } = entries[index]?.bar ?? {};
    return { by: 'dates', from, to };
  };
  const undated: Narrowing = { by: 'undated' };
  const shown: Entry[] = entries.map(({ bar, label }, index) => ({
    text: String(index),
    label,
    messages: bar.messages,
    bytes: bar.bytes,
  }));
  if (shown.length === 0) return <p className="view-note">{say('groups.none')}</p>;
  return (
    <>
      <GroupList
        name={say('groups.years')}
        total={shown.length}
        entry={(index) => shown[index]}
        onShow={() => undefined}
        isChosen={({ text }) => isChosen(narrowingOf(Number(text)))}
        onChoose={({ text }) => turn(narrowingOf(Number(text)))}
      />
      {(timeline?.undated ?? 0) > 0 && (
        <button
          type="button"
          className="view-more"
          aria-pressed={isChosen(undated)}
          onClick={() => turn(undated)}
        >
          {say('groups.undated', { messages: timeline?.undated ?? 0 })}
        </button>
      )}
    </>
  );
}

export function GroupViews({ store }: { readonly store: ArchiveStore }) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const turn = (name: string): void => {
    const next = new Set(open);
    if (!next.delete(name)) next.add(name);
    setOpen(next);
  };
  const stateOf = (name: string): 'open' | 'closed' => (open.has(name) ? 'open' : 'closed');
  const text = (by: GroupingName): ReactNode => (
    <ViewGroup name={say(`groups.${by}`)} state={stateOf(by)} onTurn={() => turn(by)}>
      <TextGroupList store={store} by={by} />
    </ViewGroup>
  );
  return (
    <nav className="side-part" aria-label={say('groups.title')}>
      {text('label')}
      {text('list')}
      <ViewGroup name={say('groups.years')} state={stateOf('years')} onTurn={() => turn('years')}>
        <YearList store={store} />
      </ViewGroup>
      {text('sender')}
    </nav>
  );
}

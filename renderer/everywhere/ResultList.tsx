/**
 * What was found, grouped by archive or all by date: one list box with one stop of the tab key. Enter opens the
 * archive at the message.
 */

import { Archive } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useRef } from 'react';
import { useAppStore, usePreferences } from '../app/use-store.ts';
import { formatMoment, formatNumber } from '../design/format.ts';
import { Highlighted } from '../search/Highlighted.tsx';
import type { EverywhereSnapshot, Searched } from './everywhere-store.ts';
import { byDate, groupsOf, indexOf, nameOf, type ResultRow } from './result-rows.ts';
import { say } from '../../shared/language/say.ts';

/** The page keys go so far. */
const PAGE = 10;

export function ResultList({ snapshot }: { readonly snapshot: EverywhereSnapshot }) {
  const app = useAppStore();
  const { everywhere } = app;
  const { archives, expanded, most } = snapshot;
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const isByDate = usePreferences().preferences.results === 'date';
  const groups = isByDate ? [] : groupsOf(archives, (path) => expanded.has(path));
  const dated = isByDate ? byDate(archives, most) : [];
  const rows = isByDate ? dated : groups.flatMap((group) => group.rows);
  const at = indexOf(rows, snapshot.at);

  useEffect(() => {
    list.current
      ?.querySelector(`#${CSS.escape(`${id}-${at}`)}`)
      ?.scrollIntoView({ block: 'nearest' });
  }, [id, at]);
  if (rows.length === 0) return null;

  const goTo = (index: number): void => {
    const row = rows[index];
    if (row) everywhere.goTo({ index, name: nameOf(row) });
  };
  const choose = (row: ResultRow): void => {
    if (row.kind === 'later') return everywhere.showLater(rows.indexOf(row));
    const { path } = row.archive;
    if (row.kind === 'more') everywhere.expand(path);
    else if (row.kind === 'message') app.openAt(path, { key: row.row.key });
    else app.openAt(path, { query: snapshot.query });
  };
  const pressed = (event: KeyboardEvent): void => {
    const to = goalOf(event.key, at, rows.length - 1);
    const row = rows[at];
    if (to !== null) goTo(to);
    else if ((event.key === 'Enter' || event.key === ' ') && row) choose(row);
    else return;
    event.preventDefault();
  };
  let index = -1;
  const option = (row: ResultRow) => {
    index += 1;
    const place = index;
    return (
      <Option
        key={nameOf(row)}
        id={`${id}-${place}`}
        state={place === at ? 'active' : 'other'}
        row={row}
        archive={isByDate ? 'named' : 'known'}
        onChoose={() => {
          goTo(place);
          choose(row);
        }}
      />
    );
  };
  return (
    <div
      ref={list}
      role="listbox"
      aria-label={say('everywhere.list')}
      tabIndex={0}
      className="everywhere-list"
      aria-activedescendant={`${id}-${at}`}
      onKeyDown={pressed}
    >
      {groups.map(({ archive, rows: own }) => (
        // biome-ignore lint/a11y/useSemanticElements: a group of options, as ARIA has it
        <div
          key={archive.path}
          role="group"
          aria-label={groupInWords(archive)}
          className="everywhere-group"
        >
          <div className="everywhere-archive" translate="no" aria-hidden title={archive.path}>
            <Archive size={15} />
            <span className="everywhere-place">{archive.place.join(' › ')}</span>
            <strong>{archive.name}</strong>
            <span className="side-count">{formatNumber(archive.found?.messages ?? 0)}</span>
          </div>
          {own.map(option)}
        </div>
      ))}
      {dated.map(option)}
    </div>
  );
}

/** The row that a key leads to; null if it leads nowhere. */
function goalOf(key: string, at: number, last: number): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + PAGE,
    PageUp: at - PAGE,
    Home: 0,
    End: last,
  };
  const to = steps[key];
  return to === undefined ? null : Math.max(0, Math.min(last, to));
}

const groupInWords = ({ place, name, found }: Searched): string =>
  say('everywhere.group', {
    archive: [...place, name].join(', '),
    messages: found?.messages ?? 0,
  });

interface CellsProps {
  readonly row: ResultRow;
  /** Whether the row says which archive it is of. */
  readonly archive: 'named' | 'known';
}

interface OptionProps extends CellsProps {
  readonly id: string;
  readonly state: 'active' | 'other';
  readonly onChoose: () => void;
}

function Option({ id, state, onChoose, ...cells }: OptionProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are those of the list
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={state === 'active'}
      className={state === 'active' ? 'result result-active' : 'result'}
      onClick={onChoose}
    >
      <Cells {...cells} />
    </div>
  );
}

function Cells({ row, archive }: CellsProps) {
  if (row.kind === 'more' || row.kind === 'later') {
    return (
      <span className="result-more">{say('everywhere.more', { messages: row.messages })}</span>
    );
  }
  if (row.kind === 'all') {
    return (
      <span className="result-more">
        {say('everywhere.openAll', { messages: row.messages, archive: row.archive.name })}
      </span>
    );
  }
  const { date, from, subject } = row.row;
  return (
    <>
      <span className="result-date" translate="no">
        {date === null ? '–' : formatMoment(date)}
      </span>
      <span className="result-from" dir="auto" translate="no">
        {from ? <Highlighted text={from} place="from" /> : say('none.sender')}
      </span>
      <span className="result-subject" dir="auto" translate="no">
        {subject ? <Highlighted text={subject} place="subject" /> : say('none.subject')}
      </span>
      {archive === 'named' && (
        <span className="result-archive" title={row.archive.path} translate="no">
          {row.archive.name}
        </span>
      )}
    </>
  );
}

/**
 * What was found, grouped by archive: one list box with one stop of the tab key. Enter opens the archive at
 * the message.
 */

import { Archive } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useRef } from 'react';
import { useAppStore } from '../app/use-store.ts';
import { formatMoment, formatNumber } from '../design/format.ts';
import { Highlighted } from '../search/Highlighted.tsx';
import type { EverywhereSnapshot, Searched } from './everywhere-store.ts';
import { groupsOf, type ResultRow } from './result-rows.ts';
import { say } from '../../shared/language/say.ts';

/** The page keys go so far. */
const PAGE = 10;

export function ResultList({ snapshot }: { readonly snapshot: EverywhereSnapshot }) {
  const app = useAppStore();
  const { everywhere } = app;
  const { archives, expanded } = snapshot;
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const groups = groupsOf(archives, (path) => expanded.has(path));
  const rows = groups.flatMap((group) => group.rows);
  const at = Math.min(snapshot.at, rows.length - 1);

  useEffect(() => {
    list.current
      ?.querySelector(`#${CSS.escape(`${id}-${at}`)}`)
      ?.scrollIntoView({ block: 'nearest' });
  }, [id, at]);
  if (rows.length === 0) return null;

  const choose = (row: ResultRow): void => {
    const { path } = row.archive;
    if (row.kind === 'more') everywhere.expand(path);
    else if (row.kind === 'message') app.openAt(path, { key: row.row.key });
    else app.openAt(path, { query: snapshot.query });
  };
  const pressed = (event: KeyboardEvent): void => {
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + PAGE,
      PageUp: at - PAGE,
      Home: 0,
      End: rows.length - 1,
    };
    const to = steps[event.key];
    const row = rows[at];
    if (to !== undefined) everywhere.goTo(Math.max(0, Math.min(rows.length - 1, to)));
    else if ((event.key === 'Enter' || event.key === ' ') && row) choose(row);
    else return;
    event.preventDefault();
  };
  let index = -1;
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
          {own.map((row) => {
            index += 1;
            const place = index;
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: keys are those of the list
              <div
                key={row.kind === 'message' ? row.row.key : row.kind}
                id={`${id}-${place}`}
                role="option"
                tabIndex={-1}
                aria-selected={place === at}
                className={place === at ? 'result result-active' : 'result'}
                onClick={() => {
                  everywhere.goTo(place);
                  choose(row);
                }}
              >
                <Cells row={row} />
              </div>
            );
          })}
        </div>
      ))}
    </div>
  );
}

const groupInWords = ({ place, name, found }: Searched): string =>
  say('everywhere.group', {
    archive: [...place, name].join(', '),
    messages: found?.messages ?? 0,
  });

function Cells({ row }: { readonly row: ResultRow }) {
  if (row.kind === 'more') {
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
    </>
  );
}

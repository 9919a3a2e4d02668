/**
 * The tree of the library: one stop of the tab key, with arrows and letters like any other tree. Only
 * what is on screen exists.
 */

import {
  Archive,
  ChevronDown,
  ChevronRight,
  FileArchive,
  FileX2,
  Folder,
  FolderX,
  Mails,
} from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useApp, useArchivePartOrNone } from '../app/use-store.ts';
import { formatBytes, formatNumber } from '../design/format.ts';
import type { ArchiveStore } from '../engine/archive-store.ts';
import type { LibraryStore, LibrarySnapshot } from './library-store.ts';
import type { TreeRow } from './tree.ts';
import { moveOf } from './tree-keys.ts';
import { say } from '../../shared/language/say.ts';
import { followingLines } from '../command/keys.ts';

const ROW = 27;
const ROWS_MAX = 14;
const MARGIN = 6;
/** Letters that follow within this time belong together. */
const TYPED_MS = 700;

interface Props {
  readonly library: LibraryStore;
  readonly snapshot: LibrarySnapshot;
}

/** What was typed last, and when. */
interface Typed {
  readonly text: string;
  readonly at: number;
}

export function LibraryTree({ library, snapshot: { rows, current } }: Props) {
  const tree = useRef<HTMLDivElement>(null);
  const typed = useRef<Typed>({ text: '', at: 0 });
  const [top, setTop] = useState(0);
  const { archives, active } = useApp();
  const id = useId();
  const shown = Math.min(ROWS_MAX, rows.length);
  const first = Math.max(0, Math.floor(top / ROW) - MARGIN);
  const last = Math.min(rows.length - 1, Math.ceil(top / ROW) + shown + MARGIN);
  const index = Math.max(
    0,
    rows.findIndex(({ node }) => node.id === current),
  );
  const open = new Map(archives.map((archive) => [archive.path, archive]));
  const openPath = archives.find((archive) => archive.id === active)?.path ?? null;

  useEffect(() => {
    const element = tree.current;
    if (!element) return;
    if (index * ROW < element.scrollTop) element.scrollTop = index * ROW;
    const lowest = (index + 1) * ROW - element.clientHeight;
    if (lowest > element.scrollTop) element.scrollTop = lowest;
  }, [index]);

  const choose = ({ node, state }: TreeRow): void => {
    library.goTo(node.id);
    if (node.archive) library.open(node);
    else if (state) library.fold(node.id, state === 'collapsed' ? 'expanded' : 'collapsed');
  };
  const pressed = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const before = typed.current;
    const text = event.timeStamp - before.at < TYPED_MS ? before.text + event.key : event.key;
    if (event.key.length === 1) typed.current = { text, at: event.timeStamp };
    const move = moveOf(followingLines(event.key, document.dir), rows, index, shown - 1, text);
    const row = move && rows[move.index];
    if (!row) return;
    event.preventDefault();
    if (move.move === 'to') library.goTo(row.node.id);
    else if (move.move === 'choose') choose(row);
    else library.fold(row.node.id, move.move === 'collapse' ? 'collapsed' : 'expanded');
  };

  return (
    <div
      ref={tree}
      role="tree"
      aria-label={say('library.title')}
      tabIndex={0}
      className="groups library-tree"
      style={{ height: shown * ROW }}
      aria-activedescendant={index >= first && index <= last ? `${id}-${index}` : undefined}
      onKeyDown={pressed}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
    >
      {rows.slice(first, last + 1).map((row, at) => (
        <Row
          key={row.node.id}
          id={`${id}-${first + at}`}
          row={row}
          top={(first + at) * ROW}
          active={first + at === index ? 'active' : 'no'}
          store={open.get(row.node.archive?.path ?? '')?.store ?? null}
          selected={row.node.archive !== null && row.node.archive.path === openPath}
          onChoose={() => choose(row)}
          onFold={() => {
            library.goTo(row.node.id);
            library.fold(row.node.id, row.state === 'collapsed' ? 'expanded' : 'collapsed');
          }}
        />
      ))}
      <div className="groups-end" style={{ top: rows.length * ROW - 1 }} />
    </div>
  );
}

interface RowProps {
  readonly id: string;
  readonly row: TreeRow;
  readonly top: number;
  readonly active: 'active' | 'no';
  readonly selected: boolean;
  /** Of the archive, if it is open. */
  readonly store: ArchiveStore | null;
  readonly onChoose: () => void;
  readonly onFold: () => void;
}

function Row({ id, row, top, active, selected, store, onChoose, onFold }: RowProps) {
  const { node, level, position, siblings, state } = row;
  const counted = useArchivePartOrNone(store, ({ status }) => status?.messages ?? null);
  const count = countOf(row, counted);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are those of the tree
    <div
      id={id}
      role="treeitem"
      tabIndex={-1}
      aria-level={level}
      aria-posinset={position}
      aria-setsize={siblings}
      aria-expanded={state === null ? undefined : state === 'expanded'}
      aria-selected={selected}
      aria-label={rowInWords(row, count)}
      title={titleOf(row, count)}
      className={[
        'group tree-row',
        active === 'active' ? 'group-active' : '',
        isGone(row) ? 'tree-gone' : '',
      ].join(' ')}
      style={{ top, paddingInlineStart: 4 + (level - 1) * 14 }}
      onClick={onChoose}
    >
      {state === null ? (
        <span className="tree-fold" />
      ) : (
        <span
          className="tree-fold"
          aria-hidden
          onClick={(event) => {
            event.stopPropagation();
            onFold();
          }}
        >
          {state === 'collapsed' ? <ChevronRight size={14} /> : <ChevronDown size={14} />}
        </span>
      )}
      <Icon row={row} />
      <span className="side-name" translate="no">
        {node.label}
      </span>
      {count !== null && <span className="side-count">{formatNumber(count)}</span>}
    </div>
  );
}

function Icon({ row }: { readonly row: TreeRow }) {
  const { archive } = row.node;
  if (isGone(row)) return archive ? <FileX2 size={15} /> : <FolderX size={15} />;
  if (!archive) return row.level === 1 ? <Mails size={15} /> : <Folder size={15} />;
  return archive.packing ? <FileArchive size={15} /> : <Archive size={15} />;
}

/** True for an archive that is no longer there, and a folder that cannot be looked into. */
function isGone({ node, level }: TreeRow): boolean {
  if (node.archive) return node.place.gone.includes(node.archive.path);
  return level === 1 && node.place.error !== null;
}

/**
 * Messages of an archive; archives of a folder of the library.
 * @param counted by the engine, if the archive is open
 */
function countOf({ node, level }: TreeRow, counted: number | null): number | null {
  if (node.archive) return counted ?? node.archive.messages;
  return level === 1 ? node.place.archives.length : null;
}

function rowInWords(row: TreeRow, count: number | null): string {
  const { node } = row;
  const parts = [node.label];
  if (count !== null) {
    parts.push(
      node.archive
        ? say('count.messages', { messages: count })
        : say('count.archives', { archives: count }),
    );
  }
  if (isGone(row)) parts.push(say('library.gone'));
  return parts.join(', ');
}

function titleOf(row: TreeRow, count: number | null): string {
  const { archive, place } = row.node;
  if (isGone(row)) return say('library.goneAt', { path: archive?.path ?? place.path });
  if (!archive) return row.level === 1 ? place.path : row.node.label;
  const facts = { format: archive.format, size: formatBytes(archive.bytes) };
  const said =
    count === null
      ? say('library.file', facts)
      : say('library.fileOf', { ...facts, messages: count });
  return `${archive.path}\n${said}`;
}

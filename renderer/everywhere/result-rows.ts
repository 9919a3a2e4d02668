/**
 * The results of a search over many archives as one list, by archive or by date: messages, and what leads to
 * more of them.
 */

import type { Row } from '../../shared/row.ts';
import type { Searched } from './everywhere-store.ts';

/** So many of each archive are shown at first. */
export const SHOWN_FIRST = 5;
/** So many of all archives are shown by date at first, and so many more each time. */
export const SHOWN_BY_DATE = 200;

export type ResultRow =
  | { readonly kind: 'message'; readonly archive: Searched; readonly row: Row }
  /** Shows the next of those that came. */
  | { readonly kind: 'more'; readonly archive: Searched; readonly messages: number }
  /** The same for all archives together. */
  | { readonly kind: 'later'; readonly messages: number }
  /** Opens the archive with the search: only some came. */
  | { readonly kind: 'all'; readonly archive: Searched; readonly messages: number };

/** A line of the results: what comes meanwhile may stand above it. */
export interface ResultPlace {
  readonly index: number;
  /** As `nameOf`; empty for none. */
  readonly name: string;
}

export const FIRST_PLACE: ResultPlace = { index: 0, name: '' };

/** What tells a row from all others. */
export function nameOf(row: ResultRow): string {
  if (row.kind === 'later') return row.kind;
  return `${row.archive.path} ${row.kind === 'message' ? row.row.key : row.kind}`;
}

/** Where a line is among these rows; if it is gone, what stands in its place. */
export function indexOf(rows: readonly ResultRow[], { index, name }: ResultPlace): number {
  const found = name === '' ? -1 : rows.findIndex((row) => nameOf(row) === name);
  return found < 0 ? Math.min(index, rows.length - 1) : found;
}

/** An archive in which something was found. */
export interface ResultGroup {
  readonly archive: Searched;
  readonly rows: readonly ResultRow[];
}

/** @param isExpanded whether all that came of an archive is shown */
export function groupsOf(
  archives: readonly Searched[],
  isExpanded: (path: string) => boolean,
): readonly ResultGroup[] {
  return archives.flatMap((archive) => {
    const { found } = archive;
    if (!found || found.messages === 0) return [];
    const shown = isExpanded(archive.path) ? found.rows.length : SHOWN_FIRST;
    const rows: ResultRow[] = found.rows
      .slice(0, shown)
      .map((row) => ({ kind: 'message', archive, row }));
    const more = found.rows.length - shown;
    if (more > 0) rows.push({ kind: 'more', archive, messages: more });
    else if (found.messages > found.rows.length) {
      rows.push({ kind: 'all', archive, messages: found.messages });
    }
    return [{ archive, rows }];
  });
}

/**
 * What came of all archives, the newest first. Of an archive of which only some came, the way to the others
 * stands behind the last of these: what is older is missing from there on.
 * @param most so many rows are shown
 */
export function byDate(archives: readonly Searched[], most: number): readonly ResultRow[] {
  const rows: ResultRow[] = archives.flatMap((archive) =>
    (archive.found?.rows ?? []).map((row) => ({ kind: 'message', archive, row }) as const),
  );
  // Stable: what has the same date stays in the order of its archive.
  const sorted = rows.sort((one, other) => momentOf(other) - momentOf(one));
  const ends = new Map(
    sorted.map((row, at) => [row.kind === 'message' ? row.archive.path : '', at]),
  );
  const all = sorted.flatMap((row, at): readonly ResultRow[] => {
    if (row.kind !== 'message' || ends.get(row.archive.path) !== at) return [row];
    const { archive } = row;
    const { messages = 0, rows: came = [] } = archive.found ?? {};
    return messages > came.length ? [row, { kind: 'all', archive, messages }] : [row];
  });
  if (all.length <= most) return all;
  return [...all.slice(0, most), { kind: 'later', messages: all.length - most }];
}

/** What has no date stands behind all that has one. */
const momentOf = (row: ResultRow): number =>
  row.kind === 'message' ? (row.row.date ?? Number.MIN_SAFE_INTEGER) : 0;

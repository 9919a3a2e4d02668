/** The results of a search over many archives as one list: messages, and what leads to more of them. */

import type { Row } from '../../shared/row.ts';
import type { Searched } from './everywhere-store.ts';

/** So many of each archive are shown at first. */
export const SHOWN_FIRST = 5;

export type ResultRow =
  | { readonly kind: 'message'; readonly archive: Searched; readonly row: Row }
  /** Shows the next of those that came. */
  | { readonly kind: 'more'; readonly archive: Searched; readonly messages: number }
  /** Opens the archive with the search: only some came. */
  | { readonly kind: 'all'; readonly archive: Searched; readonly messages: number };

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

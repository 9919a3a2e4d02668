/**
 * The first rows of an archive that was read before, and the last ones, as lists show them: kept with its
 * catalog as a short text of their own, so that they are on screen while the columns of millions are still
 * being read into memory.
 *
 * They are believed as the catalog is: if the file's identity is the same, and the messages of these rows
 * have the fingerprints that they had (`compareRemembered`). Whatever is asked besides waits for the catalog.
 */

import type { Envelopes } from '../../catalog/envelopes.ts';
import type { Steps } from '../../../shared/steps.ts';
import type { Arrangement, Row } from '../../../shared/row.ts';
import { messageNumber } from '../../../shared/units.ts';
import type { Contents } from '../../mailbox/toc/contents.ts';
import { type Fingerprint, type Span, Table } from '../../mailbox/toc/table.ts';
import { shownRow } from '../listing/shown-row.ts';

/** So many at each end of a list: what a window asks for at once. */
const ROWS = 100;
/** The order of the file, and the one that people sort by most. */
type Sort = 'position' | 'date';

interface KeptRow {
  readonly row: Row;
  readonly span: Span;
  readonly fingerprint: Fingerprint;
}

/** Both ends of a list, ascending. */
interface KeptList {
  readonly sort: Sort;
  readonly first: readonly KeptRow[];
  readonly last: readonly KeptRow[];
}

/**
 * The text that `Glance` is made of, in steps.
 * @param byDate whether there is an order by date, or it is made quickly
 */
export function* glanceText(
  contents: Contents,
  envelopes: Envelopes,
  byDate: 'known' | 'unknown',
): Steps<string> {
  const { count } = contents.table;
  const lists = [keptList('position', (row) => row, contents, envelopes)];
  if (byDate === 'known') {
    const order = yield* envelopes.orderSteps('date', count);
    lists.push(keptList('date', (row) => order[row] ?? 0, contents, envelopes));
  }
  return JSON.stringify(lists);
}

function keptList(
  sort: Sort,
  numberAt: (row: number) => number,
  contents: Contents,
  envelopes: Envelopes,
): KeptList {
  const { table } = contents;
  const rows = Math.min(ROWS, table.count);
  const from = (first: number): KeptRow[] =>
    Array.from({ length: rows }, (_none, at) => {
      const number = messageNumber(numberAt(first + at));
      const row = shownRow(contents, envelopes, number);
      return { row, span: table.span(number), fingerprint: table.fingerprint(number) };
    });
  return { sort, first: from(0), last: from(table.count - rows) };
}

export class Glance {
  /** How many there are in all. */
  readonly messages: number;
  /** Nothing but the messages of these rows, each once. */
  readonly table: Table;
  readonly #lists: readonly KeptList[];

  /** @param text of `glanceText`, as it was: whoever kept it has compared its checksum */
  constructor(text: string, messages: number) {
    this.messages = messages;
    this.#lists = JSON.parse(text) as readonly KeptList[];
    this.table = new Table();
    const all = this.#lists.flatMap(({ first, last }) => [...first, ...last]);
    const each = new Map(all.map((kept) => [kept.span.offset, kept]));
    for (const { span, fingerprint } of [...each.values()].toSorted(inFile)) {
      this.table.append(span, fingerprint);
    }
  }

  /** True if the ends of this list are known. */
  knows({ view, sort, query, narrowed = [], threads }: Arrangement): boolean {
    const isWhole = view === 'all' && narrowed.length === 0 && query.trim() === '';
    return isWhole && threads !== 'on' && this.#lists.some((list) => list.sort === sort);
  }

  /** Rows of a list that it knows; null if they are not all among those that are kept. */
  rows({ sort, direction }: Arrangement, from: number, count: number): readonly Row[] | null {
    const list = this.#lists.find((one) => one.sort === sort);
    if (!list) return null;
    const { first, last } = list;
    const [top, bottom] =
      direction === 'ascending' ? [first, last] : [last.toReversed(), first.toReversed()];
    const end = Math.min(from + count, this.messages);
    const above = this.messages - bottom.length;
    if (end <= top.length) return shown(top.slice(from, end));
    return from >= above ? shown(bottom.slice(from - above, end - above)) : null;
  }
}

const inFile = (one: KeptRow, other: KeptRow): number => one.span.offset - other.span.offset;
const shown = (kept: readonly KeptRow[]): readonly Row[] => kept.map(({ row }) => row);

/** What a chart shows, as numbers: for its table, and for other programs. */

import { BYTE_ORDER_MARK, csvLine } from '../../shared/csv.ts';

/** How large the things of a chart are drawn. */
export type Measure = 'messages' | 'bytes';

/** One bar, cell or field of a chart. */
export interface Mark {
  /** No other mark of the chart has it. */
  readonly id: string;
  readonly label: string;
  readonly messages: number;
  readonly bytes: number;
}

export interface ChartTable {
  /** Of the first column; the others are messages and bytes. */
  readonly heading: string;
  readonly marks: readonly Mark[];
}

export function csvOf({ heading, marks }: ChartTable): string {
  const lines = marks.map(({ label, messages, bytes }) => csvLine([label, messages, bytes]));
  return `${BYTE_ORDER_MARK}${csvLine([heading, 'Messages', 'Bytes'])}${lines.join('')}`;
}

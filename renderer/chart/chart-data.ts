/** What a chart shows, as numbers and in words: for its marks, its table, and for other programs. */

import { formatBytes, formatNumber } from '../design/format.ts';
import { BYTE_ORDER_MARK, csvLine } from '../../shared/csv.ts';
import { say } from '../../shared/language/say.ts';

/** How large the things of a chart are drawn. */
export type Measure = 'messages' | 'bytes';

/** One bar, cell or field of a chart. */
export interface Mark {
  /** No other mark of the chart has it. */
  readonly id: string;
  readonly label: string;
  /** What stands beside the mark where room is scarce, if that is not the label. */
  readonly brief?: string;
  readonly messages: number;
  readonly bytes: number;
}

/** A mark that narrows the list. */
export interface ChoiceMark extends Mark {
  /** What a press on it does; null if there is nothing to be shown. */
  readonly choose: (() => void) | null;
  readonly chosen: boolean;
}

export const inWords = ({ label, messages, bytes }: Omit<Mark, 'id'>): string =>
  say('amount.of', { name: label, messages, size: formatBytes(bytes) });

export const measured = ({ messages, bytes }: Omit<Mark, 'id'>, measure: Measure): string =>
  measure === 'bytes' ? formatBytes(bytes) : formatNumber(messages);

export interface ChartTable {
  /** Of the first column; the others are messages and bytes. */
  readonly heading: string;
  readonly marks: readonly Mark[];
}

export function csvOf({ heading, marks }: ChartTable): string {
  const lines = marks.map(({ label, messages, bytes }) => csvLine([label, messages, bytes]));
  return `${BYTE_ORDER_MARK}${csvLine([heading, say('measure.messages'), say('chart.csvBytes')])}${lines.join('')}`;
}

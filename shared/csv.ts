/**
 * Cells of CSV (RFC 4180) for spreadsheets. A cell that begins with = + - @ or a control character gets
 * a `'` in front, because spreadsheets would run it as a formula (OWASP, CSV injection); everything in
 * it came from strangers. Imports nothing.
 */

const RUNS = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
/** Where a semicolon or a tab parts cells, another one begins behind it. A face with a wink is no formula. */
const RUNS_BEHIND = /([;\t]["'\s]*)(?=[=+@]|-(?![)(DPpOo|*](?:\W|$)))/g;
const QUOTED = /[",;\t\r\n]/;

/** Stands in front of a file, or spreadsheets take UTF-8 for something else. */
export const BYTE_ORDER_MARK = '\ufeff';

/** A cell of a CSV file. */
export function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const parted = value.replace(RUNS_BEHIND, "$1'");
  const text = RUNS.test(parted) ? `'${parted}` : parted;
  return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A line of it, with its end. */
export const csvLine = (cells: readonly (string | number)[]): string =>
  `${cells.map(cell).join(',')}\r\n`;

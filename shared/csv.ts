/**
 * Cells of CSV (RFC 4180) for spreadsheets. A cell that begins with = + - @ or a control character gets
 * a `'` in front, because spreadsheets would run it as a formula (OWASP, CSV injection); everything in
 * it came from strangers. Imports nothing.
 */

const RUNS = /^[=+\-@\t\r\n]/;
const QUOTED = /[",\r\n]/;

/** Stands in front of a file, or spreadsheets take UTF-8 for something else. */
export const BYTE_ORDER_MARK = '\ufeff';

/** A cell of a CSV file. */
export function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = RUNS.test(value) ? `'${value}` : value;
  return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A line of it, with its end. */
export const csvLine = (cells: readonly (string | number)[]): string =>
  `${cells.map(cell).join(',')}\r\n`;

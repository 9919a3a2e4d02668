/**
 * Text from strangers, made safe to show. Imports nothing; linear.
 *
 * Removed: control characters (a terminal would obey them) and the bidirectional embeddings and
 * overrides (they make `exe.gpj` out of `jpg.exe`; Unicode TR 36). Kept: everything a person wrote.
 */

const UNWANTED =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/g;
const NOT_ONE_LINE = /[\u0000-\u001f\u007f-\u00a0\u2028-\u202e\u2066-\u2069\ufeff]|^ | {2}| $/;

/** Text as one line: runs of white space become one space, none at the ends. */
export function oneLine(text: string): string {
  if (!NOT_ONE_LINE.test(text)) return text;
  return text
    .replace(/[\u2028\u2029]/g, ' ')
    .replace(UNWANTED, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Text of several lines, with LF as line end. */
export function manyLines(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(UNWANTED, '');
}

/** A file name to show: no path, no character that changes how the rest is read. */
export function fileName(name: string): string {
  const last = oneLine(name).split(/[/\\]/).at(-1) ?? '';
  return last.replace(/[\u200b-\u200f\u2060-\u2064]/g, '').slice(0, 255);
}

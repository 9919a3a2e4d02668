/**
 * The marks of one archive in a file of our own: a first line that says whose they are, then a line for
 * each mark, with the digest of what the person saw. Lines are only ever added, until the file is
 * written anew; a last line that a crash cut short counts as never written.
 *
 *   mailkeep-marks 1 {"path":...,"device":...,"inode":...,"born":...}
 *   +<key> <SHA-256> <bytes>      marked
 *   -<key>                        no longer
 */

import { z } from 'zod';
import { type Digest, digest, type Key, key } from '../../../shared/units.ts';
import { breath } from '../../../shared/steps.ts';
import type { Marked } from '../../mailbox/flush/pending.ts';
import type { FileMark } from '../state-file.ts';

const VERSION = 1;
const FIRST = /^mailkeep-marks (\d+) (\{.*\})$/;
const LINE = /^(?:\+([0-9a-z-]{1,60}) ([0-9a-f]{64}) (\d{1,15})|-([0-9a-z-]{1,60}))$/;
/** So many lines are written or read in one go. */
const LINES_A_TURN = 1000;

const decimal = z.string().regex(/^\d{1,20}$/);
const whose = z.object({ path: z.string(), device: decimal, inode: decimal, born: decimal });

export type MarkEntries = Iterable<readonly [Key, Marked]>;

export type MarksRead =
  | { readonly read: 'newer' | 'damaged' }
  | { readonly read: 'marks'; readonly of: FileMark; readonly marks: ReadonlyMap<Key, Marked> };

const lineOf = ([of, { digest: seen, bytes }]: readonly [Key, Marked]): string =>
  `+${of} ${seen} ${bytes}\n`;

async function* inPieces(lines: Iterable<string>): AsyncGenerator<string> {
  let piece = '';
  let count = 0;
  for (const line of lines) {
    piece += line;
    count += 1;
    if (count % LINES_A_TURN !== 0) continue;
    yield piece;
    piece = '';
    await breath();
  }
  if (piece !== '') yield piece;
}

function* linesOf(of: FileMark, marks: MarkEntries): Generator<string> {
  yield `mailkeep-marks ${VERSION} ${JSON.stringify(of)}\n`;
  for (const entry of marks) yield lineOf(entry);
}

function* changeLines(marked: MarkEntries, unmarked: Iterable<Key>): Generator<string> {
  for (const entry of marked) yield lineOf(entry);
  for (const gone of unmarked) yield `-${gone}\n`;
}

/** A whole file of marks, in pieces. */
export const renderMarks = (of: FileMark, marks: MarkEntries): AsyncGenerator<string> =>
  inPieces(linesOf(of, marks));

/** What is added to it, in pieces. */
export const renderChange = (marked: MarkEntries, unmarked: Iterable<Key>) =>
  inPieces(changeLines(marked, unmarked));

/** What a file of marks says. Lines that make no sense are left out, and it counts as damaged if none does. */
export async function parseMarks(text: string): Promise<MarksRead> {
  const end = text.indexOf('\n');
  const of = end < 0 ? null : firstLine(text.slice(0, end));
  if (of === null || of === 'newer') return { read: of ?? 'damaged' };
  const marks = new Map<Key, Marked>();
  let count = 0;
  for (let at = end + 1, next = text.indexOf('\n', at); next >= 0; next = text.indexOf('\n', at)) {
    apply(marks, LINE.exec(text.slice(at, next)));
    at = next + 1;
    count += 1;
    if (count % LINES_A_TURN === 0) await breath();
  }
  return { read: 'marks', of, marks };
}

function firstLine(line: string): FileMark | 'newer' | null {
  const match = FIRST.exec(line);
  if (!match) return null;
  const [, version, rest = ''] = match;
  if (Number(version) > VERSION) return 'newer';
  try {
    return whose.parse(JSON.parse(rest));
  } catch {
    return null;
  }
}

function apply(marks: Map<Key, Marked>, line: RegExpExecArray | null): void {
  const [, marked, seen = '', bytes, unmarked] = line ?? [];
  if (marked !== undefined) {
    const mark: { digest: Digest; bytes: number } = { digest: digest(seen), bytes: Number(bytes) };
    marks.set(key(marked), mark);
  } else if (unmarked !== undefined) {
    marks.delete(key(unmarked));
  }
}

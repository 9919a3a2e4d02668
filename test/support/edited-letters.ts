/**
 * What other programs do to an mbox, as edit scripts over a model that is a list of letters: append,
 * remove, reorder, swap, edit in place, truncate, and let grow again to the same size.
 */

import { appendFileSync, renameSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';

/** A message of the model. */
export interface Letter {
  readonly id: number;
  /** Status letters: a header that other programs edit in place. */
  readonly status: 'RO' | 'O ' | 'R ';
  readonly word: 'first' | 'other';
  readonly lines: number;
}

export type Edit =
  | { readonly edit: 'append'; readonly lines: readonly number[] }
  | { readonly edit: 'remove' | 'move' | 'swap' | 'flag' | 'rewrite'; readonly at: number }
  | { readonly edit: 'truncate'; readonly count: number }
  | { readonly edit: 'regrow'; readonly count: number };
export type Way = 'in place' | 'renamed' | 'time restored';

/** A letter as it stands in an mbox. */
export const textOf = ({ id, status, word, lines }: Letter): string =>
  `From a${id}@example.org Thu Jan  1 00:00:00 2004\nMessage-ID: <${id}@example.org>\nStatus: ${status}\n\nLetter ${id}, the ${word} one\n${'some words to fill it\n'.repeat(lines)}end of ${word} ${id}\n\n`;

const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({
    edit: fc.constant('append' as const),
    lines: fc.array(fc.nat(200), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    edit: fc.constantFrom('remove', 'move', 'swap', 'flag', 'rewrite'),
    at: fc.nat(20),
  }),
  fc.record({ edit: fc.constantFrom('truncate', 'regrow'), count: fc.integer({ min: 1, max: 3 }) }),
);
const way: fc.Arbitrary<Way> = fc.constantFrom('in place', 'renamed', 'time restored');
/** What another program does in one go. */
export const round = fc.record({ edits: fc.array(edit, { minLength: 1, maxLength: 3 }), way });

let lastId = 0;
/** A letter that never was before. */
export const fresh = (lines: number): Letter => {
  lastId += 1;
  return { id: 100_000 + lastId, status: 'RO', word: 'first', lines };
};

function exchanged(letters: Letter[], one: number, other: number): void {
  const [first, second] = [letters[one], letters[other]];
  if (!first || !second) return;
  letters[one] = second;
  letters[other] = first;
}

/** The letters after one edit. */
export function edited(before: readonly Letter[], change: Edit): Letter[] {
  const letters = [...before];
  if (change.edit === 'append') return [...letters, ...change.lines.map(fresh)];
  if (change.edit === 'truncate') return letters.slice(0, -change.count);
  if (change.edit === 'regrow') {
    // Others of the same size grow where the last ones were cut off.
    const cut = letters.splice(-change.count);
    return [...letters, ...cut.map(({ lines }) => fresh(lines))];
  }
  if (letters.length === 0) return letters;
  const at = change.at % letters.length;
  const letter = letters[at] ?? fresh(0);
  switch (change.edit) {
    case 'remove':
      letters.splice(at, 1);
      return letters;
    case 'move':
      letters.splice(at, 1);
      letters.push(letter);
      return letters;
    case 'swap':
      exchanged(letters, at, (at * 7 + 1) % letters.length);
      return letters;
    case 'flag':
      letters[at] = { ...letter, status: letter.status === 'RO' ? 'O ' : 'RO' };
      return letters;
    case 'rewrite':
      letters[at] = { ...letter, word: letter.word === 'first' ? 'other' : 'first' };
      return letters;
  }
}

/** So much of its old end tells that a file has grown, and nothing else. */
const END_BYTES = 4096;

/**
 * Letters of the old file that stand behind its old end now, while that end is as it was: others of their
 * sizes have taken their places. Nobody can tell them from letters that were appended, which are new.
 */
export function behindOldEnd(
  before: readonly Letter[],
  after: readonly Letter[],
  how: Way,
): ReadonlySet<number> {
  const [old, now] = [before, after].map((letters) => letters.map(textOf).join(''));
  const moved = new Set<number>();
  if (how === 'renamed' || old === undefined || now === undefined) return moved;
  const end = now.slice(Math.max(0, old.length - END_BYTES), old.length);
  if (now.length <= old.length || end !== old.slice(-END_BYTES)) return moved;
  const ids = new Set(before.map(({ id }) => id));
  let offset = 0;
  for (const letter of after) {
    if (offset >= old.length && ids.has(letter.id)) moved.add(letter.id);
    offset += textOf(letter).length;
  }
  return moved;
}

/** Writes the letters of a file anew, as another program would. */
export function write(
  file: string,
  before: readonly Letter[],
  after: readonly Letter[],
  how: Way,
): void {
  const old = before.map(textOf).join('');
  const now = after.map(textOf).join('');
  const { atime, mtime } = statSync(file);
  if (how === 'renamed') {
    writeFileSync(`${file}.new`, now);
    renameSync(`${file}.new`, file);
  } else if (now.startsWith(old)) appendFileSync(file, now.slice(old.length));
  else writeFileSync(file, now);
  if (how === 'time restored') utimesSync(file, atime, mtime);
}

/** Letters of which some are copies of others, in ways that programs make them; and a naive search. */

import fc from 'fast-check';
import type { DuplicatesHow, KeptCopy } from '../../shared/duplicates-contract.ts';

export interface CopiedLetter {
  readonly id: number | null;
  readonly subject: number;
  readonly hour: number;
  readonly body: number;
  /** Line ends and white space as another program stored it. */
  readonly stored: 'as sent' | 'wrapped' | 'more lines at the end';
  readonly received: number;
}

export const copiedLetter: fc.Arbitrary<CopiedLetter> = fc.record({
  id: fc.option(fc.nat(2), { freq: 5 }),
  subject: fc.nat(1),
  hour: fc.nat(1),
  body: fc.nat(2),
  stored: fc.constantFrom('as sent', 'wrapped', 'more lines at the end'),
  received: fc.nat(2),
});

const BODIES = ['All is well.\n\nYours, Ann', 'All is  well.\nYours, Bob', ''];

function bodyOf({ body, stored }: CopiedLetter): string {
  const text = BODIES[body] ?? '';
  if (stored === 'wrapped') return text.replaceAll(' ', '\n');
  return stored === 'as sent' ? text : `${text}\n\n`;
}

/** As it stands in an mbox. */
export function storedCopy(letter: CopiedLetter): string {
  const { id, subject, hour, received } = letter;
  return [
    'From ann@example.org Mon Jan  1 10:00:00 2001',
    ...Array.from({ length: received }, (_none, at) => `Received: by relay${at}.example.org`),
    'From: Ann <ann@example.org>',
    `Date: Mon, 1 Jan 2001 1${hour}:00:00 +0000`,
    `Subject: Letter ${subject}`,
    ...(id === null ? [] : [`Message-ID: <letter${id}@example.org>`]),
    '',
    bodyOf(letter),
    '',
    '',
  ].join('\n');
}

const mayBeCopies = (how: DuplicatesHow, one: CopiedLetter, other: CopiedLetter): boolean =>
  (one.id !== null && one.id === other.id) ||
  (how === 'loose' && one.subject === other.subject && one.hour === other.hour);

/** What copies have in common. */
const contentOf = (how: DuplicatesHow, letter: CopiedLetter): string =>
  how === 'exact' ? bodyOf(letter).replace(/\n+$/, '') : bodyOf(letter).replace(/\s+/g, '');

/** Groups of copies by their numbers: whatever hangs together by what may be a copy, and is the same. */
export function naiveGroups(how: DuplicatesHow, letters: readonly CopiedLetter[]): number[][] {
  const clusters = letters.map((_letter, number) => number);
  for (let again = true; again; ) {
    again = false;
    for (const [one, first] of letters.entries()) {
      for (const [other, second] of letters.entries()) {
        const [low = 0, high = 0] = [clusters[one], clusters[other]];
        if (low >= high || !mayBeCopies(how, first, second)) continue;
        clusters[other] = low;
        again = true;
      }
    }
  }
  const groups = new Map<string, number[]>();
  for (const [number, letter] of letters.entries()) {
    const name = `${clusters[number]} ${contentOf(how, letter)}`;
    groups.set(name, [...(groups.get(name) ?? []), number]);
  }
  return [...groups.values()].filter((numbers) => numbers.length > 1);
}

/** What decides which copy is kept: the greatest one, and of equal ones the first. */
export function worthOf(keep: KeptCopy, letter: CopiedLetter, number: number): number {
  const stored = storedCopy(letter);
  switch (keep) {
    case 'first':
      return -number;
    case 'last':
      return number;
    case 'largest':
      return stored.length;
    case 'most':
      return stored.indexOf('\n\n');
  }
}

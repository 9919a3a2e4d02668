/** Where words stand in a text, whatever the case and the accents. Imports shared. */

import { plainLetters } from '../../shared/plain-letters.ts';

/** No more places are found. */
export const STRETCHES_MAX = 2000;

export interface Stretch {
  readonly at: number;
  readonly length: number;
}

/** @param words any of these; what they find does not overlap, and is in the order of the text */
export function stretchesOf(text: string, words: readonly string[]): Stretch[] {
  const { folded: within, places } = foldedWithPlaces(text);
  const stretches: Stretch[] = [];
  for (const found of foundIn(within, words.map(folded))) {
    const stretch = places ? inText(found, places) : found;
    const before = stretches.at(-1);
    // Both halves of one letter.
    if (before && stretch.at < before.at + before.length) continue;
    stretches.push(stretch);
    if (stretches.length === STRETCHES_MAX) break;
  }
  return stretches;
}

function* foundIn(within: string, words: readonly string[]): Generator<Stretch> {
  const wanted = words.filter((word) => word !== '');
  const nexts = wanted.map((word) => within.indexOf(word));
  for (let end = 0; ; ) {
    let best: Stretch | null = null;
    for (const [index, word] of wanted.entries()) {
      const next = nexts[index] ?? -1;
      if (next >= 0 && next < end) nexts[index] = within.indexOf(word, end);
      const at = nexts[index] ?? -1;
      const isBetter = !best || at < best.at || (at === best.at && word.length > best.length);
      if (at >= 0 && isBetter) best = { at, length: word.length };
    }
    if (!best) return;
    yield best;
    end = best.at + best.length;
  }
}

const BEYOND_ASCII = /[^\u0000-\u007f]/g;

interface Folded {
  /** Without case and accents, as `electron/catalog/folding.ts` has it. */
  readonly folded: string;
  /** Where each of its characters is in the text, and where that ends; null if places stay what they are. */
  readonly places: readonly number[] | null;
}

const folded = (text: string): string => foldedWithPlaces(text).folded;

function foldedWithPlaces(text: string): Folded {
  const plain = text.replace(/[\n\t]/g, ' ').replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  /** Letters that become more, or none: where they are, and how many they become. */
  const others: (readonly [at: number, letters: number])[] = [];
  const all = plain.replace(BEYOND_ASCII, (letter, at: number) => {
    const bare = bareLetter(letter);
    if (bare.length !== 1) others.push([at, bare.length]);
    return bare;
  });
  return { folded: all, places: others.length === 0 ? null : placesOf(plain.length, others) };
}

const bareLetter = (letter: string): string =>
  plainLetters(
    letter
      .normalize('NFKD')
      .replace(/\p{M}+/gu, '')
      .toLowerCase()
      .normalize('NFC'),
  );

function placesOf(
  length: number,
  others: readonly (readonly [at: number, letters: number])[],
): readonly number[] {
  const places: number[] = [];
  const letters = new Map(others);
  for (let at = 0; at < length; at++) {
    for (let more = letters.get(at) ?? 1; more > 0; more--) places.push(at);
  }
  return [...places, length];
}

/** A letter of which a part was found is meant whole, with the marks behind it. */
function inText({ at, length }: Stretch, places: readonly number[]): Stretch {
  const from = places[at] ?? 0;
  const last = places[at + length - 1] ?? from;
  return { at: from, length: Math.max(last + 1, places[at + length] ?? 0) - from };
}

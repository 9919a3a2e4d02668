/** What a person is told about a query that says less than it could, or nothing. Imports nothing. */

export interface Hint {
  /** Which characters of the query are meant. */
  readonly from: number;
  readonly to: number;
  /** One sentence. */
  readonly says: string;
  /** What would be right in their place; empty if that cannot be known. */
  readonly right: string;
}

/** No more than so many are given: the first ones. */
export const HINTS_MAX = 10;
/** What is quoted from the query in a sentence is no longer. */
const QUOTED_MAX = 30;

/** A piece of the query in a sentence. */
export function quoted(text: string): string {
  const letters = [...text.slice(0, 2 * QUOTED_MAX)];
  const shown = letters.length > QUOTED_MAX ? `${letters.slice(0, QUOTED_MAX).join('')}…` : text;
  return `“${shown}”`;
}

/** The word of a list that is most like another; null if none is close. */
export function nearest<Word extends string>(word: string, words: readonly Word[]): Word | null {
  const text = word.toLowerCase();
  if (text.length > LIKENESS_LENGTH_MAX) return null;
  let best: Word | null = null;
  let fewest = text.length < 4 ? 1 : 2;
  for (const other of words) {
    const edits = editsBetween(text, other);
    if (edits > fewest || (edits === fewest && best !== null)) continue;
    best = other;
    fewest = edits;
  }
  return best;
}

const LIKENESS_LENGTH_MAX = 20;

/** Letters added, left out, replaced or swapped with their neighbour. */
function editsBetween(one: string, other: string): number {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_none, at) => at);
  for (let row = 1; row <= one.length; row++) {
    const next = [row];
    for (let at = 1; at <= other.length; at++) {
      const same = one[row - 1] === other[at - 1];
      let edits = Math.min(
        (last[at] ?? 0) + 1,
        (next[at - 1] ?? 0) + 1,
        (last[at - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = one[row - 1] === other[at - 2] && one[row - 2] === other[at - 1];
      if (row > 1 && at > 1 && swapped) edits = Math.min(edits, (before[at - 2] ?? 0) + 1);
      next.push(edits);
    }
    before = last;
    last = next;
  }
  return last[other.length] ?? 0;
}

/** Where words stand in a text, whatever the case and the accents. Imports nothing. */

/** No more places are found. */
export const STRETCHES_MAX = 2000;

export interface Stretch {
  readonly at: number;
  readonly length: number;
}

/** @param words any of these; what they find does not overlap, and is in the order of the text */
export function stretchesOf(text: string, words: readonly string[]): Stretch[] {
  const within = folded(text);
  const wanted = words.map(folded).filter((word) => word !== '');
  const nexts = wanted.map((word) => within.indexOf(word));
  const stretches: Stretch[] = [];
  for (let end = 0; stretches.length < STRETCHES_MAX; ) {
    let best: Stretch | null = null;
    for (const [index, word] of wanted.entries()) {
      const next = nexts[index] ?? -1;
      if (next >= 0 && next < end) nexts[index] = within.indexOf(word, end);
      const at = nexts[index] ?? -1;
      const isBetter = !best || at < best.at || (at === best.at && word.length > best.length);
      if (at >= 0 && isBetter) best = { at, length: word.length };
    }
    if (!best) break;
    stretches.push(best);
    end = best.at + best.length;
  }
  return stretches;
}

const BEYOND_ASCII = /[^\u0000-\u007f]/g;

/** Without case and accents, a character for each: places stay what they are. */
function folded(text: string): string {
  const plain = text.replace(/[\n\t]/g, ' ').replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  return plain.replace(BEYOND_ASCII, (letter) => {
    const bare = letter
      .normalize('NFKD')
      .replace(/\p{M}+/gu, '')
      .toLowerCase();
    return bare.length === 1 ? bare : letter;
  });
}

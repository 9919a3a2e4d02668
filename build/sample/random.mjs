/**
 * Chance that is the same every time: a small seeded generator (mulberry32), so that one seed makes
 * one archive, byte for byte, on every machine. Imports nothing.
 */

/**
 * @typedef {object} Random
 * @property {() => number} fraction a number from 0 up to, not including, 1
 * @property {(from: number, to: number) => number} integer both ends included
 * @property {(share: number) => boolean} chance true in this share of cases
 * @property {<T>(list: readonly T[]) => T} pick one of a list
 * @property {<T>(list: readonly T[], count: number) => T[]} some several of a list, none twice, in its order
 */

/**
 * @param {number} seed
 * @returns {Random}
 */
export function random(seed) {
  let state = seed >>> 0;
  const fraction = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  const integer = (from, to) => from + Math.floor(fraction() * (to - from + 1));
  const pick = (list) => list[integer(0, list.length - 1)];
  const some = (list, count) => {
    const left = list.map((_, index) => index);
    const chosen = [];
    while (chosen.length < count && left.length > 0) {
      chosen.push(...left.splice(integer(0, left.length - 1), 1));
    }
    return chosen.sort((one, other) => one - other).map((index) => list[index]);
  };
  return { fraction, integer, pick, some, chance: (share) => fraction() < share };
}

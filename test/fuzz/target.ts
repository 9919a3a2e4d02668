/** What a fuzz target is: something of ours that is given one hostile input after the other. */

import type { Chance } from './chance.ts';

export interface Target {
  readonly name: string;
  /** How many inputs of all are for it, relative to the other targets. */
  readonly share: number;
  /** Makes one input of `chance`, and throws for everything that must not be. */
  readonly attempt: (chance: Chance) => void | Promise<void>;
}

/** Throws, naming `what`, unless it is so. */
export function must(isSo: boolean, what: string): asserts isSo {
  if (!isSo) throw new Error(what);
}

/** Throws, with both, unless the two are equal as JSON, in whatever order their names stand. */
export function mustEqual(one: unknown, other: unknown, what: string): void {
  const [first, second] = [JSON.stringify(sorted(one)), JSON.stringify(sorted(other))];
  if (first !== second) throw new Error(`${what}:\n  ${first}\n  ${second}`);
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  return Object.entries(value)
    .sort(([first], [second]) => (first < second ? -1 : 1))
    .map(([name, one]) => [name, sorted(one)]);
}

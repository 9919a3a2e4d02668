/**
 * Names in a folder that nobody has, also where `A` and `a`, or two spellings of `ä`, are one name
 * (Windows, macOS). Imports only how a name is numbered.
 */

import { numberedName } from '../../message/save-name.ts';

/** What two names have in common that some file system takes for the same. */
export function folded(name: string): string {
  return name.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');
}

export class FreeNames {
  readonly #taken: Set<string>;
  readonly #last = new Map<string, number>();

  /** @param taken the names that are there */
  constructor(taken: Iterable<string>) {
    this.#taken = new Set([...taken].map(folded));
  }

  /** A name like this one that is free; from now on it is taken. */
  take(name: string): string {
    const own = folded(name);
    let number = this.#last.get(own) ?? 1;
    let free = number === 1 ? name : numberedName(name, number);
    while (this.#taken.has(folded(free))) {
      number += 1;
      free = numberedName(name, number);
    }
    this.#last.set(own, number + 1);
    this.#taken.add(folded(free));
    return free;
  }
}

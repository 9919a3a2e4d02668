/**
 * What became of messages that another program edited: under which key their edited form stands now.
 * A key never means the edited message (I4); but a list that a person looks at stays where it is.
 */

import type { Key } from '../../../shared/units.ts';
import { messageNumber } from '../../../shared/units.ts';
import type { Regenerated } from '../../mailbox/toc/contents.ts';

/** So many are remembered; the oldest are forgotten first. */
const REMEMBERED_MAX = 10_000;

export class Successors {
  readonly #next = new Map<Key, Key>();

  /** The table was made anew. */
  note({ contents, renumbering }: Regenerated): void {
    if (renumbering.renumber === 'none') return;
    const { oldNumbers, ancestors, oldKeys } = renumbering;
    // After a flush nothing was edited.
    if (ancestors === oldNumbers) return;
    ancestors.forEach((ancestor, number) => {
      if (ancestor < 0 || oldNumbers[number] === ancestor) return;
      this.#next.set(
        oldKeys.keyOf(messageNumber(ancestor)),
        contents.keys.keyOf(messageNumber(number)),
      );
    });
    for (const oldest of this.#next.keys()) {
      if (this.#next.size <= REMEMBERED_MAX) break;
      this.#next.delete(oldest);
    }
  }

  /** The key of the last edited form of a message; its own if it was not edited. */
  of(key: Key): Key {
    let last = key;
    for (let steps = 0; steps < REMEMBERED_MAX; steps++) {
      const next = this.#next.get(last);
      if (next === undefined) return last;
      last = next;
    }
    return last;
  }
}

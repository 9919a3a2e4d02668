/**
 * What was shown of an archive's messages, by digest: so that a deletion removes what a person saw,
 * and not what another program has written into the message since (I5). Envelopes and ends of messages
 * are told apart by their fingerprints; this tells a change in the middle of a body.
 */

import { createHash } from 'node:crypto';
import { type Digest, digest, type Key } from '../../shared/units.ts';

/** So many messages that were shown last are known. */
const SEEN_MAX = 10_000;

const LF = 0x0a;
const CR = 0x0d;

export class Seen {
  /** The one that was shown last comes last. */
  readonly #digests = new Map<Key, Digest>();

  /** @param message without what keeps it apart from others */
  note(of: Key, message: Uint8Array): void {
    this.#digests.delete(of);
    this.#digests.set(of, digestOf(message));
    const [oldest] = this.#digests.keys();
    if (this.#digests.size > SEEN_MAX && oldest !== undefined) this.#digests.delete(oldest);
  }

  has(of: Key): boolean {
    return this.#digests.has(of);
  }

  /** True if the message is what was shown, or was not shown. */
  isStill(of: Key, message: Uint8Array): boolean {
    const seen = this.#digests.get(of);
    return seen === undefined || seen === digestOf(message);
  }

  forget(of: Key): void {
    this.#digests.delete(of);
  }
}

/** Line ends at its end are left out: the next delivery may add an empty line. */
function digestOf(message: Uint8Array): Digest {
  let end = message.length;
  while (end > 0 && (message[end - 1] === LF || message[end - 1] === CR)) end -= 1;
  return digest(createHash('sha256').update(message.subarray(0, end)).digest('hex'));
}

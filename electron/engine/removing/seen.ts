/**
 * What was shown of an archive's messages, by digest: so that a deletion removes what a person saw,
 * and not what another program has written into the message since (I5). Envelopes and ends of messages
 * are told apart by their fingerprints; this tells a change in the middle of a body.
 *
 * Digests are made in a thread of their own, of a copy of the bytes: nobody waits for one to see a
 * message, and whoever asks while it is being made gets it when it is there.
 */

import { webcrypto } from 'node:crypto';
import { type Digest, digest, type Key } from '../../../shared/units.ts';

/** So many messages that were shown last are known. */
const SEEN_MAX = 10_000;

const LF = 0x0a;
const CR = 0x0d;

export class Seen {
  /** The one that was shown last comes last. */
  readonly #digests = new Map<Key, Promise<Digest>>();

  /** @param message without what keeps it apart from others; may be written into afterwards */
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
  async isStill(of: Key, message: Uint8Array): Promise<boolean> {
    const seen = this.#digests.get(of);
    return seen === undefined || (await seen) === (await digestOf(message));
  }

  forget(of: Key): void {
    this.#digests.delete(of);
  }
}

/** Line ends at its end are left out: the next delivery may add an empty line. */
async function digestOf(message: Uint8Array): Promise<Digest> {
  let end = message.length;
  while (end > 0 && (message[end - 1] === LF || message[end - 1] === CR)) end -= 1;
  const bytes = await webcrypto.subtle.digest(
    'SHA-256',
    // Never memory that is shared with a thread.
    message.subarray(0, end) as Uint8Array<ArrayBuffer>,
  );
  return digest(Buffer.from(bytes).toString('hex'));
}

/**
 * What two copies of a message have in common: a digest of the body as stored, whatever its line ends;
 * or of the text that a person reads, whatever its white space.
 */

import { createHash } from 'node:crypto';
import type { ByteSource } from '../../message/byte-source.ts';
import { OpenMessage } from '../../message/read-message.ts';
import type { DuplicatesHow } from '../../../shared/duplicates-contract.ts';

/** Bytes of a digest that are kept: of SHA-256, enough that nobody can make two bodies with the same. */
export const DIGEST_BYTES = 16;

const STROKE_BYTES = 1024 * 1024;
const LF = 0x0a;
const CR = 0x0d;

/** @param source the message without what keeps it apart in its archive */
export async function contentDigest(
  how: DuplicatesHow,
  source: ByteSource,
  signal?: AbortSignal,
): Promise<Buffer> {
  if (how === 'loose') {
    const { text, cut } = await (await OpenMessage.open(source)).text();
    const letters = text.replace(/\s+/g, '');
    // A message without a text, or of which not all is known, is compared as it is stored.
    if (letters !== '' && !cut) return shortened(createHash('sha256').update(`text\n${letters}`));
  }
  const body = new BodyDigest();
  for (let at = 0; at < source.length; at += STROKE_BYTES) {
    signal?.throwIfAborted();
    body.push(await source.read(at, STROKE_BYTES));
  }
  return body.end();
}

const shortened = (hash: ReturnType<typeof createHash>): Buffer =>
  hash.digest().subarray(0, DIGEST_BYTES);

/**
 * Takes a message in pieces; what stands before its first empty line does not count, nor do line ends
 * at its end, because archives add and remove those.
 */
export class BodyDigest {
  readonly #hash = createHash('sha256').update('body\n');
  #isBody = false;
  #isLineEmpty = true;
  #wasCr = false;
  /** Line ends that count only if something follows. */
  #held = 0;

  push(bytes: Buffer): void {
    const lines = this.#normalised(bytes);
    const from = this.#isBody ? 0 : this.#behindHeader(lines);
    if (!this.#isBody) return;
    let end = lines.length;
    while (end > from && lines[end - 1] === LF) end -= 1;
    if (end > from) {
      if (this.#held > 0) this.#hash.update('\n'.repeat(this.#held));
      this.#hash.update(lines.subarray(from, end));
      this.#held = 0;
    }
    this.#held += lines.length - Math.max(from, end);
  }

  end(): Buffer {
    return shortened(this.#hash);
  }

  /** The bytes with LF at every line end, whether that is CRLF, CR or LF. */
  #normalised(bytes: Buffer): Buffer {
    const cutsLineEnd = this.#wasCr && bytes[0] === LF;
    const rest = cutsLineEnd ? bytes.subarray(1) : bytes;
    if (bytes.length > 0) this.#wasCr = bytes.at(-1) === CR;
    if (!rest.includes(CR)) return rest;
    const lines = Buffer.allocUnsafe(rest.length);
    let length = 0;
    for (let at = 0; at < rest.length; at++) {
      const byte = rest[at] ?? 0;
      if (byte === LF && at > 0 && rest[at - 1] === CR) continue;
      lines[length++] = byte === CR ? LF : byte;
    }
    return lines.subarray(0, length);
  }

  /** Where the body begins in some lines; nothing is known of it until then. */
  #behindHeader(lines: Buffer): number {
    for (let at = 0; at < lines.length; ) {
      const end = lines.indexOf(LF, at);
      if (end < 0) {
        this.#isLineEmpty = false;
        break;
      }
      if (end === at && this.#isLineEmpty) {
        this.#isBody = true;
        return at + 1;
      }
      this.#isLineEmpty = true;
      at = end + 1;
    }
    return lines.length;
  }
}

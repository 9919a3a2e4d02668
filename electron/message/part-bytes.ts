/**
 * The decoded bytes of a part, from any of them on. Imports this folder.
 *
 * A part is decoded in strokes from its beginning: what is asked for in order is decoded once, a jump
 * ahead decodes what lies between, a jump back begins anew. Promises: memory bounded by the strokes
 * and what is asked for, never throws by itself.
 */

import type { ByteSource } from './byte-source.ts';
import type { Encoding } from './entity.ts';
import { type TransferDecoder, transferDecoder } from './transfer-decoder.ts';

/** Where a body lies, and how it is encoded. */
export interface Body {
  readonly bodyFrom: number;
  readonly bodyTo: number;
  readonly encoding: Encoding | 'plain';
}

const STROKE_BYTES = 256 * 1024;

export class PartBytes {
  readonly #source: ByteSource;
  readonly #body: Body;
  #decoder: TransferDecoder;
  /** The next encoded byte. */
  #at: number;
  /** Decoded bytes that came before `#ready`. */
  #passed = 0;
  #ready: Buffer = Buffer.alloc(0);
  #ended = false;

  constructor(source: ByteSource, body: Body) {
    this.#source = source;
    this.#body = body;
    this.#at = body.bodyFrom;
    this.#decoder = transferDecoder(body.encoding);
  }

  /** How the part lies in the message. */
  get encoding(): Body['encoding'] {
    return this.#body.encoding;
  }

  /** Decodes all that is left, keeping nothing. @returns how many bytes there are in all */
  async count(): Promise<number> {
    while (!this.#ended) await this.#stroke();
    return this.#passed + this.#ready.length;
  }

  /** What was found beside the part's base64 so far, as Latin-1. */
  get beside(): string {
    return this.#decoder.beside ?? '';
  }

  /** Decoded bytes in all; null before the end was seen. */
  get total(): number | null {
    return this.#ended ? this.#passed + this.#ready.length : null;
  }

  /**
   * Decoded bytes from a position on, as many as were asked for or up to the end.
   * @returns them, and whether they are the last ones
   */
  async read(
    from: number,
    length: number,
  ): Promise<{ readonly bytes: Buffer; readonly end: boolean }> {
    if (from < this.#passed) this.#again();
    const parts: Buffer[] = [];
    let got = 0;
    for (;;) {
      const skip = Math.max(0, from + got - this.#passed);
      if (skip < this.#ready.length && got < length) {
        const part = this.#ready.subarray(skip, skip + length - got);
        parts.push(part);
        got += part.length;
      }
      // What comes next starts behind the last stroke; the stroke stays for whoever goes on in it.
      const wanted = got < length || this.#passed + this.#ready.length <= from + got;
      if (this.#ended || !wanted) break;
      await this.#stroke();
    }
    const bytes = parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
    return { bytes, end: this.#ended && from + got >= this.#passed + this.#ready.length };
  }

  #again(): void {
    this.#decoder = transferDecoder(this.#body.encoding);
    this.#at = this.#body.bodyFrom;
    this.#passed = 0;
    this.#ready = Buffer.alloc(0);
    this.#ended = false;
  }

  /** Decodes the next stroke. */
  async #stroke(): Promise<void> {
    this.#passed += this.#ready.length;
    const length = Math.min(STROKE_BYTES, this.#body.bodyTo - this.#at);
    const encoded = length <= 0 ? null : await this.#source.read(this.#at, length);
    if (encoded === null || encoded.length === 0) {
      this.#ready = this.#decoder.end();
      this.#ended = true;
      return;
    }
    this.#at += encoded.length;
    this.#ready = this.#decoder.push(encoded);
  }
}

/** Compressed bytes, taken from front to back; reading waits for the disk, so threads do it. */

/** Bytes at rest. */
export interface Source {
  /** Fills `into` from `position` as far as the bytes go. @returns the number of bytes read */
  readonly read: (into: Uint8Array, position: number) => number;
}

/** What is compressed ends too early, or is not what it was when it was made. */
export class Damaged extends Error {
  override readonly name = 'Damaged';
  readonly damage: 'truncated' | 'corrupt';

  constructor(damage: Damaged['damage'], what: string) {
    super(what);
    this.damage = damage;
  }
}

const STRETCH_BYTES = 64 * 1024;

export class Input {
  readonly #source: Source;
  readonly #end: number;
  readonly #buffer = new Uint8Array(STRETCH_BYTES);
  /** Where the next byte lies. */
  position: number;

  /** The bytes from `from` up to `end`. */
  constructor(source: Source, from: number, end: number) {
    this.#source = source;
    this.position = from;
    this.#end = end;
  }

  get ended(): boolean {
    return this.position >= this.#end;
  }

  /** The next bytes, as many as it pleases; none at the end. Valid until the next call. */
  stretch(): Uint8Array {
    const length = Math.max(0, Math.min(STRETCH_BYTES, this.#end - this.position));
    const read = this.#source.read(this.#buffer.subarray(0, length), this.position);
    this.position = read === 0 ? this.#end : this.position + read;
    return this.#buffer.subarray(0, read);
  }

  /** The next bytes, fewer at the end, which stay in front. */
  peek(length: number): Uint8Array {
    const into = new Uint8Array(Math.max(0, Math.min(length, this.#end - this.position)));
    return into.subarray(0, this.#source.read(into, this.position));
  }

  /** Exactly so many bytes. @throws Damaged if there are fewer */
  take(length: number): Uint8Array {
    const taken = this.peek(length);
    if (taken.length < length) throw new Damaged('truncated', 'ends too early');
    this.position += length;
    return taken;
  }
}

/**
 * Very many short texts in few large blocks of UTF-8: no object and no copy for each. Imports
 * nothing. Texts are added and never changed; whoever adds one keeps its place and length.
 *
 * Reading is safe for any place and length, since they may come from a file: what lies outside of
 * the blocks reads as nothing.
 */

const BLOCK_BYTES = 1 << 22;

/** A text in the memory that holds it. */
export interface TextPlace {
  readonly block: Uint8Array;
  readonly from: number;
  readonly to: number;
}

export class Texts {
  /** Blocks that were restored may be shorter; they are full then. */
  readonly #blocks: Buffer[] = [];
  #used = BLOCK_BYTES;

  /** Texts that stand in these blocks, as `blocks` gave them; null if they cannot. */
  static restored(blocks: readonly Uint8Array[]): Texts | null {
    if (blocks.some((block) => block.length > BLOCK_BYTES)) return null;
    const texts = new Texts();
    for (const block of blocks) {
      texts.#blocks.push(Buffer.from(block.buffer, block.byteOffset, block.byteLength));
    }
    return texts;
  }

  /** Bytes taken, those lost at block ends included. */
  get bytes(): number {
    return this.#blocks.length * BLOCK_BYTES - (BLOCK_BYTES - this.#used);
  }

  /** The memory in use, in order. */
  blocks(): Uint8Array[] {
    const last = this.#blocks.length - 1;
    return this.#blocks.map((block, at) => (at === last ? block.subarray(0, this.#used) : block));
  }

  /**
   * Makes room for texts, one behind the other.
   * @param bytes no more than a block has
   * @returns the place of the first
   */
  reserve(bytes: number): number {
    if (this.#used + bytes > BLOCK_BYTES) {
      this.#blocks.push(Buffer.allocUnsafeSlow(BLOCK_BYTES));
      this.#used = 0;
    }
    return (this.#blocks.length - 1) * BLOCK_BYTES + this.#used;
  }

  /** Adds the text in some bytes. @returns its place */
  add(bytes: Uint8Array, from: number, to: number): number {
    const place = this.reserve(to - from);
    const block = this.#blocks.at(-1);
    if (!block) return 0;
    let at = this.#used;
    // Most are so short that a call would take longer.
    if (to - from > COPY_BYTES_MIN) block.set(bytes.subarray(from, to), at);
    else for (let index = from; index < to; index++) block[at++] = bytes[index] ?? 0;
    this.#used += to - from;
    return place;
  }

  read(place: number, bytes: number): string {
    if (bytes === 0) return '';
    const at = placeInBlock(place);
    return this.block(place)?.toString('utf8', at, at + bytes) ?? '';
  }

  /** The block that holds a place; for loops over many texts. */
  block(place: number): Buffer | undefined {
    return this.#blocks[Math.floor(place / BLOCK_BYTES)];
  }
}

const COPY_BYTES_MIN = 64;
/** No more texts than fit in this are added at once. */
export const BLOCK_TEXT_BYTES_MAX = BLOCK_BYTES;

/** Where in its block a text begins. */
export function placeInBlock(place: number): number {
  // Several times faster than the remainder of a number beyond 32 bits.
  return place - Math.floor(place / BLOCK_BYTES) * BLOCK_BYTES;
}

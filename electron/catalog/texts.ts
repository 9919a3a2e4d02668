/**
 * Very many short texts in few large blocks of UTF-8: no object and no copy for each. Imports
 * nothing. Texts are added and never changed; whoever adds one keeps its place and length.
 */

const BLOCK_BYTES = 1 << 22;

export class Texts {
  #blocks: Buffer[] = [];
  #used = BLOCK_BYTES;

  /** Bytes taken, those lost at block ends included. */
  get bytes(): number {
    return this.#blocks.length * BLOCK_BYTES - (BLOCK_BYTES - this.#used);
  }

  /**
   * Adds texts one behind the other.
   * @param bytesMax no fewer bytes than they take together, and no more than a block has
   * @returns the place of the first
   */
  reserve(bytesMax: number): number {
    if (this.#used + bytesMax > BLOCK_BYTES) {
      this.#blocks.push(Buffer.allocUnsafe(BLOCK_BYTES));
      this.#used = 0;
    }
    return (this.#blocks.length - 1) * BLOCK_BYTES + this.#used;
  }

  /** Writes a text at the end, where `reserve` has made room; gives its bytes. */
  append(text: string): number {
    const block = this.#blocks.at(-1);
    const written = block ? block.write(text, this.#used, 'utf8') : 0;
    this.#used += written;
    return written;
  }

  read(place: number, bytes: number): string {
    if (bytes === 0) return '';
    const at = place % BLOCK_BYTES;
    return this.#blocks[Math.floor(place / BLOCK_BYTES)]?.toString('utf8', at, at + bytes) ?? '';
  }

  /** Four bytes of a text as a number that sorts like them; zeroes behind its end. */
  word(place: number, bytes: number, from: number): number {
    const block = this.#blocks[Math.floor(place / BLOCK_BYTES)];
    if (!block || from >= bytes) return 0;
    const at = (place % BLOCK_BYTES) + from;
    if (from + 4 <= bytes) return block.readUInt32BE(at);
    let word = 0;
    for (let index = 0; index < 4; index++) {
      word = word * 256 + (from + index < bytes ? (block[at + index] ?? 0) : 0);
    }
    return word;
  }
}

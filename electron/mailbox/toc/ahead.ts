/**
 * Sections of a file that other threads scan while the scan itself comes from the front. Imports its
 * neighbours.
 *
 *     |  the scan   |  skipped: taken over   | under way | under way |  not begun   |
 *
 * The scan from the front goes on until it meets a separator in a section that was given to a thread.
 * If that section begins with this very separator, all that the thread found is as if the scan had
 * found it, and the scan goes on where the section ends; if not, it goes on where it is. So the result
 * is that of one scan from front to back, whatever the threads do, and in order.
 */

import type { ByteOffset, MessageNumber } from '../../../shared/units.ts';
import { byteOffset } from '../../../shared/units.ts';
import type { Range } from '../format/format.ts';
import type { Section, SectionFound } from './section.ts';
import type { Table } from './table.ts';

/** So many sections are left to the scan from the front, to have something to show at once. */
const LEAD = 2;

/**
 * Threads pay where messages are small: of large ones the scan reads most bytes only to pass over
 * them, as fast as memory gives them, and threads would take that from it and from the first rows.
 */
const MESSAGE_BYTES_MAX = 8 * 1024;

/** What a thread found, and whom to tell. */
export interface ThreadFound extends SectionFound {
  /** Called whenever the next `count` messages stand in the table, with the number of the first of them. */
  readonly onTaken: (first: MessageNumber, count: number) => void;
}

/** Threads that scan sections of one file. */
export interface SectionThreads {
  /** How many sections may be under way or waiting to be taken; none if it does not pay. */
  readonly room: number;
  /** @returns null if the section has to be scanned in another way */
  scan(section: Section): Promise<ThreadFound | null>;
}

export class Ahead {
  readonly #threads: SectionThreads;
  readonly #bytes: number;
  readonly #size: number;
  readonly #from: number;
  /** Where the scan writes what it finds, and how much stood there before. */
  readonly #into: Pick<Table, 'count'>;
  readonly #before: number;
  readonly #underWay = new Map<number, Promise<ThreadFound | null>>();
  /** The next section to be given out. */
  #next: number;

  /**
   * @param bytes of a section
   * @param into where the scan writes what it finds
   */
  constructor(
    threads: SectionThreads,
    bytes: number,
    { from, size }: Range,
    into: Pick<Table, 'count'>,
  ) {
    this.#into = into;
    this.#before = into.count;
    this.#from = from;
    this.#threads = threads;
    this.#bytes = bytes;
    this.#size = size;
    this.#next = this.#indexOf(from) + LEAD;
  }

  /** True if a thread has been given the section in which a separator lies. */
  covers(separator: ByteOffset): boolean {
    return this.#underWay.has(this.#indexOf(separator));
  }

  /** The scan has come so far: gives out sections in front of it, if messages so far are small. */
  advance(scannedBytes: number): void {
    const here = this.#indexOf(scannedBytes);
    for (const index of this.#underWay.keys()) if (index < here) this.#underWay.delete(index);
    this.#next = Math.max(this.#next, here + 1);
    const messages = this.#into.count - this.#before;
    if (scannedBytes - this.#from > messages * MESSAGE_BYTES_MAX) return;
    while (this.#underWay.size < this.#threads.room && this.#next * this.#bytes < this.#size) {
      const from = this.#next * this.#bytes;
      const to = Math.min(this.#size, from + this.#bytes);
      const section = { from: byteOffset(from), to: byteOffset(to), size: this.#size };
      this.#underWay.set(this.#next, this.#threads.scan(section));
      this.#next += 1;
    }
  }

  /** What a thread found from this separator on; null if it has to be scanned from here. */
  async take(separator: ByteOffset): Promise<ThreadFound | null> {
    const index = this.#indexOf(separator);
    const found = await this.#underWay.get(index);
    this.#underWay.delete(index);
    return found?.first === separator ? found : null;
  }

  #indexOf(offset: number): number {
    return Math.floor(offset / this.#bytes);
  }
}

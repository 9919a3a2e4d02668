/**
 * What a scanner can see of the file at one moment: the window that passes by, and one stretch that
 * it asked for. So that a verdict never depends on how the file was cut into windows, a stretch is
 * seen either exactly as long as it was asked for, or not at all.
 */

import { byteOffset } from '../../../shared/units.ts';
import type { Scanned, Window } from './format.ts';

export class Sight {
  readonly #size: number;
  #window: Window | null = null;
  #wanted: Window | null = null;
  /** The stretch that was missing last; what `Scanned.wants` should say. */
  wants: Scanned['wants'] = null;

  /** @param size the size of the file */
  constructor(size: number) {
    this.#size = size;
  }

  show(window: Window, wanted: Window | undefined): void {
    this.#window = window;
    this.#wanted = wanted ?? null;
    this.wants = null;
  }

  /** True if the file ends before or at this offset. */
  isEnd(offset: number): boolean {
    const { last, base, filled } = this.#window ?? { last: false, base: 0, filled: 0 };
    return offset >= this.#size || (last && offset >= base + filled);
  }

  /**
   * The bytes from `offset` on, `length` of them or as many as the file has.
   * @returns null if they cannot be seen from here; then `wants` asks for them
   */
  see(offset: number, length: number): Buffer | null {
    const end = Math.min(offset + length, this.#size);
    const seen = within(this.#window, offset, end) ?? within(this.#wanted, offset, end);
    if (!seen) this.wants = { offset: byteOffset(offset), length: Math.max(0, end - offset) };
    return seen;
  }
}

function within(window: Window | null, offset: number, end: number): Buffer | null {
  if (!window || offset < window.base) return null;
  const filledTo = window.base + window.filled;
  if (end > filledTo && !window.last) return null;
  const from = Math.min(offset, filledTo) - window.base;
  return window.bytes.subarray(from, Math.min(end, filledTo) - window.base);
}

/**
 * Goal: what Windows packs into ZIP files (Deflate64) comes out as it went in, however far back and however
 * long it refers; what is damaged is told, and ends.
 * Method: streams of an encoder of the test's own, which uses whatever the format allows, beside a naive
 * expansion; streams of zlib, whose codes are of the same kind where they are shorter; damage anywhere.
 */

import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inflate64 } from '../../../../electron/mailbox/packed/deflate64.ts';
import { Damaged } from '../../../../electron/mailbox/packed/input.ts';
import { numberedLetters } from '../../../support/letters.ts';
import { inputOf } from '../../../support/packed-bytes.ts';

type Step =
  | { readonly literal: number }
  | { readonly distance: number; readonly length: number }
  | { readonly stored: Uint8Array };

/** Bits from the lowest to the highest of each byte. */
class Written {
  readonly bytes: number[] = [];
  #held = 0;
  #count = 0;

  number(value: number, bits: number): void {
    for (let bit = 0; bit < bits; bit++) this.#bit((value >> bit) & 1);
  }

  /** A word of a code, its highest bit first. */
  word(value: number, bits: number): void {
    for (let bit = bits - 1; bit >= 0; bit--) this.#bit((value >> bit) & 1);
  }

  align(): void {
    while (this.#count > 0) this.#bit(0);
  }

  #bit(bit: number): void {
    this.#held |= bit << this.#count;
    if (++this.#count < 8) return;
    this.bytes.push(this.#held);
    this.#held = 0;
    this.#count = 0;
  }
}

function symbol(out: Written, value: number): void {
  if (value < 144) out.word(0x30 + value, 8);
  else if (value < 256) out.word(0x190 + value - 144, 9);
  else if (value < 280) out.word(value - 256, 7);
  else out.word(0xc0 + value - 280, 8);
}

/** Distances from here on belong to the code of this number: two codes for every further bit. */
function distanceOf(distance: number): readonly [number, number, number] {
  if (distance <= 4) return [distance - 1, 0, 0];
  const bits = 30 - Math.clz32(distance - 1);
  const base = (distance - 1) & ~((1 << bits) - 1);
  return [2 * bits + (base >> bits), distance - 1 - base, bits];
}

/** Everything in blocks of the fixed code, and of bytes as they are. */
function encoded(steps: readonly Step[]): Uint8Array {
  const out = new Written();
  out.number(0b010, 3);
  for (const step of steps) {
    if ('literal' in step) symbol(out, step.literal);
    else if ('distance' in step) {
      if (step.length <= 10) symbol(out, 254 + step.length);
      else {
        symbol(out, 285);
        out.number(step.length - 3, 16);
      }
      const [code, more, bits] = distanceOf(step.distance);
      out.word(code, 5);
      out.number(more, bits);
    } else {
      symbol(out, 256);
      out.number(0b000, 3);
      out.align();
      out.number(step.stored.length, 16);
      out.number(step.stored.length ^ 0xffff, 16);
      out.bytes.push(...step.stored);
      out.number(0b010, 3);
    }
  }
  symbol(out, 256);
  out.number(0b011, 3);
  symbol(out, 256);
  out.align();
  return Uint8Array.from(out.bytes);
}

function naive(steps: readonly Step[]): Buffer {
  const bytes: number[] = [];
  for (const step of steps) {
    if ('literal' in step) bytes.push(step.literal);
    else if ('stored' in step) bytes.push(...step.stored);
    else {
      for (let left = step.length; left > 0; left--) {
        bytes.push(bytes[bytes.length - step.distance] ?? 0);
      }
    }
  }
  return Buffer.from(bytes);
}

/** Pieces are valid until the next one. */
function expanded(packed: Uint8Array): Buffer {
  return Buffer.concat(Array.from(inflate64(inputOf(packed)), (piece) => Buffer.from(piece)));
}

function lengthOf(step: Step): number {
  if ('literal' in step) return 1;
  return 'stored' in step ? step.stored.length : step.length;
}

const FAR = 65_536;
const LONG = 65_538;
const stored = (length: number): Step => ({
  stored: Uint8Array.from({ length }, (_none, at) => (at * 7 + (at >> 8)) & 0xff),
});
const stepOf: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ literal: fc.nat(255) }),
  fc.record({
    distance: fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: FAR })),
    length: fc.oneof(fc.integer({ min: 3, max: 300 }), fc.integer({ min: 3, max: LONG })),
  }),
  fc.nat(3000).map(stored),
);
/** What refers to a byte before the first one is left out. */
const stepsOf = fc.tuple(fc.boolean(), fc.array(stepOf, { maxLength: 12 })).map(([full, steps]) => {
  const all: Step[] = full ? [stored(40_000), stored(30_000)] : [];
  let length = full ? 70_000 : 0;
  for (const step of steps) {
    if ('distance' in step && step.distance > length) continue;
    all.push(step);
    length += lengthOf(step);
  }
  return all;
});

describe('Deflate64', () => {
  it('comes out as it went in', () => {
    fc.assert(
      fc.property(stepsOf, (steps) => {
        expect(expanded(encoded(steps)).equals(naive(steps))).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('refers back as far, and for as long, as it can', () => {
    const steps = [stored(40_000), stored(25_536), { distance: FAR, length: LONG }];
    expect(expanded(encoded(steps)).equals(naive(steps))).toBe(true);
  });

  it('has codes like those of zlib', () => {
    const text = Buffer.from(numberedLetters('zlib', 2000, 60).join(''));
    for (const level of [1, 6, 9])
      expect(expanded(deflateRawSync(text, { level })).equals(text)).toBe(true);
  });

  it('that is damaged is told, and ends', () => {
    const text = Buffer.from(numberedLetters('zlib', 30, 60).join(''));
    const whole = deflateRawSync(text);
    for (let end = 0; end < whole.length; end++) {
      expect(() => expanded(whole.subarray(0, end))).toThrow(Damaged);
    }
    fc.assert(
      fc.property(fc.nat(whole.length * 8 - 1), (bit) => {
        const altered = Uint8Array.from(whole);
        altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        try {
          expanded(altered);
        } catch (error) {
          expect(error).toBeInstanceOf(Damaged);
        }
      }),
      { numRuns: 300 },
    );
  });
});

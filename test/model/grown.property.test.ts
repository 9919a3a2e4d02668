/**
 * Goal: a column that grows has all its numbers and nothing else, whatever grew before, and who has a copy
 * or a view sees what he is to see. Method: random growths of columns of every kind, beside plain lists.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { copied, grown } from '../../shared/grown.ts';

const KINDS = [Float64Array, Int32Array, Uint32Array, Uint16Array, Uint8Array] as const;
/** Beyond this a column grows where it is. */
const LONG = 2 ** 16;

const kind = fc.constantFrom(...KINDS);
const capacity = fc.oneof(fc.nat(300), fc.integer({ min: LONG - 2, max: LONG * 3 }));
/** Where a growth leads, and numbers written behind it, from the end. */
const growths = fc.array(fc.record({ to: capacity, written: fc.array(fc.nat(250)) }), {
  minLength: 1,
  maxLength: 6,
});

/** Compares in one piece: a matcher for each number would take minutes. */
const sameNumbers = (column: ArrayLike<number>, expected: readonly number[]): boolean =>
  column.length === expected.length && expected.every((number, at) => column[at] === number);

describe('a column', () => {
  it('keeps its numbers as it grows, with zeroes behind them', () => {
    fc.assert(
      fc.property(kind, growths, (Kind, all) => {
        let column: InstanceType<typeof Kind> = new Kind(0);
        let expected: number[] = [];
        for (const { to, written } of all) {
          const wanted = Math.max(to, column.length);
          column = grown(column, wanted);
          expected = [...expected, ...Array.from({ length: wanted - expected.length }, () => 0)];
          for (const [nth, number] of written.entries()) {
            const at = wanted - 1 - nth;
            if (at < 0) break;
            column[at] = number;
            expected[at] = number;
          }
          expect(sameNumbers(column, expected)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('that is long grows where it is: views of it are views of what is written later', () => {
    const column = grown(new Float64Array([1, 2, 3]), LONG);
    const view = column.subarray(0, 4);
    const longer = grown(column, LONG * 50);
    longer[3] = 4;
    expect(longer).toBe(column);
    expect([...view]).toEqual([1, 2, 3, 4]);
  });

  it('beyond what was reserved is copied', () => {
    const column = grown(new Uint8Array([7]), LONG);
    const longer = grown(column, 2 ** 27 + 1);
    expect([longer[0], longer.length]).toEqual([7, 2 ** 27 + 1]);
  });

  it('as a view with an end of its own is left as it is, and gives another one', () => {
    fc.assert(
      fc.property(kind, fc.nat(400), fc.integer({ min: LONG, max: LONG * 2 }), (Kind, end, to) => {
        const column: InstanceType<typeof Kind> = grown(new Kind([5, 6, 7]), LONG);
        const view = column.subarray(0, Math.min(end, LONG));
        const other = grown(view, to + LONG);
        expect(other.length).toBe(to + LONG);
        expect([...other.subarray(0, 3)]).toEqual([5, 6, 7].map((one, at) => (at < end ? one : 0)));
        other[0] = 9;
        expect(column[0]).toBe(5);
      }),
    );
  });

  it('and its copy are two', () => {
    fc.assert(
      fc.property(kind, fc.nat(3), capacity, (Kind, count, room) => {
        const column: InstanceType<typeof Kind> = grown(new Kind([1, 2, 3]), LONG);
        const copy = copied(column, count, Math.max(room, count));
        expect(copy.length).toBe(Math.max(room, count));
        expect([...copy.subarray(0, 4)]).toEqual(
          [1, 2, 3, 0].slice(0, copy.length).map((one, at) => (at < count ? one : 0)),
        );
        column[0] = 8;
        if (copy.length > 0) expect(copy[0]).toBe(count > 0 ? 1 : 0);
      }),
    );
  });
});

/**
 * Goal: a list that is scrolled faster than its rows come shows rows, not emptiness; it follows, and
 * it never stands still for long.
 */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DrawnOffset, WAIT_MS } from '../../../renderer/list/drawn-offset.ts';

const MAX = 1000;
/** What happens: the hand moves, rows of an offset come, time passes. */
const happening = fc.oneof(
  fc.record({ move: fc.nat(MAX) }),
  fc.record({ arrive: fc.nat(20) }),
  fc.record({ pass: fc.nat(2 * WAIT_MS) }),
);

it('draws nothing that is not there before it has waited, and what is there at once', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 60 }), (happenings) => {
      const there = new Set([0]);
      const asked: number[] = [];
      const drawing = new DrawnOffset(0);
      let [wanted, now, drawnAt, before] = [0, 0, 0, 0];
      for (const one of happenings) {
        if ('move' in one) {
          wanted = one.move;
          asked.push(wanted);
        } else if ('arrive' in one) there.add(asked[one.arrive] ?? 0);
        else now += one.pass;
        const drawn = drawing.at(wanted, (offset) => there.has(offset), now, MAX);
        if (there.has(wanted)) expect(drawn).toBe(wanted);
        if (drawn !== before && !there.has(drawn))
          expect(now - drawnAt).toBeGreaterThanOrEqual(WAIT_MS);
        if (drawn !== before) drawnAt = now;
        before = drawn;
      }
      // It is asked again and again: what is wanted is drawn in the end, there or not.
      drawing.at(wanted, (offset) => there.has(offset), now, MAX);
      const last = drawing.at(wanted, (offset) => there.has(offset), now + WAIT_MS, MAX);
      const again = drawing.at(wanted, (offset) => there.has(offset), now + 2 * WAIT_MS, MAX);
      expect([last, again]).toContain(wanted);
    }),
  );
});

it('follows a hand that never rests, one answer behind', () => {
  const drawing = new DrawnOffset(0);
  const there = new Set([0]);
  const drawn: number[] = [];
  for (let frame = 1; frame <= 10; frame++) {
    there.add((frame - 2) * 10);
    drawn.push(drawing.at(frame * 10, (offset) => there.has(offset), frame * 16, MAX));
  }
  expect(drawn).toEqual([0, 0, 10, 10, 30, 30, 50, 50, 70, 70]);
});

it('a hand that never rests gets rows whenever an answer comes: nobody asks for other rows than are waited for', () => {
  const drawing = new DrawnOffset(0);
  const there = new Set([0]);
  let [asked, shown]: [number | null, number] = [null, 0];
  // As the rows of a list are fetched: one question at a time, the next as soon as it is answered.
  const ask = (): void => {
    if (asked === null && !there.has(shown)) asked = shown;
  };
  const drawn = new Set<number>();
  for (let frame = 1; frame <= 60; frame++) {
    const wanted = frame * 10;
    if (frame % 3 === 0 && asked !== null) {
      there.add(asked);
      asked = null;
      ask();
    }
    const offset = drawing.at(wanted, (one) => there.has(one), frame * 16, MAX);
    expect(there).toContain(offset);
    drawn.add(offset);
    shown = drawing.awaited(wanted);
    ask();
  }
  expect(drawn.size).toBeGreaterThan(15);
});

it('a list that became shorter is drawn where it ends', () => {
  const drawing = new DrawnOffset(500);
  expect(drawing.at(100, () => false, 0, 100)).toBe(100);
});

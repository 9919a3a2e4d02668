/** Goal: a frame is never sent elsewhere more often than Chromium does it, and nobody waits without need. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FramePace } from '../../../renderer/reader/html/frame-pace.ts';

/** What Chromium allows (crbug.com/1038223). */
const MOST = 200;
const WITHIN_MS = 10_000;

/** When the frame was sent, if whoever wants it does so after such pauses, each when the last is done. */
function sentAfter(pauses: readonly number[]): readonly number[] {
  const pace = new FramePace();
  let now = 1000;
  return pauses.map((pause) => {
    now += pause;
    now += pace.take(now);
    return now;
  });
}

it('never more often than a browser does', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(200), { minLength: 1, maxLength: 1500 }), (pauses) => {
      const sent = sentAfter(pauses);
      for (const [at, when] of sent.entries()) {
        const first = sent[at - MOST];
        if (first !== undefined) expect(when - first).toBeGreaterThanOrEqual(WITHIN_MS);
      }
    }),
  );
});

it('at once for whoever reads, also the first fifty one after the other', () => {
  const read = Array.from({ length: 500 }, () => 100);
  expect(sentAfter(read)).toEqual(read.map((_pause, at) => 1100 + 100 * at));
  const first = Array.from({ length: 50 }, () => 0);
  expect(sentAfter(first)).toEqual(first.map(() => 1000));
});

it('again at once after a rest, and more than ten a second for a key that is held down', () => {
  const held = sentAfter(Array.from({ length: 1000 }, () => 0));
  expect((held.at(-1) ?? 0) - (held[100] ?? 0)).toBeLessThan(900 * 100);
  const rested = sentAfter([...Array.from({ length: 300 }, () => 0), 10_000, 0, 0]);
  expect(rested.at(-1)).toBe(rested.at(-3));
});

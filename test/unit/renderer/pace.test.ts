/**
 * Goal: rate and time left are what a person would say who watches the bar, and do not jump.
 * Method: work of known speed, told of every tenth of a second by a clock of our own.
 */

import { describe, expect, it } from 'vitest';
import { Pace, type Paced } from '../../../renderer/status/pace.ts';

const MB = 1_000_000;

/** Tells a pace of work whose speed (bytes a second) is a function of time; what it says each time. */
function watched(speed: (seconds: number) => number, seconds: number, total: number): Paced[] {
  const pace = new Pace();
  const said: Paced[] = [];
  let done = 0;
  for (let at = 0; at <= seconds * 10; at++) {
    said.push(pace.take(at * 100, done, total));
    done += speed(at / 10) / 10;
  }
  return said;
}

describe('the pace of long work', () => {
  it('is not told before anything is known', () => {
    const [first, second] = watched(() => 100 * MB, 1, 1000 * MB);
    expect(first).toEqual({ rate: null, secondsLeft: null });
    expect(second).toEqual({ rate: null, secondsLeft: null });
  });

  it('counts down at a steady speed', () => {
    const said = watched(() => 100 * MB, 10, 2000 * MB);
    const left = said.map(({ secondsLeft }) => secondsLeft).filter((one) => one !== null);
    expect(said.at(-1)?.rate).toBeCloseTo(100 * MB, -5);
    expect(left.at(-1)).toBeCloseTo(10, 0);
    for (const [at, one] of left.entries()) expect(one).toBeLessThanOrEqual(left[at - 1] ?? one);
  });

  it('does not jump when single chunks take longer than others', () => {
    const said = watched((at) => (Math.floor(at * 10) % 2 === 0 ? 50 : 150) * MB, 10, 2000 * MB);
    const left = said.map(({ secondsLeft }) => secondsLeft).filter((one) => one !== null);
    for (const [at, one] of left.entries()) expect(one).toBeLessThanOrEqual(left[at - 1] ?? one);
  });

  it('follows within seconds when the disk turns slow', () => {
    const said = watched((at) => (at < 5 ? 1000 : 10) * MB, 12, 20_000 * MB);
    expect(said.at(-1)?.rate).toBeCloseTo(10 * MB, -6);
    expect(said.at(-1)?.secondsLeft).toBeGreaterThan(1000);
  });

  it('says nothing of the time left while nothing goes on', () => {
    const said = watched((at) => (at < 2 ? 100 * MB : 0), 8, 2000 * MB);
    expect(said.at(-1)).toEqual({ rate: 0, secondsLeft: null });
  });

  it('begins anew with work that begins anew', () => {
    const pace = new Pace();
    for (let at = 0; at < 20; at++) pace.take(at * 100, at * MB, 100 * MB);
    expect(pace.take(2000, 0, 100 * MB)).toEqual({ rate: null, secondsLeft: null });
  });
});

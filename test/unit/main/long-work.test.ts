/** Goal: a person hears once of long work that ended while they were elsewhere, and of no other. */

import { expect, test } from 'vitest';
import { LongWork } from '../../../electron/main/long-work.ts';

function begin() {
  const told: string[] = [];
  let now = 0;
  let front = '';
  const work = new LongWork<string>({
    now: () => now,
    isInFront: (window) => window === front,
    ended: (window) => told.push(window),
  });
  const run = (window: string, ms: number): void => {
    work.note(window, { done: 0, total: 10 });
    now += ms / 2;
    work.note(window, { done: 5, total: 10 });
    now += ms / 2;
    work.note(window, { done: 0, total: 0 });
    work.note(window, { done: 0, total: 0 });
  };
  return {
    told,
    run,
    look: (window: string) => {
      front = window;
    },
  };
}

test('long work in a window that is not in front is told of once', () => {
  const { told, run } = begin();
  run('one', 10_000);
  expect(told).toEqual(['one']);
});

test('short work is not, and nothing where somebody looks', () => {
  const { told, run, look } = begin();
  run('one', 1000);
  look('one');
  run('one', 60_000);
  run('two', 1000);
  expect(told).toEqual([]);
});

test('each window has its own', () => {
  const { told, run, look } = begin();
  look('one');
  run('one', 10_000);
  run('two', 10_000);
  expect(told).toEqual(['two']);
});

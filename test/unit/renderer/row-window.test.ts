/**
 * Goal: whoever drags the scroll bar waits for the rows where it is, never for all that it has passed.
 * Method: a row window whose questions are answered when the test says so.
 */

import { expect, test } from 'vitest';
import { type RowAnswer, RowWindow } from '../../../renderer/engine/row-window.ts';
import type { Row } from '../../../shared/row.ts';

const ROWS = 1_000_000;
const SCREEN = 30;
const PAGE = 100;
const list = (generation: number) => ({
  generation,
  rows: ROWS,
  selected: { messages: 0, bytes: 0 },
});

interface Question {
  readonly from: number;
  answer(): Promise<void>;
  fail(): Promise<void>;
}

/** Everything that waits for a promise has had its turn. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function rowsFrom(from: number): Row[] {
  return Array.from({ length: PAGE }, (_none, at) => ({ position: from + at }) as Row);
}

function asking() {
  const questions: Question[] = [];
  const fetch = (generation: number, from: number): Promise<RowAnswer> =>
    new Promise((resolve, reject) => {
      questions.push({
        from,
        answer: () => {
          resolve({ list: list(generation), rows: rowsFrom(from) });
          return settled();
        },
        fail: () => {
          reject(new Error('ended'));
          return settled();
        },
      });
    });
  const rows = new RowWindow(fetch, { arrived: () => undefined, outdated: () => undefined });
  return { rows, questions, show: (first: number) => rows.show(first, first + SCREEN) };
}

test('of all that a hand passes while rows are on their way only the last is asked for', async () => {
  const { rows, questions, show } = asking();
  rows.moveTo(list(1), 'drop');
  await questions.shift()?.answer();
  for (let step = 1; step <= 99; step++) show(step * 10_000);
  expect(questions.map(({ from }) => from)).toEqual([10_000]);
  await questions.shift()?.answer();
  expect(questions.map(({ from }) => from)).toEqual([990_000]);
  await questions.shift()?.answer();
  expect(questions).toEqual([]);
  expect(rows.row(990_020)?.row.position).toBe(990_020);
});

test('a screen over two pages asks for both at once, and for nothing again', async () => {
  const { rows, questions, show } = asking();
  rows.moveTo(list(1), 'drop');
  await questions.shift()?.answer();
  show(5090);
  expect(questions.map(({ from }) => from)).toEqual([5000, 5100]);
  for (const question of questions.splice(0)) await question.answer();
  show(5090);
  expect(questions).toEqual([]);
  expect(rows.row(5120)?.row.position).toBe(5120);
});

test('rows of a newer list do not wait for those of the list before', () => {
  const { rows, questions } = asking();
  rows.moveTo(list(1), 'drop');
  rows.moveTo(list(2), 'keep');
  expect(questions.length).toBe(2);
});

test('what fails is not asked for again until something else is shown', async () => {
  const { rows, questions, show } = asking();
  rows.moveTo(list(1), 'drop');
  await questions.shift()?.fail();
  expect(questions).toEqual([]);
  show(0);
  expect(questions.map(({ from }) => from)).toEqual([0]);
});

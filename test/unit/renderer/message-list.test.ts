/**
 * Goal: the message that a person has chosen stays the current one, whatever comes in whatever order.
 * Method: the list of a window on a real archive, whose rows are held back while other news comes.
 */

import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { WindowSession } from '../../../electron/engine/window-session.ts';
import type { Connection } from '../../../renderer/engine/connection.ts';
import { MessageList } from '../../../renderer/engine/message-list.ts';
import { Observable } from '../../../renderer/engine/observable.ts';
import { NOTHING_YET, type Snapshot } from '../../../renderer/engine/snapshot.ts';
import { FIRST_GENERATION } from '../../../shared/contract.ts';
import { numberedLetters } from '../../support/letters.ts';
import { openedArchive } from '../../support/opened-archive.ts';

const LETTERS = numberedLetters('us', 10, 100);

/** The list of a window on ten letters; what is asked about rows, or by `held.method`, waits for `hold`. */
async function listed() {
  const { archive, path } = await openedArchive(LETTERS.join(''));
  const state = new Observable<Snapshot>(NOTHING_YET);
  const held = { until: Promise.resolve(), method: 'rows' };
  const session = new WindowSession(archive, (note) => {
    if (note.notify === 'changed') list.follow(note.params.list, 'changed');
  });
  const handlers = session.handlers();
  const call = async (method: keyof typeof handlers, params: never): Promise<unknown> => {
    if (method === held.method) await held.until;
    return handlers[method](params);
  };
  const list = new MessageList({ call } as unknown as Connection, state, {
    current: () => undefined,
    failed: (error) => expect.unreachable(String(error)),
  });
  const hold = (method = 'rows'): (() => void) => {
    held.method = method;
    let release = (): void => undefined;
    held.until = new Promise((resolve) => {
      release = resolve;
    });
    return release;
  };
  return { archive, path, state, list, hold };
}

test('a message is still current when another program removes one above it in the moment of the click', async () => {
  const { archive, path, state, list, hold } = await listed();
  list.begin();
  list.show(0, 9);
  await state.until(({ list: { rows } }) => rows === 10);
  const chosen = list.row(5)?.key;

  const release = hold();
  list.go(5, 'only');
  await list.selectionSent();
  writeFileSync(path, LETTERS.toSpliced(2, 1).join(''));
  await archive.sync();
  release();
  await state.until(({ list: { rows } }) => rows === 9);
  expect(state.snapshot().current).toBe(4);
  expect(list.row(4)?.key).toBe(chosen);
});

test('what was told while there were fewer messages does not take those away that came since', async () => {
  const { state, list, hold } = await listed();
  const release = hold();
  list.begin();
  const selected = { messages: 0, bytes: 0 };
  list.follow({ generation: FIRST_GENERATION, rows: 4, selected }, 'changed');
  release();
  await state.until(({ arrivals }) => arrivals === 2);
  expect(state.snapshot().list.rows).toBe(10);
  // The end of the list is its end.
  list.go(Number.MAX_SAFE_INTEGER, 'only');
  expect(state.snapshot().current).toBe(9);
});

test('the list is being arranged until it is in the order that was asked for last', async () => {
  const { state, list, hold } = await listed();
  list.begin();
  list.show(0, 9);
  await state.until(({ list: { rows } }) => rows === 10);
  const answerFirst = hold('arrange');
  list.arrange({ sort: 'bytes' });
  list.arrange({ sort: 'bytes', direction: 'descending' });
  const answerLast = hold('arrange');
  answerFirst();
  const { generation } = state.snapshot().list;
  await state.until(({ list: now }) => now.generation > generation);
  expect(state.snapshot().arranging).toBe(true);
  answerLast();
  await state.until(({ arranging }) => !arranging);
  expect(state.snapshot().list.generation).toBeGreaterThan(generation + 1);
});

test('who deletes and goes elsewhere before it is done stays there', async () => {
  const { state, list } = await listed();
  list.begin();
  list.show(0, 9);
  await state.until(({ list: { rows } }) => rows === 10);
  list.go(2, 'only');
  const { current: from } = list.place();
  list.goOn('row', from);
  expect(state.snapshot().current).toBe(3);
  const { current: next } = list.place();
  list.go(7, 'only');
  list.goOn('row', next);
  expect(state.snapshot().current).toBe(7);
});

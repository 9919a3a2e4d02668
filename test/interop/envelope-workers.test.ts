/**
 * Goal: envelopes that other threads decoded are those that the engine decodes itself, whatever happens
 * to the file meanwhile; and the mailbox is not closed under a thread that reads. Method: the built
 * worker, archives of a few thousand messages, changed while they are read.
 */

import { appendFileSync, existsSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
// biome-ignore lint/correctness/useImportExtensions: a script with types beside it
import { bigMailbox, bigMessage } from '../../build/sample/big.mjs';
import { Archive } from '../../electron/engine/archive/archive.ts';
import { EnvelopeWorkers } from '../../electron/engine/envelopes/envelope-workers.ts';
import { messageNumber } from '../../shared/units.ts';
import { testFolder } from '../support/opened-archive.ts';

const WORKER = path.resolve('out/main/envelope-worker.js');
const made = (messages: number, seed = 1): Buffer =>
  Buffer.concat([...bigMailbox({ messages, bytesPerMessage: 700, seed })]);

async function opened(content: Uint8Array, workerScript: string | null = WORKER) {
  const folder = testFolder();
  const file = path.join(folder, 'archive');
  writeFileSync(file, content);
  const archive = await Archive.open({
    path: file,
    access: 'read-write',
    journalFolder: path.join(folder, 'journals'),
    copyFolder: path.join(folder, 'removed'),
    readingFolder: path.join(folder, 'readings'),
    catalogFolder: null,
    workerScript,
  });
  onTestFinished(() => archive.close());
  return { archive, file };
}

function subjects({ listing }: Archive): string[] {
  return Array.from({ length: listing.count }, (_none, number) =>
    listing.envelopes.subject(number),
  );
}

const expected = (messages: number): string[] =>
  Array.from({ length: messages }, (_none, number) => bigMessage(number).subject);

test('the worker is built', () => expect(existsSync(WORKER)).toBe(true));

test('every message gets its own place and envelope, from threads as from the engine', async () => {
  // More than the sections that the engine keeps for itself.
  const count = 70_000;
  const here = await opened(made(count), null);
  const there = await opened(made(count));
  await Promise.all([here.archive.read(), there.archive.read()]);
  expect(there.archive.listing.read).toBe(count);
  expect(subjects(there.archive)).toEqual(expected(count));
  expect(there.archive.mailbox.table.equals(here.archive.mailbox.table)).toBe(true);
  expect(there.archive.mailbox.report).toEqual(here.archive.mailbox.report);
  for (let number = 0; number < count; number += 97) {
    const at = messageNumber(number);
    expect(await there.archive.listing.row(at, false)).toEqual(
      await here.archive.listing.row(at, false),
    );
  }
});

test('what is removed, appended or replaced while they read leaves no wrong envelope', async () => {
  const { archive, file } = await opened(made(12_000));
  await archive.read();
  await archive.removing.remove(Array.from({ length: 3000 }, (_none, at) => messageNumber(at * 2)));
  const flushed = archive.removing.flush('none');
  await flushed;
  expect(subjects(archive)).toEqual(
    expected(12_000).filter((_subject, number) => number >= 6000 || number % 2 === 1),
  );
  appendFileSync(file, made(5000));
  await archive.sync();
  expect(archive.listing.read).toBe(14_000);
  expect(subjects(archive).slice(9000)).toEqual(expected(5000));
  writeFileSync(`${file}.new`, made(8000, 2));
  renameSync(`${file}.new`, file);
  const again = archive.read();
  await archive.sync();
  await again;
  expect(subjects(archive)).toEqual(expected(8000));
});

test('it can be closed while they read', async () => {
  const { archive } = await opened(made(30_000));
  const reading = archive.read();
  while (archive.listing.read === 0) await new Promise((resolve) => setImmediate(resolve));
  await archive.close();
  await reading;
});

test('a worker that does not start is done without', async () => {
  const { archive } = await opened(made(5000), path.resolve('out/main/no-such-worker.js'));
  await archive.read();
  expect(subjects(archive)).toEqual(expected(5000));
});

test('a mailbox waits for what it lent before it closes', async () => {
  const { archive } = await opened(made(10));
  await archive.read();
  const loan = await archive.mailbox.lend();
  let closed = false;
  const closing = archive.close().then(() => {
    closed = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(closed).toBe(false);
  loan?.giveBack();
  await closing;
  expect(await archive.mailbox.lend()).toBe(null);
  expect(new EnvelopeWorkers(null).usable).toBe(false);
});

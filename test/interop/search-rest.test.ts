/**
 * Goal: while the texts that no index knows are read, the engine's own thread is free for whoever asks;
 * what is found is the same, also when it is stopped, and when another program changes the file meanwhile.
 * Method: the built thread beside the engine's own, on letters of some megabytes; processor time of this
 * thread, which other work of the machine does not lengthen.
 */

import { appendFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { foundBy } from '../../electron/engine/listing/found-by.ts';
import { opened } from '../support/indexed-archive.ts';
import { testFolder } from '../support/opened-archive.ts';
import { threadProcessorMs } from '../support/processor-time.ts';

const LETTERS = 24;
const WORDS = 150_000;

function letter(number: number): string {
  const words = Array.from({ length: WORDS }, (_none, at) => `word${(at * 31 + number) % 5003}`);
  const marked = number % 5 === 0 ? `ferryman ${words.join(' ')}` : words.join(' ');
  return `From a@example.org Thu Jan  1 00:00:${String(number % 60).padStart(2, '0')} 1970\nFrom: a@example.org\nSubject: Letter ${number}\nMessage-ID: <${number}@example.org>\n\n${marked.replace(/(.{70}) /g, '$1\n')}\n\n`;
}

const LETTERS_ALL = Array.from({ length: LETTERS }, (_none, at) => letter(at)).join('');
const FERRYMEN = Array.from({ length: LETTERS }, (_none, at) => at).filter((at) => at % 5 === 0);

function archiveIn(folder: string) {
  const file = path.join(folder, 'archive');
  writeFileSync(file, LETTERS_ALL);
  return file;
}

it('another thread reads, and what it finds is what this one finds', async () => {
  const worked: Record<string, number> = {};
  for (const script of ['aside', 'here'] as const) {
    const folder = testFolder();
    const how = script === 'here' ? { textScript: null } : {};
    const archive = await opened(archiveIn(folder), folder, { textIndex: 'never', ...how });
    const before = threadProcessorMs();
    const { numbers } = await foundBy(archive, 'body:ferryman');
    worked[script] = threadProcessorMs() - before;
    expect([...numbers]).toEqual(FERRYMEN);
    // What was read is known: nobody reads again.
    expect([...(await foundBy(archive, '-body:ferryman')).numbers]).toHaveLength(
      LETTERS - FERRYMEN.length,
    );
    await archive.close();
  }
  expect(worked['aside']).toBeLessThan((worked['here'] ?? 0) / 3);
});

it('it can be stopped, and another program may write into the file meanwhile', async () => {
  const folder = testFolder();
  const file = archiveIn(folder);
  const archive = await opened(file, folder, { textIndex: 'never' });
  const stopped = archive.texts.readRest('body:word17');
  archive.tasks.stopAll();
  await expect(stopped).rejects.toMatchObject({ code: 'CANCELLED' });
  const reading = archive.texts.readRest('body:ferryman');
  appendFileSync(file, letter(LETTERS + 1));
  await archive.sync();
  await reading;
  const { numbers } = await foundBy(archive, 'body:ferryman');
  // Letter 25, which came meanwhile, has the word, too.
  expect([...numbers]).toEqual([...FERRYMEN, LETTERS]);
  writeFileSync(file, LETTERS_ALL.slice(LETTERS_ALL.indexOf('From a@example.org', 10)));
  const again = archive.texts.readRest('body:word18');
  await archive.sync();
  await again;
  expect([...(await foundBy(archive, 'body:ferryman')).numbers]).toEqual(
    FERRYMEN.slice(1).map((at) => at - 1),
  );
});

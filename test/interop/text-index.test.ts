/**
 * Goal: the index of texts answers what a slow, obviously right reading of every message does, and goes
 * on doing so whatever happens to the archive, to the index, or to whoever builds it. Method: the built
 * threads, the real database, the sample; words by one regular expression.
 */

import { spawnSync } from 'node:child_process';
import { appendFileSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
// biome-ignore lint/correctness/useImportExtensions: a script with types beside it
import { bigMailbox } from '../../build/sample/big.mjs';
// biome-ignore lint/correctness/useImportExtensions: a script with types beside it
import { sampleMailbox } from '../../build/sample/sample.mjs';
import { Database } from '../../electron/catalog/database.ts';
import { textWords } from '../../electron/catalog/query/text-words.ts';
import type { Archive } from '../../electron/engine/archive/archive.ts';
import { bytesInMemory } from '../../electron/message/byte-source.ts';
import { OpenMessage } from '../../electron/message/read-message.ts';
import { messageNumber } from '../../shared/units.ts';
import { found, indexed, opened } from '../support/indexed-archive.ts';
import { testFolder } from '../support/opened-archive.ts';
import { CLI } from '../support/served.ts';
import { searchedText } from '../support/searched-text.ts';

function letter(number: number, text: string): string {
  return `From a@example.org Thu Jan  1 00:00:0${number % 10} 1970\nFrom: a@example.org\nSubject: ${number}\nMessage-ID: <${number}@example.org>\n\n${text}\n\n`;
}

const about = (word: string) => ({ in: 'text', words: [word], match: 'exact' }) as const;

const textsIn = (folder: string): string[] =>
  readdirSync(path.join(folder, 'catalogs')).filter((name) => name.endsWith('.texts'));

async function searchedWords(archive: Archive): Promise<readonly ReadonlySet<string>[]> {
  const all: ReadonlySet<string>[] = [];
  for (let number = 0; number < archive.count; number++) {
    const of = messageNumber(number);
    const stored = await archive.stored(archive.keyOf(of));
    const bytes = archive.mailbox.format.messageIn(stored, archive.mailbox.table.span(of));
    const { texts } = await searchedText(await OpenMessage.open(bytesInMemory(bytes)));
    all.push(new Set(texts.flatMap(textWords)));
  }
  return all;
}

test('every word of a text is found where it is, and nowhere else', {
  timeout: 240_000,
}, async () => {
  const folder = testFolder();
  const file = path.join(folder, 'sample.mbox');
  writeFileSync(file, sampleMailbox());
  const archive = await opened(file, folder);
  const state = await indexed(archive);
  expect(state).toMatchObject({
    state: 'complete',
    covered: archive.count,
    bytesLeft: 0,
  });
  const searched = await searchedWords(archive);
  const words = [...new Set(searched.flatMap((of) => [...of]))];
  expect(words.length).toBeGreaterThan(1000);
  for (let at = 0; at < words.length; at += 11) {
    const word = words[at] ?? '';
    const expected = searched.flatMap((of, number) => (of.has(word) ? [number] : []));
    expect(await found(archive, about(word)), word).toEqual({
      holds: expected,
      unknown: [],
    });
  }
});

test('phrases are right, and names of attachments are found', async () => {
  const folder = testFolder();
  const file = path.join(folder, 'archive');
  const mime =
    'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nSee below\n--b\nContent-Type: application/pdf; name="Jahresbericht 2001.pdf"\n\nx\n--b--\n';
  const attached = letter(4, '').replace('\n\n', `\n${mime}`);
  writeFileSync(
    file,
    letter(1, 'the quick brown fox') +
      letter(2, 'the brown quick fox') +
      letter(3, '東京都に行く') +
      attached,
  );
  const archive = await opened(file, folder);
  await indexed(archive);
  const phrase = async (text: string, match: 'beginning' | 'exact') =>
    (await found(archive, { in: 'text', words: textWords(text), match })).holds;
  expect(await phrase('quick bro', 'beginning')).toEqual([0]);
  expect(await phrase('quick bro', 'exact')).toEqual([]);
  expect(await phrase('quick', 'exact')).toEqual([0, 1]);
  expect(await phrase('京都', 'exact')).toEqual([2]);
  expect(await phrase('東京都に', 'beginning')).toEqual([2]);
  expect(await phrase('東都', 'exact')).toEqual([]);
  expect((await found(archive, { in: 'file', words: ['bericht', '2001'] })).holds).toEqual([3]);
  expect((await found(archive, { in: 'type', type: 'pdf' })).holds).toEqual([3]);
  expect((await found(archive, { in: 'type', type: 'application' })).holds).toEqual([3]);
  expect((await found(archive, { in: 'type', type: 'image' })).holds).toEqual([]);
});

test('it follows appends, removals and another order without reading anew what it knows', async () => {
  const folder = testFolder();
  const file = path.join(folder, 'archive');
  const letters = Array.from({ length: 40 }, (_none, at) => letter(at, `word${at} common`));
  writeFileSync(file, letters.join(''));
  const archive = await opened(file, folder, { catalogMessagesMin: 0 });
  const first = await indexed(archive);
  const { ino } = statSync(path.join(folder, 'catalogs', textsIn(folder)[0] ?? ''));
  const isRight = async (numbers: readonly number[]): Promise<void> => {
    await archive.sync();
    expect((await indexed(archive)).state).toBe('complete');
    for (const [at, number] of numbers.entries()) {
      expect((await found(archive, about(`word${number}`))).holds).toEqual([at]);
    }
    expect((await found(archive, about('common'))).holds).toHaveLength(numbers.length);
  };
  appendFileSync(file, letter(40, 'word40 common'));
  await isRight(Array.from({ length: 41 }, (_none, at) => at));
  await archive.removing.remove([3, 4, 20].map(messageNumber));
  await archive.removing.flush('none');
  const left = Array.from({ length: 41 }, (_none, at) => at).filter(
    (at) => ![3, 4, 20].includes(at),
  );
  await isRight(left);
  expect((await found(archive, about('word20'))).holds).toEqual([]);
  const turned = [...left].reverse();
  writeFileSync(file, turned.map((at) => letter(at, `word${at} common`)).join(''));
  await isRight(turned);
  expect(first.cut).toBe(0);
  expect(statSync(path.join(folder, 'catalogs', textsIn(folder)[0] ?? '')).ino).toBe(ino);
});

/** Two letters, about alpha and beta, whose texts were indexed by an engine that has ended. */
async function indexedBefore() {
  const folder = testFolder();
  const file = path.join(folder, 'archive');
  writeFileSync(file, letter(1, 'alpha') + letter(2, 'beta'));
  const first = await opened(file, folder);
  await indexed(first);
  await first.close();
  return { folder, file, index: path.join(folder, 'catalogs', textsIn(folder)[0] ?? '') };
}

test('what is indexed is known at the next opening; an index that is damaged is made anew', async () => {
  const { folder, file, index } = await indexedBefore();
  expect(statSync(index).mode & 0o777).toBe(0o600);
  // It is asked, and nothing is built.
  const again = await opened(file, folder, { textIndex: 'never' });
  expect(await found(again, about('beta'))).toEqual({
    holds: [1],
    unknown: [],
  });
  await again.close();
  for (const damage of [Buffer.from('no database'), readFileSync(index).fill(0x55, 4096, 40_000)]) {
    writeFileSync(index, damage);
    const third = await opened(file, folder);
    expect((await indexed(third)).state).toBe('complete');
    expect(await found(third, about('beta'))).toEqual({
      holds: [1],
      unknown: [],
    });
    await third.close();
  }
});

test('it can be paused, goes on, and is dropped', async () => {
  const folder = testFolder();
  const file = path.join(folder, 'archive');
  writeFileSync(file, Buffer.concat([...bigMailbox({ messages: 3000, bytesPerMessage: 900 })]));
  const archive = await opened(file, folder);
  const paused = await archive.indexing.order('pause');
  expect(['paused', 'complete', 'waiting', 'building']).toContain(paused.state);
  await archive.indexing.order('resume');
  expect(await indexed(archive)).toMatchObject({
    state: 'complete',
    covered: 3000,
  });
  await archive.indexing.order('drop');
  expect(textsIn(folder)).toEqual([]);
  expect((await found(archive, about('the'))).unknown).toHaveLength(3000);
});

test('of two that have an archive open one builds, and both find', async () => {
  const folder = testFolder();
  const file = path.join(folder, 'archive');
  writeFileSync(file, Buffer.concat([...bigMailbox({ messages: 4000, bytesPerMessage: 900 })]));
  const one = await opened(file, folder);
  const other = await opened(file, folder);
  await Promise.all([indexed(one), indexed(other)]);
  const term = { in: 'text', words: ['the'], match: 'beginning' } as const;
  const [first, second] = [await found(one, term), await found(other, term)];
  expect(second).toEqual(first);
  expect(first.unknown).toEqual([]);
});

test('one that turns out damaged when it is asked is made anew, and never answers wrongly', async () => {
  const { folder, file, index } = await indexedBefore();
  const bytes = readFileSync(index);
  // Where the words lie: FTS5 notices when it reads them, not before.
  const word = bytes.lastIndexOf('beta');
  writeFileSync(index, bytes.fill(0xff, word - 40, word + 40));
  const again = await opened(file, folder, { textIndex: 'existing' });
  const answers: Awaited<ReturnType<typeof found>>[] = [];
  const answer = async () => {
    answers.push(await found(again, about('beta')));
    return answers.at(-1);
  };
  // It may have been noticed, and been made anew, before anybody asks.
  await expect.poll(answer, { timeout: 30_000 }).toEqual({ holds: [1], unknown: [] });
  for (const { holds, unknown } of answers) expect([...holds, ...unknown]).toContain(1);
  expect((await indexed(again)).state).toBe('complete');
  expect(readFileSync(index).includes(Buffer.alloc(80, 0xff))).toBe(false);
});

test('an index that another process is just writing into is waited for, not given up', async () => {
  const { folder, file, index } = await indexedBefore();
  const other = new Database(index);
  other.run('BEGIN EXCLUSIVE');
  const again = await opened(file, folder);
  // As long as a commit takes on a busy machine: longer than one statement waits.
  setTimeout(() => {
    other.run('COMMIT');
    other.close();
  }, 1000);
  expect(await indexed(again)).toMatchObject({ state: 'complete', covered: 2 });
  expect((await found(again, about('beta'))).holds).toEqual([1]);
});

test('the terminal program uses an index that is there, says so, and reads the rest', {
  timeout: 240_000,
}, async () => {
  const folder = testFolder();
  const file = path.join(folder, 'archive');
  writeFileSync(file, letter(1, 'alpha beta') + letter(2, 'gamma'));
  const catalogFolder = path.join(folder, 'cache/mailkeep/catalogs');
  const archive = await opened(file, folder, { catalogFolder });
  await indexed(archive);
  await archive.close();
  const search = (query: string) => {
    const environment = { XDG_CACHE_HOME: path.join(folder, 'cache'), XDG_STATE_HOME: folder };
    const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, 'search', file, query], {
      encoding: 'utf8',
      env: { ...process.env, ...environment },
    });
    expect(status, stderr).toBe(0);
    return { found: stdout.trim().split('\n').length, stdout, stderr };
  };
  expect(search('gamma')).toMatchObject({ stderr: 'note: texts were searched by their index\n' });
  expect(search('gamma').stdout).toContain(' 2');
  expect(search('subject:1').stderr).toBe('');
  appendFileSync(file, letter(3, 'gamma delta'));
  const after = search('gamma');
  expect(after.found).toBe(2);
  expect(after.stderr).toMatch(/^note: texts of \d of 3 messages .* the others read\n$/);
});

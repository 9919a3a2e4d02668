/**
 * An archive that is read in another way while it is open: keys and marks stay with the messages that
 * are still the same, the others are told; and nothing but what a person can see is believed.
 */

import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Archive } from '../../../electron/engine/archive/archive.ts';
import type {
  ArchiveEvent,
  ArchiveRequest,
} from '../../../electron/engine/archive/archive-request.ts';
import { messageNumber } from '../../../shared/units.ts';

const letter = (name: string, body: string): string =>
  `From ${name}@example.org Thu Jan  1 00:00:00 2004\nSubject: ${name}\n\n${body}\n`;
const FIRST = letter('ann', 'one\n');
const LINE = 'From here on it is text';
const TEXT = `${FIRST}${letter('ben', `two\n\n${LINE}\nand more\n`)}${letter('cat', 'three\n')}`;
const offset = TEXT.indexOf(LINE);

let folder = '';
let file = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-rereading-'));
  file = path.join(folder, 'box.mbox');
  writeFileSync(file, TEXT);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function open(asked: Partial<ArchiveRequest> = {}): Promise<Archive> {
  const at = (name: string): string => path.join(folder, 'state', name);
  const archive = await Archive.open({
    path: file,
    access: 'read-write',
    journalFolder: at('journals'),
    readingFolder: at('readings'),
    catalogFolder: at('catalogs'),
    copyFolder: at('removed'),
    ...asked,
  });
  await archive.read();
  return archive;
}

const overrule = (archive: Archive, asked: Parameters<ArchiveOverrule>[1]) =>
  archive.reread((how, work) => how.overrule(archive.mailbox, asked, work));
type ArchiveOverrule = (
  archive: Archive,
  asked: { offset: number; reading: 'separator' | 'content' | 'default'; text?: string },
) => void;

const keys = (archive: Archive) =>
  Array.from({ length: archive.count }, (_, at) => archive.keyOf(messageNumber(at)));
const subjects = (archive: Archive) =>
  Promise.all(
    keys(archive).map(
      async (_, at) => (await archive.listing.row(messageNumber(at), false)).subject,
    ),
  );

it('keys and marks stay with unaffected messages; the mark of an affected one is a conflict', async () => {
  const archive = await open();
  const before = keys(archive);
  await archive.removing.remove([messageNumber(0), messageNumber(1), messageNumber(2)]);
  const events: ArchiveEvent[] = [];
  archive.listen((event) => events.push(event));
  const status = await overrule(archive, { offset, reading: 'separator', text: LINE });
  expect(status).toMatchObject({ messages: 4, marked: { messages: 2 } });
  expect(keys(archive)).toEqual([before[0], expect.anything(), expect.anything(), before[2]]);
  expect(keys(archive)[1]).not.toBe(before[1]);
  expect(await subjects(archive)).toEqual(['ann', 'ben', '', 'cat']);
  const conflicts = events.flatMap((event) =>
    event.event === 'conflict' ? event.conflicts.map(({ key }) => key) : [],
  );
  expect(conflicts).toEqual([before[1]]);
  // We did it ourselves: it is no news.
  expect(events.filter((event) => event.event === 'changed' && event.diff !== null)).toEqual([]);

  await archive.removing.flush('none');
  expect(readFileSync(file, 'latin1')).toBe(
    TEXT.replace(FIRST, '').replace(letter('cat', 'three\n'), ''),
  );
  expect(archive.dialect().lines).toMatchObject([
    { offset: offset - FIRST.length, reading: 'separator', overruled: true },
  ]);
  await archive.close();
  const again = await open();
  expect(await subjects(again)).toEqual(['ben', '']);
  await again.close();
});

it('taking it back leaves the archive as the rule reads it, and nothing is remembered', async () => {
  const archive = await open();
  await overrule(archive, { offset, reading: 'separator' });
  expect(archive.dialect()).toMatchObject({ overrulings: 1, memory: 'kept' });
  await overrule(archive, { offset, reading: 'default' });
  expect(archive.count).toBe(3);
  expect(archive.dialect()).toMatchObject({ overrulings: 0, memory: 'none' });
  await archive.close();
});

it('what is asked for at opening wins, and is not remembered', async () => {
  const archive = await open();
  await overrule(archive, { offset: TEXT.indexOf('From cat'), reading: 'content' });
  expect(archive.count).toBe(2);
  await archive.close();
  const asked = await open({ rule: 'any-from' });
  expect(asked.status()).toMatchObject({ rule: 'any-from', messages: 3 });
  await overrule(asked, { offset: TEXT.indexOf('From cat'), reading: 'default' });
  expect(asked.status()).toMatchObject({ rule: 'any-from', messages: 4 });
  await asked.close();
  const again = await open();
  expect(again.status()).toMatchObject({ rule: 'default', messages: 3 });
  expect(again.dialect().memory).toBe('none');
  await again.close();
});

it('another rule is remembered, as Python counts; resetting forgets it all', async () => {
  const archive = await open();
  await archive.reread((how, work) => how.readAs(archive.mailbox, { rule: 'any-from' }, work));
  expect(archive.status()).toMatchObject({ rule: 'any-from', messages: 4 });
  await archive.close();
  const again = await open();
  expect(again.status()).toMatchObject({ rule: 'any-from', messages: 4 });
  const asked = { rule: 'default', format: 'detect', overrulings: 'forget' } as const;
  await again.reread((how, work) => how.readAs(again.mailbox, asked, work));
  expect(again.status()).toMatchObject({ rule: 'default', messages: 3 });
  await again.close();
});

it('a line that is not there, or is another one by now, is refused, and nothing changes', async () => {
  const archive = await open();
  const refused = (asked: Parameters<ArchiveOverrule>[1], code: string) =>
    expect(overrule(archive, asked)).rejects.toMatchObject({ code });
  await refused({ offset: offset + 1, reading: 'separator' }, 'STALE');
  await refused({ offset: TEXT.length + 5, reading: 'separator' }, 'STALE');
  await refused({ offset, reading: 'separator', text: 'From somewhere else' }, 'STALE');
  await refused({ offset: 0, reading: 'content' }, 'MISUSE');
  // Another program puts something before it: the offset means another place now.
  writeFileSync(file, letter('new', 'zero\n') + TEXT);
  await refused({ offset, reading: 'separator', text: LINE }, 'STALE');
  expect(archive.count).toBe(4);
  expect(archive.dialect()).toMatchObject({ overrulings: 0, memory: 'none' });
  await archive.close();
});

it('what others append meanwhile is told as theirs, and doubtful lines are counted once', async () => {
  const archive = await open();
  appendFileSync(file, letter('dan', `four\n\nFrom there on too\n`));
  await archive.sync();
  appendFileSync(file, letter('eve', 'five\n'));
  await archive.sync();
  expect(archive.dialect()).toMatchObject({ doubtful: 2 });
  expect(archive.dialect().lines).toHaveLength(2);
  const diffs: unknown[] = [];
  archive.listen((event) => event.event === 'changed' && event.diff && diffs.push(event.diff));
  appendFileSync(file, letter('fay', 'six\n'));
  await overrule(archive, { offset, reading: 'separator' });
  expect(diffs).toMatchObject([{ how: 'appended', arrived: 1, gone: 0 }]);
  expect(archive.count).toBe(7);
  await archive.close();
});

const P = '\x01\x01\x01\x01\n';
const MARKED = {
  MMDF: `${P}Subject: ann\n\none\n${P}and more of it\n${P}${P}Subject: ben\n\ntwo\n${P}`,
  Babyl:
    'BABYL OPTIONS:\nVersion: 5\n\x1f\f\n0,,\n*** EOOH ***\nSubject: ann\n\none\n\x1f\nand more of it\n' +
    '\x1f\f\n0,,\n*** EOOH ***\nSubject: ben\n\ntwo\n\x1f',
};

it.each(Object.entries(MARKED))(
  'a mark in the middle of a message of %s is joined, or split, and remembered',
  async (_format, text) => {
    writeFileSync(file, text, 'latin1');
    const archive = await open();
    const [line] = archive.dialect().lines;
    expect(line).toMatchObject({ reading: 'end', choices: ['separator', 'content'] });
    expect(line?.text).toContain('and more of it');
    const at = { offset: line?.offset ?? -1, ...(line ? { text: line.text } : {}) };
    await overrule(archive, { ...at, reading: 'content' });
    expect(await subjects(archive)).toEqual(['ann', 'ben']);
    const [ann] = keys(archive);
    if (!ann) throw new Error('no message');
    expect((await archive.reading.text(ann)).text).toMatch(/one[\s\S]*and more of it/);

    await overrule(archive, { ...at, reading: 'default' });
    await overrule(archive, { ...at, reading: 'separator' });
    expect(await subjects(archive)).toEqual(['ann', '', 'ben']);
    await archive.close();
    const again = await open();
    expect(await subjects(again)).toEqual(['ann', '', 'ben']);
    expect(again.dialect()).toMatchObject({ overrulings: 1, memory: 'kept' });
    expect(again.dialect().lines[0]).toMatchObject({ overruled: true, choices: [] });

    // What opens a message that nobody doubts cannot be made to hide it.
    const second = readFileSync(file, 'latin1').lastIndexOf(text.startsWith(P) ? P : '\x1f\f');
    await expect(overrule(again, { offset: second, reading: 'content' })).rejects.toMatchObject({
      code: 'MISUSE',
    });
    expect(readFileSync(file, 'latin1')).toBe(text);
    await again.close();
  },
);

it('a message that is added is written as the archive is read by then', async () => {
  const archive = await open();
  await archive.reread((how, work) => how.readAs(archive.mailbox, { rule: 'any-from' }, work));
  const before = archive.count;
  // By this rule any line that begins with "From " is an envelope, without a date too.
  await archive.add(Buffer.from('From somebody\nSubject: new\n\nnew\n'), null);
  expect(archive.count).toBe(before + 1);
  expect(readFileSync(file, 'latin1')).toContain('\n\nFrom somebody\nSubject: new\n\nnew\n');
  await archive.close();
});

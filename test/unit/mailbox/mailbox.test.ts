/** The mailbox itself, on the real disk: states, and what is refused in them. */

import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Disk } from '../../../electron/mailbox/disk/disk.ts';
import { realDisk } from '../../../electron/mailbox/disk/real-disk.ts';
import { DEFAULT_READING } from '../../../electron/mailbox/format/format.ts';
import { Mailbox } from '../../../electron/mailbox/mailbox.ts';
import { QUIET } from '../../../electron/mailbox/mailbox-options.ts';
import { MailboxError } from '../../../shared/errors.ts';
import { messageNumber } from '../../../shared/units.ts';
import { messageText } from '../../support/flush-case.ts';
import { runPython } from '../../support/peers.ts';
import { watchedDisk } from '../../support/watched-disk.ts';

let folder = '';
let file = '';
const TEXT = [0, 1, 2, 3].map((at) => messageText(`m${at}`, 300)).join('');

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-mailbox-'));
  file = path.join(folder, 'box');
  writeFileSync(file, TEXT);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Says whether somebody else holds the fcntl lock of a file. */
const LOCK = `
import fcntl, sys
with open(sys.argv[1], "r+b") as box:
    try:
        fcntl.lockf(box, fcntl.LOCK_EX | fcntl.LOCK_NB)
        print("free")
    except OSError:
        print("held")
`;

const open = (): Promise<Mailbox> => openAt(file);

const openAt = (mailboxPath: string, disk: Disk = realDisk): Promise<Mailbox> =>
  Mailbox.open({
    disk,
    path: mailboxPath,
    access: 'read-write',
    reading: DEFAULT_READING,
    stateFolder: path.join(folder, 'state'),
    onRegenerated: () => undefined,
  });

it('I9: a scan that was cancelled is never taken for the whole archive', async () => {
  const mailbox = await open();
  const controller = new AbortController();
  controller.abort();
  await expect(mailbox.scan({ signal: controller.signal })).rejects.toMatchObject({
    code: 'CANCELLED',
  });
  expect(mailbox.state).toBe('stopped');
  expect(mailbox.report).toBe(null);
  await expect(mailbox.mark([messageNumber(0)], QUIET)).rejects.toMatchObject({ code: 'BUSY' });
  await expect(mailbox.flush(QUIET)).rejects.toMatchObject({ code: 'BUSY' });
  expect(readFileSync(file, 'latin1')).toBe(TEXT);

  await mailbox.scan(QUIET);
  expect(mailbox.state).toBe('ready');
  expect(mailbox.table.count).toBe(4);
  await mailbox.close();
});

it('I9: nor is one that the disk ended', async () => {
  let fails = false;
  const disk = watchedDisk(({ does }) => {
    if (fails && does === 'read') throw new MailboxError('IO');
  });
  const mailbox = await openAt(file, disk);
  fails = true;
  await expect(mailbox.scan(QUIET)).rejects.toMatchObject({ code: 'IO' });
  expect([mailbox.state, mailbox.report, mailbox.contents]).toEqual(['stopped', null, null]);
  await expect(mailbox.flush(QUIET)).rejects.toMatchObject({ code: 'BUSY' });
  fails = false;
  await mailbox.scan(QUIET);
  expect([mailbox.state, mailbox.table.count]).toEqual(['ready', 4]);
  await mailbox.close();
});

it('a flush that is cancelled before its first write has changed nothing', async () => {
  const mailbox = await open();
  await mailbox.scan(QUIET);
  await mailbox.mark([messageNumber(1)], QUIET);
  const controller = new AbortController();
  controller.abort();
  await expect(mailbox.flush({ signal: controller.signal })).rejects.toMatchObject({
    code: 'CANCELLED',
  });
  expect(readFileSync(file, 'latin1')).toBe(TEXT);
  expect(mailbox.marks.amount.messages).toBe(1);
  await mailbox.close();
});

it('I4: bytes are given out under a key only if they are that message still', async () => {
  const mailbox = await open();
  await mailbox.scan(QUIET);
  writeFileSync(file, TEXT.replaceAll('m2', 'zz'));
  await expect(mailbox.readStored(messageNumber(2))).rejects.toMatchObject({ code: 'GONE' });
  expect((await mailbox.readStored(messageNumber(1))).toString('latin1')).toBe(
    messageText('m1', 300),
  );
  await mailbox.close();
});

it('I4: what is asked for while a flush moves bytes is the message of its key, or a part of it', async () => {
  const texts = Array.from({ length: 40 }, (_none, at) => messageText(`m${at}`, 3000));
  const removed = [0, 3, 11];
  writeFileSync(file, texts.join(''));
  const mailbox = await open();
  await mailbox.scan(QUIET);
  const kept = texts
    .map((text, at) => ({ text, key: mailbox.keys.keyOf(messageNumber(at)) }))
    .filter((_message, at) => !removed.includes(at));
  const askAll = async (): Promise<void> => {
    await Promise.all(
      kept.map(async ({ text, key }) => {
        const whole = await mailbox.readPart(key, 0, Number.POSITIVE_INFINITY);
        const part = await mailbox.readPart(key, 100, 50);
        expect(whole.toString('latin1')).toBe(text);
        expect(part.toString('latin1')).toBe(text.slice(100, 150));
      }),
    );
  };
  await mailbox.mark(removed.map(messageNumber), QUIET);
  let isOver = false;
  const asked: Promise<void>[] = [];
  const flushing = mailbox.flush({
    ...QUIET,
    onPointOfNoReturn: () => {
      asked.push(askAll());
    },
  });
  const asking = (async () => {
    while (!isOver) await askAll();
  })();
  expect((await flushing).removed).toMatchObject({ messages: removed.length });
  isOver = true;
  await asking;
  expect(asked).toHaveLength(1);
  await Promise.all(asked);
  await mailbox.close();
});

it('I3: truncated and grown again to the same size, it is read anew', async () => {
  const mailbox = await open();
  await mailbox.scan(QUIET);
  truncateSync(file, messageText('m0', 300).length);
  appendFileSync(file, messageText('m1', 300) + messageText('n2', 300) + messageText('n3', 300));
  // Other messages stand there now, with Message-IDs of their own: not edits of the old ones.
  expect(await mailbox.sync()).toMatchObject({ how: 'changed', gone: 2, arrived: 2, altered: 0 });
  await mailbox.close();
});

it('I2: a file put in its place is known before the old one is freed; that one, put back, is locked only then', async () => {
  let free: () => void = () => undefined;
  const busy = new Promise<void>((resolve) => {
    free = resolve;
  });
  // Others keep the disk busy: closing takes long.
  const closing: string[] = [];
  const disk = watchedDisk(({ does, path: of }) => {
    if (does !== 'close' || of !== file) return;
    closing.push(of);
    return busy;
  });
  const mailbox = await openAt(file, disk);
  await mailbox.scan(QUIET);
  const [aside, other] = [`${file}.aside`, `${file}.other`];
  writeFileSync(other, messageText('other', 300));
  renameSync(file, aside);
  renameSync(other, file);
  expect(await mailbox.sync()).toMatchObject({ how: 'replaced', gone: 4, arrived: 1 });
  renameSync(aside, file);
  expect(await mailbox.sync()).toMatchObject({ how: 'replaced', gone: 1, arrived: 4 });
  expect(closing).toEqual([file, file]);
  let locked = false;
  const lock = mailbox.lock(QUIET).then(() => {
    locked = true;
  });
  // Python takes longer to start than we to lock, if nothing keeps us.
  expect(await runPython(LOCK, [file])).toContain('free');
  expect(locked).toBe(false);
  free();
  await lock;
  expect(await runPython(LOCK, [file])).toContain('held');
  await mailbox.unlock();
  expect(await runPython(LOCK, [file])).toContain('free');
  await mailbox.close();
});

it('an append costs what was appended, and the keys before it stay', async () => {
  const mailbox = await open();
  await mailbox.scan(QUIET);
  const keys = [0, 1, 2, 3].map((at) => mailbox.keys.keyOf(messageNumber(at)));
  appendFileSync(file, messageText('m4', 20));
  expect(await mailbox.sync()).toMatchObject({ how: 'appended', arrived: 1, altered: 0 });
  expect([0, 1, 2, 3].map((at) => mailbox.keys.keyOf(messageNumber(at)))).toEqual(keys);
  await mailbox.close();
});

it('I4: a look at what was appended that was cancelled leaves what was known, and the next one sees it', async () => {
  const mailbox = await open();
  await mailbox.scan(QUIET);
  const keys = [0, 1, 2, 3].map((number) => mailbox.keys.keyOf(messageNumber(number)));
  const spans = [0, 1, 2, 3].map((number) => mailbox.table.span(messageNumber(number)));
  appendFileSync(file, messageText('m4', 300));
  const controller = new AbortController();
  controller.abort();
  await expect(mailbox.sync({ signal: controller.signal })).rejects.toMatchObject({
    code: 'CANCELLED',
  });
  expect(mailbox.table.count).toBe(4);
  expect(keys.map((key) => mailbox.keys.numberOf(key))).toEqual([0, 1, 2, 3]);
  expect(spans).toEqual([0, 1, 2, 3].map((number) => mailbox.table.span(messageNumber(number))));
  expect(await mailbox.sync()).toMatchObject({ how: 'appended', arrived: 1, gone: 0, altered: 0 });
  expect(keys.map((key) => mailbox.keys.numberOf(key))).toEqual([0, 1, 2, 3]);
  await mailbox.close();
});

describe('restore', () => {
  const long = messageText('long', 300_000);
  const copyText = messageText('first', 300) + long + messageText('last', 40);

  async function openCopy(): Promise<Mailbox> {
    const copyFile = path.join(folder, 'copy');
    writeFileSync(copyFile, copyText);
    const copy = await openAt(copyFile);
    await copy.scan(QUIET);
    return copy;
  }

  it('puts messages back as they are stored, long ones too', async () => {
    const mailbox = await open();
    await mailbox.scan(QUIET);
    const copy = await openCopy();
    expect(await mailbox.restore(copy, [0, 1, 2].map(messageNumber), QUIET)).toBe(3);
    expect(readFileSync(file, 'latin1')).toBe(TEXT + copyText);
    await copy.close();
    await mailbox.close();
  });

  for (const [what, changed] of [
    ['the header of a message was changed', copyText.replace('Subject: long', 'Subject: else')],
    ['the end of a message was changed', copyText.replace(long, `${long.slice(0, -9)}whatever\n`)],
    ['a message was taken out', copyText.slice(messageText('first', 300).length)],
    ['all was taken out', ''],
  ] as const) {
    it(`I4: is refused if ${what} since the copy was read; the archive ends as before`, async () => {
      const mailbox = await open();
      await mailbox.scan(QUIET);
      const copy = await openCopy();
      writeFileSync(copy.path, changed);
      await expect(
        mailbox.restore(copy, [0, 1, 2].map(messageNumber), QUIET),
      ).rejects.toMatchObject({ code: 'GONE' });
      expect(readFileSync(file, 'latin1')).toBe(TEXT);
      expect(mailbox.table.count).toBe(4);
      await copy.close();
      await mailbox.close();
    });
  }
});

/**
 * The dialect facts of the reference about formats, flags, line ends and what else files hold, each as
 * a person meets it: what opens, what the list shows, what the file holds after a message was removed.
 */

import { mkdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { messageNumber } from '../../../../../shared/units.ts';
import {
  openArchiveAt,
  openedArchive,
  removeFrom,
  testFolder,
} from '../../../../support/opened-archive.ts';

const LINE = 'From ann@example.org Mon Jan  1 00:00:00 2024\n';
const P = '\x01\x01\x01\x01\n';
const letter = (subject: string, fields = '', body = 'text\n'): string =>
  `${LINE}Subject: ${subject}\n${fields}\n${body}\n`;

function flagsOf(row: { readonly flags: object } | undefined): string[] {
  return Object.entries(row?.flags ?? {}).flatMap(([name, set]) => (set ? [name] : []));
}

test("fact 7: Thunderbird's flags are shown; what it deleted is still there, and can be taken back", async () => {
  const status = (hex: string): string => `X-Mozilla-Status: ${hex}\nX-Mozilla-Status2: 00000000\n`;
  const archive = await openedArchive(
    letter('new', status('0000')) +
      letter('read', status('0001')) +
      letter('answered', status('1003')) +
      letter('starred', status('0005')) +
      letter('gone', `${status('0009')}X-Mozilla-Keys: $label1   \n`),
  );
  expect(archive.rows.map(flagsOf)).toEqual([
    [],
    ['read'],
    ['read', 'answered'],
    ['read', 'starred'],
    ['read', 'deleted'],
  ]);
  expect(archive.archive.status().deleted.messages).toBe(1);
  const before = archive.content();
  expect(await archive.archive.removing.undelete([messageNumber(4)])).toBe(1);
  expect(archive.content()).toBe(before.replace('0009', '0001'));
});

test('fact 11: a folder that Apple Mail exported opens; its own folders of .emlx are refused', async () => {
  const folder = testFolder();
  const exported = path.join(folder, 'Letters.mbox');
  mkdirSync(exported);
  writeFileSync(path.join(exported, 'mbox'), letter('one'));
  const archive = await openArchiveAt(exported);
  expect(archive.rows.map(({ subject }) => subject)).toEqual(['one']);
  expect(archive.path).toBe(path.join(exported, 'mbox'));
  const own = path.join(folder, 'INBOX.mbox');
  mkdirSync(path.join(own, 'Messages'), { recursive: true });
  await expect(openArchiveAt(own)).rejects.toMatchObject({
    code: 'NOT_A_FILE',
    message: expect.stringMatching(/Export/),
  });
  await expect(openedArchive('1234\nSubject: x\n\ntext\n')).rejects.toMatchObject({
    code: 'NOT_A_MAILBOX',
    message: expect.stringMatching(/single message of Apple Mail/),
  });
});

test('fact 15: MMDF, with and without From_ lines, CRLF, stray and missing postmarks', async () => {
  const plain = 'Subject: plain\n\nFrom here on is text\n\n';
  const withLine = `${LINE}Subject: dated\n\ntext\n\n`;
  const archive = await openedArchive(`${P}${plain}${P}${P}${withLine}${P}${P}${P}${plain}`);
  expect(archive.archive.status().format).toBe('mmdf');
  expect(archive.rows.map(({ subject, date }) => [subject, date])).toEqual([
    ['plain', null],
    ['dated', Date.UTC(2024, 0, 1)],
    ['plain', null],
  ]);
  expect((await archive.read(0)).text.trim()).toBe('From here on is text');
  const crlf = await openedArchive(archive.content().replaceAll('\n', '\r\n'));
  expect(crlf.rows.map(({ subject }) => subject)).toEqual(['plain', 'dated', 'plain']);
  await removeFrom(archive, [0]);
  expect(archive.content()).toBe(`${P}${withLine}${P}${P}${P}${plain}`);
});

test('fact 16: Content-Length of MMDF counts only where a postmark stands', async () => {
  const body = `an example:\n${P}Subject: quoted\n\n${P}`;
  const said = (length: number): string =>
    `${P}Subject: one\nContent-Length: ${length}\n\n${body}${P}${P}Subject: two\n\ntext\n${P}`;
  expect((await openedArchive(said(body.length))).rows.map(({ subject }) => subject)).toEqual([
    'one',
    'two',
  ]);
  const wrong = await openedArchive(said(body.length + 3));
  expect(wrong.rows.map(({ subject }) => subject)).toEqual(['one', 'quoted', 'two']);
});

const OPTIONS = 'BABYL OPTIONS: -*- rmail -*-\nVersion: 5\nLabels:home\nNote: kept\n';
const asIs = (status: string, subject: string): string =>
  `\x1f\f\n0${status}\n*** EOOH ***\nFrom: ann\nSubject: ${subject}\n\ntext\n`;
const reformatted = (status: string, subject: string): string =>
  `\x1f\f\n1${status}\nFrom: ann\nSubject: ${subject}\nX-Kept: yes\n\n*** EOOH ***\nSubject: shown\n\ntext\n`;

test('fact 17: Babyl with flag 0 and 1 shows the header as it came; options and tail stay', async () => {
  const one = asIs(',,', 'zero');
  const other = reformatted(', answered,, home,', 'one');
  const archive = await openedArchive(`${OPTIONS}${one}${other}\x1f\n\n`);
  expect(archive.archive.status().format).toBe('babyl');
  expect(archive.rows.map(({ subject, from }) => [subject, from])).toEqual([
    ['zero', 'ann'],
    ['one', 'ann'],
  ]);
  const shown = await archive.read(1);
  expect(shown.headers.map(({ name }) => name)).toEqual(['From', 'Subject', 'X-Kept']);
  expect(shown.text.trim()).toBe('text');
  await removeFrom(archive, [0]);
  expect(archive.content()).toBe(`${OPTIONS}${other}\x1f\n\n`);
});

test('fact 18: attributes of Babyl are its flags; labels and older attributes do no harm', async () => {
  const archive = await openedArchive(
    OPTIONS +
      [
        asIs(', unseen,,', 'a'),
        asIs(', answered, filed, forwarded, edited, resent,,', 'b'),
        asIs(', deleted, last,, home,', 'c'),
        asIs(', recent, badheader,, unread,', 'd'),
        asIs(', redistributed,,', 'e'),
      ].join('') +
      '\x1f',
  );
  expect(archive.rows.map(flagsOf)).toEqual([
    [],
    ['read', 'answered'],
    ['read', 'deleted'],
    [],
    ['read'],
  ]);
});

test('fact 19: a file of Rmail is Babyl up to Emacs 22 and mbox since; each is told from its content', async () => {
  const before = await openedArchive(`${OPTIONS}${asIs(',,', 'old')}\x1f`, 'RMAIL');
  const since = await openedArchive(letter('new', 'X-RMAIL-ATTRIBUTES: -A------\n'), 'RMAIL');
  const formats = [before, since].map(({ archive }) => archive.status().format);
  expect(formats).toEqual(['babyl', 'mbox']);
  expect([before, since].map(({ rows }) => rows[0]?.subject)).toEqual(['old', 'new']);
});

test('fact 21: Status and X-Status are shown; X-UID and X-Keywords that came with a message are not believed', async () => {
  const { rows } = await openedArchive(
    letter('a', 'Status: O\n') +
      letter('b', 'Status: RO\nX-Status: AF\nX-UID: 7\nX-Keywords: forged\n') +
      letter('c', 'X-Status: TD\nX-UID: 7\n'),
  );
  expect(rows.map(flagsOf)).toEqual([[], ['read', 'answered', 'starred'], ['draft', 'deleted']]);
  expect(new Set(rows.map(({ key }) => key)).size).toBe(3);
});

test('fact 22: the pseudo message of IMAP servers is not shown, cannot be removed, and stays first', async () => {
  const pseudo = letter(
    "DON'T DELETE THIS MESSAGE -- FOLDER INTERNAL DATA",
    'X-IMAP: 1167652800 0000000003\nStatus: RO\n',
    'This text is part of the internal format of your mail folder.\n',
  );
  const archive = await openedArchive(pseudo + letter('one') + letter('two'));
  expect(archive.rows.map(({ subject }) => subject)).toEqual(['one', 'two']);
  await removeFrom(archive, [0, 1]);
  expect(archive.content()).toBe(pseudo);
  expect(archive.archive.count).toBe(0);
  // One that was moved into another folder is a message there.
  expect((await openedArchive(letter('one') + pseudo)).rows).toHaveLength(2);
});

test('fact 23: new mail still shows as new after a message was removed, and mail that was read as read', async () => {
  for (const [accessed, modified] of [
    [1000, 2000],
    [2000, 1000],
  ] as const) {
    const archive = await openedArchive(letter('one') + letter('two'));
    utimesSync(archive.path, accessed, modified);
    await archive.archive.sync();
    await removeFrom(archive, [0]);
    const { atimeMs, mtimeMs } = statSync(archive.path);
    expect(mtimeMs > atimeMs).toBe(modified > accessed);
    // Never set back: other programs would miss the change.
    expect(mtimeMs).toBeGreaterThan(modified * 1000);
  }
});

test('fact 24: a message that is added has the line ends of the archive', async () => {
  for (const lineEnd of ['\n', '\r\n']) {
    const archive = await openedArchive(letter('one').replaceAll('\n', lineEnd));
    expect(archive.report.lineEnd).toBe(lineEnd === '\n' ? 'LF' : 'CRLF');
    await archive.archive.add(Buffer.from(`Subject: two${lineEnd}${lineEnd}text${lineEnd}`), null);
    expect(/(?<!\r)\n/.test(archive.content())).toBe(lineEnd === '\n');
    expect(archive.archive.count).toBe(2);
  }
  const mixed = await openedArchive(letter('one') + letter('two').replaceAll('\n', '\r\n'));
  expect([mixed.report.lineEnd, mixed.rows.length]).toEqual(['mixed', 2]);
});

test('fact 25: byte-order mark, NULs, lines of megabytes, headers without end: every message is there', async () => {
  const content =
    `\xef\xbb\xbf${letter('one')}` +
    letter('two', '', `\0\0${'x'.repeat(5e6)}\n`) +
    `${LINE}Subject: three\nX: y\n${letter('four')}`;
  const archive = await openedArchive(content);
  expect(archive.rows.map(({ subject }) => subject)).toEqual(['one', 'two', 'three', 'four']);
  await removeFrom(archive, [1]);
  expect(archive.content()).toBe(
    content.replace(letter('two', '', `\0\0${'x'.repeat(5e6)}\n`), ''),
  );
});

test('fact 26: a compressed archive is named, with the advice to unpack it, and left alone', async () => {
  const packed = {
    gzip: gzipSync(letter('one')).toString('latin1'),
    bzip2: 'BZh91AY&SY',
    xz: '\xfd7zXZ\0\0\x04',
    lzip: 'LZIP\x01\x0c',
    ZIP: 'PK\x03\x04\x14\0',
  };
  for (const [name, content] of Object.entries(packed)) {
    await expect(openedArchive(content, 'mail.mbox')).rejects.toMatchObject({
      code: 'NOT_A_MAILBOX',
      message: expect.stringMatching(new RegExp(`${name}.*unpack`)),
    });
  }
  // What cannot be named is refused all the same.
  const unknown = brotliCompressSync(letter('one').repeat(50)).toString('latin1');
  await expect(openedArchive(unknown)).rejects.toMatchObject({ code: 'NOT_A_MAILBOX' });
});

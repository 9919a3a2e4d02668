/**
 * The dialect facts of the reference about what separates messages and what does not, each as a person
 * meets it: which messages the list shows, with which sender and date, and what the reader shows.
 * Separator lines by themselves are in `../separator.test.ts`.
 */

import { expect, test } from 'vitest';
import { openedArchive } from '../../../../support/opened-archive.ts';

const LINE = 'From ann@example.org Mon Jan  1 00:00:00 2024';
const one = (body: string, fields = ''): string =>
  `${LINE}\nFrom: Ann <ann@example.org>\nSubject: one\nDate: Mon, 1 Jan 2024 00:00:00 +0000\n${fields}\n${body}\n`;
const two = one('second\n').replace('one', 'two');

const subjects = async (content: string): Promise<readonly string[]> =>
  (await openedArchive(content)).rows.map(({ subject }) => subject);

test('fact 1: whichever way lines of a body that begin with From are kept apart, they are text', async () => {
  const covered = 'From here on\n\nFrom ann@example.org Mon Jan  1 00:00:00 2024\nTo: you\n';
  const length = `Content-Length: ${covered.length}\n`;
  for (const [dialect, body, fields, shown] of [
    ['mboxo', '>From here on\n', '', 'From here on'],
    ['mboxrd', '>From here on\n>>From there\n', '', 'From here on\n>From there'],
    ['content-length', covered, length, covered.trim()],
    ['none', 'text\n\nFrom here on\n', '', 'text\n\nFrom here on'],
  ] as const) {
    const archive = await openedArchive(one(body, fields) + two);
    expect(
      archive.rows.map(({ subject }) => subject),
      dialect,
    ).toEqual(['one', 'two']);
    expect(archive.report.quoting).toBe(dialect);
    expect((await archive.read(0)).text.trim()).toBe(shown);
  }
});

test('fact 2: a From quoted with a blank by old Thunderbird, or not at all, is text', async () => {
  const archive = await openedArchive(one(' From here on\n\nFrom where I stand\n') + two);
  expect(archive.rows.map(({ subject }) => subject)).toEqual(['one', 'two']);
  // The line without any quoting is reported, with the reason.
  expect(archive.report.lines).toEqual([
    expect.objectContaining({ text: 'From where I stand', reading: 'content' }),
  ]);
});

test('fact 3: no empty line before a separator costs no message, and two lines of header make one', async () => {
  const archive = await openedArchive(`${one('text').trimEnd()}\n${two}`);
  expect(archive.rows.map(({ subject }) => subject)).toEqual(['one', 'two']);
  expect(archive.report.lines.map(({ reading, why }) => [reading, why])).toEqual([
    ['separator', 'no empty line before it'],
  ]);
  expect(await subjects(one(`text\n${LINE}\nno header\n`) + two)).toEqual(['one', 'two']);
});

test('fact 4: From_ lines of every known shape separate, and date what has no Date', async () => {
  const shapes = {
    'ann@example.org Thu Feb  2 10:11:12 1995': '1995-02-02T10:11:12',
    'ann at example.org Thu Feb  2 10:11:12 1995': '1995-02-02T10:11:12',
    'ann@example.org THU Feb  2 10:11 1995': '1995-02-02T10:11:00',
    'ann@example.org Thu Feb  2 10:11:12 95': '1995-02-02T10:11:12',
    'ann@example.org Thu Feb  2 10:11:12 MET DST 1995': '1995-02-02T08:11:12',
    'ann@example.org Thu Feb  2 10:11:12 +0200 1995': '1995-02-02T08:11:12',
    'Thu Feb  2 10:11:12 1995': '1995-02-02T10:11:12',
  };
  const letters = Object.keys(shapes).map((shape) => `From ${shape}\nSubject: x\n\ntext\n\n`);
  const { rows } = await openedArchive(letters.join(''));
  expect(rows.map(({ date }) => new Date(date ?? 0).toISOString().slice(0, 19))).toEqual(
    Object.values(shapes),
  );
});

test('fact 5: two blanks of Postfix and its MAILER-DAEMON make messages like any other', async () => {
  const { rows } = await openedArchive(
    'From ann@example.org  Mon Jan  1 00:00:00 2024\nSubject: x\n\ntext\n\n' +
      'From MAILER-DAEMON  Mon Jan  1 00:00:00 2024\nSubject: bounced\n\ntext\n\n',
  );
  expect(rows.map(({ subject, from }) => [subject, from])).toEqual([
    ['x', 'ann@example.org'],
    ['bounced', ''],
  ]);
});

test('fact 6: Thunderbird writes From -, the real sender, or nothing, with CRLF', async () => {
  const letter = 'Subject: x\r\nDate: Mon, 1 Jan 2024 00:00:00 +0000\r\n\r\ntext\r\n\r\n';
  const { rows, report } = await openedArchive(
    `From - Mon Jan  1 00:00:00 2024\r\n${letter}${LINE}\r\n${letter}From \r\n${letter}From -\r\n${letter}`,
  );
  expect(rows.map(({ date }) => date)).toEqual(
    Array.from({ length: 4 }, () => Date.UTC(2024, 0, 1)),
  );
  expect(report.lineEnd).toBe('CRLF');
});

test('fact 8: Takeout writes the zone before the year; drafts and chats are dated by it', async () => {
  const { rows, report } = await openedArchive(
    'From 1779900000000000001@xxx Mon Oct 16 01:29:30 +0200 2023\r\nX-GM-THRID: 1\r\nX-Gmail-Labels: =?UTF-8?Q?Entw=C3=BCrfe?=\r\nSubject: draft\r\n\r\ntext\r\n\r\n' +
      'From 1779900000000000002@xxx Fri Mar 06 11:22:33 2015\r\nX-Gmail-Labels: Chat\r\nSubject: chat\r\n\r\ntext\r\n\r\n' +
      'From 17799-0a1b2c3d.mbox@xxx Fri Mar 06 11:22:33 2015\r\nSubject: old\r\n\r\ntext\r\n',
  );
  expect(rows.map(({ subject, date }) => [subject, date])).toEqual([
    ['draft', Date.UTC(2023, 9, 15, 23, 29, 30)],
    ['chat', Date.UTC(2015, 2, 6, 11, 22, 33)],
    ['old', Date.UTC(2015, 2, 6, 11, 22, 33)],
  ]);
  expect(report.doubtful).toBe(0);
});

test('fact 9: a topics.mbox of Takeout, or whatever its name in other languages, opens by content', async () => {
  const letter = one('to the group\n', 'List-ID: <group.googlegroups.com>\n');
  for (const name of ['Gruppe/topics.mbox', 'Grupo/temas.mbox', 'no-ending']) {
    const { rows, archive } = await openedArchive(letter, name);
    expect(rows).toHaveLength(1);
    expect(archive.status().format).toBe('mbox');
  }
});

test("fact 10: git's magic date inside an ordinary mailbox is text; a file of patches is its patches", async () => {
  const patch = `From ${'0123abcd'.repeat(5)} Mon Sep 17 00:00:00 2001\nFrom: Ann\nSubject: [PATCH] x\n\n---\n diff\n\n`;
  expect(await subjects(one(`see\n\n${patch}`) + two)).toEqual(['one', 'two']);
  expect(await subjects(patch + patch)).toEqual(['[PATCH] x', '[PATCH] x']);
});

test('fact 12: Pipermail hides addresses and has raw bytes in its From_ lines', async () => {
  const { rows } = await openedArchive(
    'From jos\xe9 at example.org  Wed Aug  4 10:11:12 2004\nFrom: jose at example.org (Jos\xe9)\nSubject: x\n\ntext\n\n',
  );
  expect(rows.map(({ subject, from, date }) => [subject, from, date])).toEqual([
    ['x', 'José', Date.UTC(2004, 7, 4, 10, 11, 12)],
  ]);
});

test('fact 13: Eudora: no empty lines between, dates only in the From_ line, CRLF', async () => {
  const letter = (subject: string): string =>
    `From ???@??? Mon Dec 13 18:45:29 2010\r\nSubject: ${subject}\r\nX-Persona: <Ann>\r\n\r\ntext\r\n`;
  const { rows, report } = await openedArchive(letter('one') + letter('two'));
  expect(rows.map(({ subject, date }) => [subject, date])).toEqual([
    ['one', Date.UTC(2010, 11, 13, 18, 45, 29)],
    ['two', Date.UTC(2010, 11, 13, 18, 45, 29)],
  ]);
  expect(report).toMatchObject({ doubtful: 0, lineEnd: 'CRLF' });
  // The format of UW IMAP has the same ending and is another one.
  await expect(openedArchive('*mbx*\r\n00000000\r\n', 'Inbox.mbx')).rejects.toMatchObject({
    code: 'NOT_A_MAILBOX',
    message: expect.stringMatching(/UW IMAP.*convert/),
  });
});

test('fact 14: a file of bare CRs has all of its messages, and they can be read', async () => {
  const archive = await openedArchive((one('first\nline\n') + two).replaceAll('\n', '\r'));
  expect(archive.rows.map(({ subject }) => subject)).toEqual(['one', 'two']);
  expect(archive.report.lineEnd).toBe('CR');
  expect((await archive.read(0)).text.trim()).toBe('first\nline');
});

test('fact 20: Content-Length is believed only where a separator or the end stands exactly there', async () => {
  const body = `text\n\n${LINE}\nTo: quoted\n`;
  const said = (length: number): string => one(body, `Content-Length: ${length}\n`) + two;
  expect(await subjects(said(body.length))).toEqual(['one', 'two']);
  for (const wrong of [body.length - 4, body.length + 4, 1e6]) {
    expect(await subjects(said(wrong))).toEqual(['one', '', 'two']);
  }
  // CRLF makes it wrong, and no message is swallowed for that.
  expect(await subjects(said(body.length).replaceAll('\n', '\r\n'))).toHaveLength(3);
});

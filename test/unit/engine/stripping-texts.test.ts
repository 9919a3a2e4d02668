/**
 * Goal: files that are uuencoded in a text are taken out as other attachments are, in every format; what
 * is not whole, or lies where nothing may change, stays and is counted.
 * Method: archives with such files, stripped by the engine, compared byte by byte, and read again.
 */

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { key, messageNumber } from '../../../shared/units.ts';
import type { Archive } from '../../../electron/engine/archive/archive.ts';
import { type OpenedArchive, openedArchive, testFolder } from '../../support/opened-archive.ts';
import { uuencodedLines } from '../../support/uuencoded.ts';

const ALL = { bytesMin: 0, pictures: 'keep' } as const;
const FROM = 'From a@example.org Thu Jan  1 00:00:00 1994\n';
const HEAD = 'From: a@example.org\nSubject: files\nLines: 99\n';
const MIME = `${HEAD}MIME-Version: 1.0\n`;
const BYTES = Buffer.from(Array.from({ length: 500 }, (_none, at) => (at * 7919) & 0xff));
const file = (name: string): string => `${uuencodedLines(BYTES, name).join('\n')}\n`;
const SHA = createHash('sha256').update(BYTES).digest('hex');
const note = (name: string): string =>
  `[An attachment was taken out of this message.]\nName: ${name}\nType: application/octet-stream\nSize: 500 bytes\nSHA-256: ${SHA}\nTaken out: ${new Date().toISOString().slice(0, 10)}, with Mailkeep\n`;
const STAYS = { whole: 0, within: 0, other: 0 };

const strip = ({ archive, rows }: OpenedArchive, saveTo: string | null = null) =>
  archive.stripping.run({
    keys: rows.map((row) => key(row.key)),
    wanted: ALL,
    saveTo: saveTo === null ? null : { path: saveTo, ifTaken: 'refuse' },
  });

async function attachmentsOf(archive: Archive): Promise<number> {
  let sum = 0;
  for (let number = 0; number < archive.count; number++) {
    const { attachments } = await archive.reading.view(archive.keyOf(messageNumber(number)));
    sum += attachments.length;
  }
  return sum;
}

it('several files of a text give way to words, each to its own; all else stays byte for byte', async () => {
  const letter = (one: string, other: string): string =>
    `${FROM}${HEAD}\nHere.\n>From us all.\n${one}>From here on:\n\n${other}\n-- \nA.\n\n`;
  const opened = await openedArchive(letter(file('a.zip'), file('b c.zip')));
  const { archive, rows, content } = opened;
  const looked = await archive.stripping.look([key(rows[0]?.key ?? '')], ALL);
  const freed = 2 * file('a.zip').length + 2;
  expect(looked).toEqual({
    amount: { messages: 1, bytes: freed },
    attachments: 2,
    staying: STAYS,
  });
  const folder = testFolder();
  const stripped = await strip(opened, folder);
  expect(stripped).toMatchObject({ attachments: 2, conflicts: 0, staying: STAYS });
  expect(content()).toBe(letter(note('a.zip'), note('b c.zip')));
  expect(await attachmentsOf(archive)).toBe(0);
  const [inside = ''] = readdirSync(folder);
  const saved = path.join(folder, inside);
  expect(readdirSync(saved).sort()).toEqual(['a.zip', 'b c.zip']);
  expect(readFileSync(path.join(saved, 'a.zip'))).toEqual(BYTES);
});

it('beside attachments of MIME, and with a text that is an attachment itself', async () => {
  const text = (words: string): string => `--B\nContent-Type: text/plain\n\n${words}`;
  const photo = `--B\nContent-Type: image/jpeg; name="sea.jpg"\nContent-Transfer-Encoding: base64\n\n${BYTES.toString('base64')}\n`;
  const attached = `--B\nContent-Type: text/plain; name="files.txt"\nContent-Disposition: attachment\n\nHere:\n${file('b.zip')}`;
  const head = `${FROM}${MIME}Content-Type: multipart/mixed; boundary=B\n\n`;
  const named = `--B\nContent-Type: text/plain; name="more.txt"\n\nMore:\n${file('c.zip')}`;
  const opened = await openedArchive(
    `${head}${text(file('a.zip'))}${photo}${attached}${named}--B--\n\n`,
  );
  const stripped = await strip(opened);
  expect(stripped).toMatchObject({ attachments: 4, staying: STAYS });
  const now = opened.content();
  // The last line end of a part belongs to the delimiter, so both parts end as they did.
  expect(
    now.startsWith(`${head}${text(note('a.zip'))}--B\nContent-Type: text/plain; charset`),
  ).toBe(true);
  expect(now.match(/^Name: .*$/gm)).toEqual(
    ['a.zip', 'sea.jpg', 'files.txt', 'more.txt'].map((name) => `Name: ${name}`),
  );
  expect(now).not.toContain('begin 644');
  expect(await attachmentsOf(opened.archive)).toBe(0);
});

it('lines may end in any way', async () => {
  for (const lineEnd of ['\r\n', '\r']) {
    const letter = (body: string): string =>
      `${FROM}${HEAD}\nHere.\n${body}Bye.\n\n`.replaceAll('\n', lineEnd);
    const opened = await openedArchive(letter(file('a.zip')));
    expect(await strip(opened)).toMatchObject({ attachments: 1 });
    expect(opened.content()).toBe(letter(note('a.zip')));
  }
});

it('a line that goes on behind a blank does not take the words in', async () => {
  const letter = (body: string): string =>
    `${FROM}${MIME}Content-Type: text/plain; format=flowed\n\nHere it is, \n${body}Bye.\n\n`;
  const opened = await openedArchive(letter(file('a.zip')));
  await strip(opened);
  expect(opened.content()).toBe(letter(`\n${note('a.zip')}`));
});

it('a Content-Length stays true, also where it alone tells the messages apart', async () => {
  const letter = (body: string): string =>
    `${FROM}${HEAD}Content-Length: ${body.length}\n\n${body}\n`;
  const body = (words: string): string =>
    `Here.\n${words}\n${FROM}From: b@example.org\nSubject: quoted\n\nAs it was.\n`;
  const other = letter('Nothing.\n');
  const opened = await openedArchive(letter(body(file('a.zip'))) + other);
  expect(opened.rows).toHaveLength(2);
  await strip(opened);
  expect(opened.content()).toBe(other + letter(body(note('a.zip'))));
  expect(opened.archive.count).toBe(2);
});

it('in MMDF, and in Babyl with one header or two', async () => {
  const mark = '\x01\x01\x01\x01\n';
  const options = 'BABYL OPTIONS: -*- rmail -*-\nVersion: 5\nLabels:\n\x1f';
  const shown = `*** EOOH ***\n${HEAD}\n`;
  for (const around of [
    (body: string) => `${mark}${HEAD}\n${body}${mark}`,
    (body: string) => `${options}\f\n0,,\n${shown}${body}\x1f`,
    (body: string) => `${options}\f\n1,,\nReceived: x\n${HEAD}\n${shown}${body}\x1f`,
  ]) {
    const opened = await openedArchive(around(`Here.\n${file('a.zip')}Bye.\n`));
    expect(await strip(opened)).toMatchObject({ attachments: 1, conflicts: 0, staying: STAYS });
    expect(opened.content()).toBe(around(`Here.\n${note('a.zip')}Bye.\n`));
    expect(await attachmentsOf(opened.archive)).toBe(0);
  }
});

const plain = (body: string): string => `${HEAD}\n${body}`;
const encoded = (how: string, body: string): string =>
  `${MIME}Content-Type: text/plain\nContent-Transfer-Encoding: ${how}\n\n${body}`;
const parts = (type: string, body: string, more: string): string =>
  `${MIME}Content-Type: multipart/${type}; boundary=B\n\n--B\nContent-Type: text/plain\n\n${body}--B\n${more}\n--B--\n`;

it.each([
  ['without its end', plain(file('a.zip').replace('end\n', 'So far.\n'))],
  ['without its end, at the end', plain(file('a.zip').replace('`\nend\n', ''))],
  ['a line of which was cut', plain(file('a.zip').replace(/^M.{20}/m, 'M'))],
  ['with a line of words in it', plain(file('a.zip').replace(/^M/m, 'HELLO\nM'))],
  ['with an indented line in it', plain(file('a.zip').replace('`\n', '`\n is all here\n'))],
  ['in quoted-printable', encoded('quoted-printable', file('a.zip').replaceAll('=', '=3D'))],
  ['in base64', encoded('base64', Buffer.from(file('a.zip')).toString('base64'))],
  ['in an encoding that nobody knows', encoded('x-unknown', file('a.zip'))],
  ['in one of two forms', parts('alternative', file('a.zip'), 'Content-Type: text/html\n\n<p>Hi')],
  ['in HTML', `${MIME}Content-Type: text/enriched\n\n${file('a.zip')}`],
])('a file %s stays', async (_name, letter) => {
  const stored = `${FROM}${letter}\n`;
  const opened = await openedArchive(stored);
  const before = await attachmentsOf(opened.archive);
  const staying = { ...STAYS, within: before };
  expect(await strip(opened)).toMatchObject({ attachments: 0, staying });
  expect(opened.content()).toBe(stored);
});

it.each([
  ['signed', `signed; protocol="application/pgp-signature"`],
  ['signed in its own lines', 'mixed'],
])('a file that is %s stays, and is said to be', async (_name, type) => {
  const clear = `-----BEGIN PGP SIGNED MESSAGE-----\n\n${file('a.zip')}-----BEGIN PGP SIGNATURE-----\n\nx\n-----END PGP SIGNATURE-----\n`;
  const more = 'Content-Type: application/pgp-signature\n\nxyz';
  const body = type === 'mixed' ? clear : file('a.zip');
  const stored = `${FROM}${parts(type, body, more)}\n`;
  const opened = await openedArchive(stored);
  const stripped = await strip(opened);
  expect(stripped.staying).toMatchObject(type === 'mixed' ? { within: 1 } : { whole: 1 });
  expect(stripped.attachments).toBe(type === 'mixed' ? 1 : 0);
  expect(opened.content()).toContain(body);
});

/**
 * Goal: names and subjects that were written without saying their charset are read in that of the text
 * below, in the list and in the message, as Central European, Turkish and Thai mail was written.
 * Method: letters encoded as they were, read by an engine.
 */

import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { openedArchive } from '../../support/opened-archive.ts';

const LETTERS = {
  'iso-8859-2': ['Jiří Dvořák', 'Příští schůzka v úterý'],
  'windows-1250': ['Zażółć Gęślą', 'Zażółć gęślą jaźń'],
  'iso-8859-9': ['Şükrü Çağlar', 'Yarınki toplantı için'],
  'tis-620': ['สมชาย ใจดี', 'การประชุมวันพรุ่งนี้'],
  'iso-8859-4': ['Jānis Bērziņš', 'Ēku plāns'],
} as const;

function letter(name: string, subject: string, says: string, charset: string): string {
  const text =
    `From ann@example.org Mon Jan  1 10:20:30 2001\nFrom: ${name} <a@example.org>\nTo: ${name} <b@example.org>\n` +
    `Date: Mon, 1 Jan 2001 10:20:30 +0000\nSubject: ${subject}\nContent-Type: text/plain; charset=${says}\n\nHello\n\n`;
  return iconv.encode(text, charset).toString('latin1');
}

test.each(Object.entries(LETTERS))('%s', async (charset, [name, subject]) => {
  // The same bytes mean another thing in the letter before.
  const others = charset === 'iso-8859-2' ? 'koi8-r' : 'iso-8859-2';
  const content = [others, charset].map((says) => letter(name, subject, says, charset)).join('');
  const { rows, read } = await openedArchive(content);
  expect(rows[1]).toMatchObject({ from: name, to: name, subject });
  expect(rows[0]?.subject).not.toBe(subject);
  const shown = await read(1);
  expect(shown.subject).toBe(subject);
  expect(shown.from[0]?.name).toBe(name);
});

test.each(['iso-8859-2', 'koi8-r', 'us-ascii', 'utf-8', 'utf-16', 'nobody-knows-it'])(
  'what is UTF-8 is read as that, whatever the text is said to be in: %s',
  async (says) => {
    const [name, subject] = LETTERS['iso-8859-2'];
    const { rows } = await openedArchive(letter(name, subject, says, 'utf-8'));
    expect(rows[0]).toMatchObject({ from: name, subject });
  },
);

test('programs that declared every text as Western are not believed', async () => {
  const content = letter('Иван Петров', 'Встреча в понедельник', 'iso-8859-1', 'koi8-r');
  const { rows } = await openedArchive(content);
  expect(rows[0]).toMatchObject({ from: 'Иван Петров', subject: 'Встреча в понедельник' });
});

test('a letter whose last byte other programs take for a space is kept', async () => {
  const names = ['Michal à', 'Ревекка Р', 'Anna à'];
  const from = `${names[0]} <a@example.org>, ${names[1]} <b@example.org>, "${names[2]}" <c@example.org>`;
  const text = `From ann@example.org Mon Jan  1 10:20:30 2001\nFrom: ${names[0]} <a@example.org>\nTo: ${from}\nDate: Mon, 1 Jan 2001 10:20:30 +0000\nSubject: voilà\n\nHello\n\n`;
  const { rows, read } = await openedArchive(Buffer.from(text).toString('latin1'));
  expect(rows[0]).toMatchObject({ from: names[0], to: names.join(', '), subject: 'voilà' });
  const shown = await read(0);
  expect(shown.subject).toBe('voilà');
  expect(shown.to.map(({ name }) => name)).toEqual(names);
});

/**
 * Goal: a list shows of every message who wrote it, what about, when and in which state, however
 * odd its header is.
 */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDate, parseSeparatorDate } from '../../../electron/message/date.ts';
import { readEnvelope } from '../../../electron/message/envelope.ts';
import { toFlags } from '../../../electron/message/flags.ts';
import { headerFields, latin1, wantedFields } from '../../../electron/message/header-fields.ts';
import { sender, shownOf } from '../../../electron/message/correspondents.ts';
import { decodeHeaderText } from '../../../electron/message/header-text.ts';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

describe('header fields', () => {
  test.each(['\n', '\r\n', '\r'])('are found with the line end %j', (lineEnd) => {
    const header = ['From a@b', '>From c@d', 'Subject: one', '\ttwo', 'To : x', '', 'Date: no', ''];
    expect(headerFields(bytes(header.join(lineEnd)))).toEqual([
      { name: 'Subject', value: 'one\ttwo' },
      { name: 'To', value: 'x' },
    ]);
    expect(wantedFields(header.join(lineEnd))).toMatchObject({ to: 'x', date: null });
  });

  test('the From field of Exim is no separator', () => {
    expect(wantedFields('From : p@q\n').from).toBe('p@q');
  });

  test('the fast look finds what the careful one finds, in any bytes', () => {
    const line = fc.oneof(
      fc.constantFrom(
        'From: a',
        'subject : b',
        ' folded',
        '',
        'Date:',
        'junk',
        'Status: R',
        '>From x',
      ),
      fc.uint8Array({ maxLength: 12 }).map((array) => latin1(array)),
    );
    const lines = fc.array(line, { maxLength: 12 });
    fc.assert(
      fc.property(lines, fc.constantFrom('\n', '\r\n', '\r'), (parts, lineEnd) => {
        const text = parts.join(lineEnd);
        const fields = headerFields(bytes(text));
        const first = (name: string): string | null =>
          fields.find((field) => field.name.toLowerCase() === name)?.value ?? null;
        const unfolded = (value: string | null) => value?.replace(/\r?\n/g, '') ?? null;
        const lines = text.replaceAll(/\r(?!\n)/g, '\n');
        const wanted = wantedFields(text.includes('\n') ? text : lines);
        for (const name of ['from', 'subject', 'date', 'status'] as const) {
          expect(unfolded(wanted[name])).toBe(first(name));
        }
      }),
    );
  });
});

test.each([
  ['=?utf-8?Q?H=C3?= =?utf-8?Q?=A9llo?= you', 'Héllo you'],
  ['=?utf-8?B?w6k=?=\n =?UTF-8?B?w6k=?=', 'éé'],
  ['=?utf-8?q?=F0=9F?=\r\n =?UTF-8?q?=98=80?=', '😀'],
  ['=?big5?B?pA==?= =?big5?B?pA==?=', '中'],
  ['=?utf-8?Q?caf=C3=A9 noir au lait?= x', 'café noir au lait x'],
  ['=?utf-8?B?w6kg w6k=?=', 'é é'],
  ['=?iso-8859-1?Q?a?==?iso-8859-1?Q?b?=', 'ab'],
  ['Re:=?utf-8?Q?stuck=C3=A9?=', 'Re:stucké'],
  ['"=?utf-8?Q?quoted_=C3=A9?="', '"quoted é"'],
  ['=?utf-8?Q?unfinished=C3=A9', '=?utf-8?Q?unfinished=C3=A9'],
  ['M\xfcller and M\xfcller', 'Müller and Müller'],
  ['M\xc3\xbcller', 'Müller'],
  ['a \x93quote\x94', 'a “quote”'],
  ['=?iso-2022-jp?B?GyRCJUYlOSVIGyhC?=', 'テスト'],
  ['=?utf-8?B?R3LD?= =?utf-8?B?vMOfZQ==?=', 'Grüße'],
  ['=?utf-8?B?SGVsbG8?= =?utf-8?B?gd29ybGQ=?=', 'Hello world'],
  ['=?gb2312?B?xOO6w?= =?gb2312?B?w==?=', '你好'],
  ['=?utf-8?B?SGVsbG8?= =?utf-8?B?d29ybGQ?=', 'Helloworld'],
  ['=?no-such-charset?Q?caf=C3=A9?=', 'café'],
  ['=?no-such-charset?Q?caf=E9?=', 'café'],
  ['=?us-ascii?Q?it=E2=80=99s?=', 'it’s'],
  ['=?utf-8*en?Q?What??= next', 'What? next'],
  ['=?utf-8?Q?photo=E2=80=AEgpj.exe?=', 'photogpj.exe'],
  ['a\t b\r\n\tc\0', 'a b c'],
])('the header text %j reads %j', (stored, shown) => {
  expect(decodeHeaderText(stored)).toBe(shown);
});

test.each([
  ['"Doe, Joe" <j@x>', 'Doe, Joe'],
  ['j@x (Joe Doe)', 'Joe Doe'],
  ['joe at x.com (Joe Doe)', 'Joe Doe'],
  ['<j@x>', 'j@x'],
  ['j@x', 'j@x'],
  ['=?utf-8?Q?M=C3=BCller=2C_J?= <a@b>', 'Müller, J'],
  ['"Joe \\"X\\" Doe" <a@b>', 'Joe "X" Doe'],
  ['=?utf-8?Q?M=C3=BCller,_J?= <a@b>', 'Müller, J'],
  ['=?utf-8?Q?J_(M=C3=BCller;_x)?= <a@b>', 'J (Müller; x)'],
  ['=?utf-8?Q?a@b:_M=C3=BCller?= <c@d>', 'a@b: Müller'],
  ['J\xfcrgen "x" <a@b>', 'Jürgen x'],
  ['a@b, c@d', 'a@b'],
  ['undisclosed: ;', 'undisclosed'],
  ['', ''],
])('the sender %j is listed as %j', (stored, shown) => {
  expect(shownOf(sender(stored))).toBe(shown);
});

test.each([
  ['Wed, 4 Aug 2004 10:11:12 +0200', '2004-08-04T08:11:12.000Z'],
  ['Wed Aug  4 10:11:12 2004', '2004-08-04T10:11:12.000Z'],
  ['4-Aug-94 10:11 EST', '1994-08-04T15:11:00.000Z'],
  ['Thu Aug  4 10:11:12 MET DST 1996', '1996-08-04T08:11:12.000Z'],
  ['Sun, 30 Nov 0002 00:00:00 -0800 (PST)', '2002-11-30T08:00:00.000Z'],
  ['Sat, 1 Jan 100 10:00:00 GMT', '2000-01-01T10:00:00.000Z'],
  ['4 Aug 04 10:11 PM', '2004-08-04T22:11:00.000Z'],
  ['2004-08-04T10:11:12Z', '2004-08-04T10:11:12.000Z'],
  // RFC 5322, A.6.3
  ['Fri, 21 Nov 1997 09(comment):   55  :  06 -0600', '1997-11-21T15:55:06.000Z'],
  ['04.08.2004 10:11', '2004-08-04T10:11:00.000Z'],
  ['Wed, 4.8.04 10.11.12 +0200', '2004-08-04T08:11:12.000Z'],
  ['8/24/04 10:11 PM', '2004-08-24T22:11:00.000Z'],
  ['24/08/2004 10:11:12', '2004-08-24T10:11:12.000Z'],
  ['Thu, 4 Aug 2004 10:11:12 -0700 (PDT (x))', '2004-08-04T17:11:12.000Z'],
  ['13 mai 2004 10:11:12 +0200', '2004-05-13T08:11:12.000Z'],
  ['Mo, 13 Dez 2004 10:11:12 +0100', '2004-12-13T09:11:12.000Z'],
  ['Di, 2. M\xe4rz 2004 10:11', '2004-03-02T10:11:00.000Z'],
  ['mar., 14 d\xe9c. 2004 10:11:12 +0100', '2004-12-14T09:11:12.000Z'],
  ['mardi 14 d\xc3\xa9cembre 2004 10:11:12 +0100', '2004-12-14T09:11:12.000Z'],
  ['mar. 16 nov. 2004 10:11', '2004-11-16T10:11:00.000Z'],
  ['Mar, 16 mar 2004 10:11', '2004-03-16T10:11:00.000Z'],
  ['13-ene-2004 10:11:12', '2004-01-13T10:11:12.000Z'],
  ['ter, 13 de abril de 2004 10:11', '2004-04-13T10:11:00.000Z'],
  ['13 ago 04 10:11:12', '2004-08-13T10:11:12.000Z'],
  ['Mo Okt 18 10:11:12 2004', '2004-10-18T10:11:12.000Z'],
  ['12 ao\xfbt 2004 10:11', '2004-08-12T10:11:00.000Z'],
  ['10:11 13 mei 2004', '2004-05-13T10:11:00.000Z'],
])('the date %j means %s', (stored, meant) => {
  expect(new Date(parseDate(stored) ?? Number.NaN).toISOString()).toBe(meant);
});

test.each([
  '',
  'garbage',
  'Fri, 31 Sep 2004 1:2:3',
  '10:11:12',
  // By which of the two stands first, nobody knows.
  '4/8/2004 10:11',
  '4.13.2004 10:11',
  // November in Poland, October in Croatia.
  '13 listopad 2004 10:11',
  'days ago 2004 10:11',
])('%j is no date', (stored) => {
  expect(parseDate(stored)).toBeNull();
});

test.each([
  ['From joe at host Wed Aug  4 10:11 2004', '2004-08-04T10:11:00.000Z'],
  ['From sun  Wed Aug  4 10:11:12 94', '1994-08-04T10:11:12.000Z'],
  ['From 123@xxx Mon Oct 16 01:29:30 +0000 2023', '2023-10-16T01:29:30.000Z'],
  ['From a@b 4 Aug 2004 10:11:12 +0100', '2004-08-04T09:11:12.000Z'],
  ['From ???@??? Wed Jan 01 00:00:00 1997', '1997-01-01T00:00:00.000Z'],
])('the separator %j is of %s', (line, meant) => {
  expect(new Date(parseSeparatorDate(line) ?? Number.NaN).toISOString()).toBe(meant);
});

function envelopeOf(header: string) {
  const separator = 'From a@b Wed Aug  4 10:11:12 2004\n';
  const stored = bytes(`${separator}${header}\n\nbody\n`);
  return readEnvelope(stored, separator.length + header.length + 2, separator.length);
}

test.each([
  ['Subject: x', 'read'],
  ['Status: O', ''],
  ['Status: RO\nX-Status: AF', 'read answered starred'],
  ['X-Status: TD', 'draft deleted'],
  ['X-Mozilla-Status: 0009', 'read deleted'],
  ['X-Mozilla-Status: 1006', 'answered starred'],
])('a message with %j is %s', (header, names) => {
  const flags = Object.entries(toFlags(envelopeOf(header).flags));
  expect(
    flags
      .filter(([, set]) => set)
      .map(([name]) => name)
      .sort(),
  ).toEqual(names.split(' ').filter(Boolean).sort());
});

test('without From and Date the separator line tells', () => {
  const envelope = envelopeOf('Subject: x');
  expect(envelope).toMatchObject({ from: 'a@b', date: Date.UTC(2004, 7, 4, 10, 11, 12) });
});

test('no bytes are too odd for an envelope', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 300 }),
      fc.nat(300),
      fc.nat(50),
      (stored, end, start) => {
        expect(typeof readEnvelope(stored, end, start).from).toBe('string');
      },
    ),
  );
});

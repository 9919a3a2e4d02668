/**
 * Goal: cards, calendars, encodings and headers in the forms that they had before their RFCs, or beside
 * them, say what they said to those who knew them. Method: each as programs wrote it.
 */

import { describe, expect, test } from 'vitest';
import { readSearchable } from '../../../electron/message/searchable.ts';
import { shownMessage } from '../../support/shown-message.ts';

const shown = (...lines: string[]) => shownMessage(Buffer.from(`${lines.join('\n')}\n`, 'latin1'));

describe('cards and calendars before their RFCs', () => {
  test('vCalendar 1.0 is an invitation', async () => {
    const view = await shown(
      'Content-Type: text/x-vcalendar; charset=iso-8859-1',
      '',
      'BEGIN:VCALENDAR',
      'VERSION:1.0',
      'BEGIN:VEVENT',
      'DTSTART:19980403T190000Z',
      'SUMMARY;ENCODING=QUOTED-PRINTABLE:Caf=E9 with =',
      'Ann',
      'DESCRIPTION;QUOTED-PRINTABLE:One=0D=0A=',
      'Two',
      'END:VEVENT',
      'END:VCALENDAR',
    );
    expect(view.body).toMatchObject([
      {
        kind: 'invitation',
        entries: [
          {
            summary: 'Café with Ann',
            description: 'One\nTwo',
            start: { at: Date.UTC(1998, 3, 3, 19) },
          },
        ],
      },
    ]);
  });

  test('the card of Netscape, its version last, blanks behind its first line', async () => {
    const view = await shown(
      'Content-Type: text/x-vcard; charset=us-ascii; name="card.vcf"',
      '',
      'begin:vcard ',
      'n:M=FCller;Hans',
      'adr;quoted-printable:;;Stra=DFe 1=0D=0AHof;K=F6ln;;50667;Germany',
      'version:2.1',
      'note;quoted-printable:One=0D=0A=',
      'Two',
      'fn;quoted-printable:Hans M=FCller',
      'end:vcard',
    );
    expect(view.body).toMatchObject([
      {
        kind: 'contacts',
        contacts: [
          {
            name: 'Hans Müller',
            details: [
              { kind: 'address', value: 'Straße 1\nHof, Köln, 50667, Germany' },
              { kind: 'note', value: 'One\nTwo' },
            ],
          },
        ],
      },
    ]);
  });

  test('a zone by its place, as Mozilla named it', async () => {
    const view = await shown(
      'Content-Type: text/calendar',
      '',
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'BEGIN:VEVENT',
      'DTSTART;TZID=/mozilla.org/20050126_1/Europe/Berlin:20070701T110000',
      'END:VEVENT',
      'END:VCALENDAR',
    );
    expect(view.body).toMatchObject([{ entries: [{ start: { at: Date.UTC(2007, 6, 1, 9) } }] }]);
  });
});

describe('encodings', () => {
  test('uuencode whose last line lost its blank', async () => {
    const view = await shown('', 'before', 'begin 644 a b.txt', '"2&D ', '', 'end', 'after');
    expect(view.attachments).toMatchObject([{ name: 'a b.txt', bytes: 2 }]);
    expect(view.text).toBe('before\n\nafter');
  });

  test('base64 with blanks before its lines, ended and begun again, a list behind it', async () => {
    const view = await shown(
      'Content-Transfer-Encoding: BASE64 (mime)',
      '',
      ' SGVsbG8g',
      '\td29ybGQ=',
      'SGVsbG8=SGVsbG8=',
      '',
      'A list said this behind it.',
    );
    expect(view.text).toBe('Hello worldHelloHello\n\nA list said this behind it.');
  });

  test('what a list put behind a text or a page in base64 is shown below it, and found', async () => {
    const footer = ['____________', 'Lists mailing list', 'caf\xe9', '', 'http://lists.example/'];
    for (const [type, body] of [
      ['text/plain; charset=utf-8', 'SMOkbGxv'],
      ['text/html; charset=utf-8', 'PGI+SMOkbGxvPC9iPg=='],
    ]) {
      const lines = [
        `Content-Type: ${type}`,
        'Content-Transfer-Encoding: base64',
        '',
        body ?? '',
        '',
        ...footer,
      ];
      const view = await shown(...lines);
      expect(view.text).toContain('Hällo');
      expect(view.text).toContain(
        '____________\nLists mailing list\ncafé\n\nhttp://lists.example/',
      );
      const stored = Buffer.from(`${lines.join('\n')}\n`, 'latin1');
      const found: string[] = [];
      readSearchable(stored, {
        bytes: () => false,
        text: (text) => found.push(text),
        nextText: () => {},
        attachment: () => {},
      });
      expect(found.join('\n')).toContain('Lists mailing list');
    }
    const file = await shown(
      'Content-Type: application/zip; name=x.zip',
      'Content-Transfer-Encoding: base64',
      '',
      'UEs=',
      ...footer,
    );
    expect(file.attachments).toMatchObject([{ bytes: 2 }]);
  });

  test('a text that says base64 and is none is shown as it stands', async () => {
    const view = await shown('Content-Transfer-Encoding: base64', '', 'Dear Bob,', '', 'Bye, Ann');
    expect(view.text).toBe('Dear Bob,\n\nBye, Ann');
  });

  test.each(['chinesebig5', 'chinese_big5'])('%s is Big5', async (charset) => {
    const view = await shown(
      `Content-Type: text/plain; charset=${charset}`,
      '',
      '\xa7\x41\xa6\x6e',
    );
    expect(view.body).toMatchObject([{ charset: { name: 'big5', how: 'declared' } }]);
    expect(view.text).toBe('你好');
  });
});

test.each(['(a comment) base64', 'base64 (a comment)', '"base64"', 'BASE64;'])(
  'the encoding %s is base64',
  async (encoding) => {
    expect((await shown(`Content-Transfer-Encoding: ${encoding}`, '', 'aGVsbG8=')).text).toBe(
      'hello',
    );
  },
);

describe('parameters', () => {
  test.each([
    ['text/plain; charset=koi8-r (Russian)', '\xf0\xd2\xc9', 'При'],
    ['text/plain; charset="koi8-r" (Russian)', '\xf0\xd2\xc9', 'При'],
    ['text/plain, charset=koi8-r', '\xf0\xd2\xc9', 'При'],
    ['text/plain; charset=koi8-r format=flowed', '\xf0\xd2 \n\xc9', 'Пр и'],
    ['text/plain; charset="koi8-r", format=flowed', '\xf0\xd2 \n\xc9', 'Пр и'],
    ['text/html, charset=koi8-r', '<p>\xf0\xd2\xc9</p>', 'При'],
  ])('of %s', async (type, body, text) => {
    expect((await shown(`Content-Type: ${type}`, '', body)).text).toBe(text);
  });

  test.each([
    ['name=Offer (final) v=2.zip', 'Offer (final) v=2.zip'],
    ['name="Offer (1).zip"', 'Offer (1).zip'],
    ['name=Offer (1).zip', 'Offer (1).zip'],
    ["name*=iso-8859-1''%E4.zip; name*=utf-8''b.zip", 'ä.zip'],
  ])('%s: brackets of a name are its own', async (parameter, name) => {
    const view = await shown(`Content-Type: application/zip; ${parameter}`, '', 'PK');
    expect(view.attachments).toMatchObject([{ name }]);
  });
});

describe('headers', () => {
  test.each([
    ['Thu, 3 Oct 1985 1000-PDT (Thursday)', -420],
    ['3 Oct 85 1000-PDT', -420],
    ['3-Oct-85 10:00-PDT', -420],
    ['Thursday, 3 October 1985 17:00 +0000', 0],
  ])('the date %s', async (date, zoneMinutes) => {
    const view = await shown(`Date: ${date}`, '', 'x');
    expect(view).toMatchObject({ date: Date.UTC(1985, 9, 3, 17), dateFrom: 'header', zoneMinutes });
  });

  test('commas and brackets in an encoded word part nobody from their address', async () => {
    const view = await shown(
      'From: =?utf-8?Q?M=C3=BCller,_Ann_(Bonn)?= <ann@x>',
      'To: =?utf-8?Q?Doe,_?= =?utf-8?Q?J=C3=B6?= <jo@x>, "=?utf-8?Q?B=C3=B6,_C?=" <c@x>, d@x',
      '',
      'x',
    );
    expect(view.from).toEqual([{ name: 'Müller, Ann (Bonn)', address: 'ann@x' }]);
    expect(view.to).toEqual([
      { name: 'Doe, Jö', address: 'jo@x' },
      { name: 'Bö, C', address: 'c@x' },
      { name: '', address: 'd@x' },
    ]);
  });

  test('the route that mail once took is no part of an address', async () => {
    const view = await shown('From: Ann <@one.x,@two.x:ann@three.x>', '', 'x');
    expect(view.from).toEqual([{ name: 'Ann', address: 'ann@three.x' }]);
  });

  test('an address of UUCP has its name', async () => {
    const view = await shown('From: seismo!mcvax!jack (Jack Jansen)', 'To: ihnp4!ann', '', 'x');
    expect(view.from).toEqual([{ name: 'Jack Jansen', address: 'seismo!mcvax!jack' }]);
    expect(view.to).toEqual([{ name: '', address: 'ihnp4!ann' }]);
  });
});

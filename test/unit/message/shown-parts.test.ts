/**
 * Goal: whatever a message carries is shown as what it is: texts by their quoting, alternatives,
 * pictures, messages, invitations, cards, reports, and what cannot be read without a key.
 */

import { describe, expect, test } from 'vitest';
import { bytesInMemory } from '../../../electron/message/byte-source.ts';
import { OpenMessage } from '../../../electron/message/read-message.ts';
import { shownMessage } from '../../support/shown-message.ts';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');
const shown = (...lines: string[]) => shownMessage(bytes(`${lines.join('\n')}\n`));
const multipart = (kind: string, ...parts: string[]): string[] => [
  `Content-Type: multipart/${kind}; boundary=b`,
  '',
  ...parts.flatMap((part) => ['--b', part]),
  '--b--',
];
const PLAIN = 'Content-Type: text/plain\n\nplain';
const HTML = 'Content-Type: text/html\n\n<p>rich</p>';
const PNG = 'Content-Type: image/png; name=x.png\nContent-ID: <one@x>\n\nPNG';

describe('a text', () => {
  test('in format=flowed is unfolded, by quoting; the signature stays apart', async () => {
    const view = await shown(
      'Content-Type: text/plain; format=flowed',
      '',
      '>> deep ',
      '>> er',
      '> once',
      'one ',
      'two',
      ' >not quoted',
      '-- ',
      'me',
    );
    expect(view.body).toMatchObject([
      {
        kind: 'text',
        flowed: true,
        paragraphs: [
          { quote: 2, text: 'deep er' },
          { quote: 1, text: 'once' },
          { quote: 0, text: 'one two' },
          { quote: 0, text: '>not quoted' },
          { quote: 0, text: '-- ' },
          { quote: 0, text: 'me' },
        ],
      },
    ]);
    expect(view.text).toBe('>> deep er\n> once\none two\n>not quoted\n-- \nme');
  });

  test('in format=flowed and fixed, `> > ` is quoted as often as `>> `', async () => {
    const lines = ['>> a ', '> > b', '> > > c', '>> > d', '>>> e', '> f > g', ' > h'];
    const texts = ['text/plain; format=flowed', 'text/plain'].map(async (type) => {
      const view = await shown(`Content-Type: ${type}`, '', ...lines);
      return view.body.flatMap((part) =>
        part.kind === 'text' ? part.paragraphs.map(({ quote, text }) => `${quote} ${text}`) : [],
      );
    });
    expect(await Promise.all(texts)).toEqual([
      ['2 a b', '3 c', '3 d', '3 e', '1 f > g', '0 > h'],
      ['2 a \nb', '3 c\nd\ne', '1 f > g', '0  > h'],
    ]);
  });

  test('with DelSp loses the space at the line end', async () => {
    const view = await shown('Content-Type: text/plain; format=flowed; DelSp=yes', '', 'A ', 'B');
    expect(view.text).toBe('AB');
  });

  test('with fixed lines keeps them, by quoting', async () => {
    const view = await shown('', 'a', 'b', '> c', '>> d');
    expect(view.body).toMatchObject([
      {
        flowed: false,
        paragraphs: [
          { quote: 0, text: 'a\nb' },
          { quote: 1, text: 'c' },
          { quote: 2, text: 'd' },
        ],
      },
    ]);
  });

  test.each([
    ['Content-Type: text/plain; charset=koi8-r', '\xf0\xd2\xc9', 'При', 'koi8-r', 'declared'],
    ['Content-Type: text/plain', 'caf\xe9', 'café', 'windows-1252', 'guessed'],
    ['Content-Type: text/plain; charset=x-none', 'caf\xe9', 'café', 'windows-1252', 'guessed'],
    ['Subject: x', 'abc', 'abc', 'utf-8', 'declared'],
    ['Content-Type: text/plain; charset=UTF-8', 'caf\xc3\xa9', 'café', 'utf-8', 'declared'],
    [
      'Content-Type: text/plain; charset=utf8',
      '\xef\xbb\xbfcaf\xc3\xa9',
      'café',
      'utf-8',
      'declared',
    ],
    ['Content-Type: text/plain; charset=utf-8', 'abc', 'abc', 'utf-8', 'declared'],
    [
      'Content-Type: text/plain; charset=utf-8',
      '\xc3\xa9\xc3\xa9 \xe9',
      'éé \ufffd',
      'utf-8',
      'declared',
    ],
    ['Content-Type: text/plain; charset=utf-8', 'caf\xe9', 'café', 'windows-1252', 'guessed'],
    ['Subject: x', 'caf\xc3\xa9', 'café', 'utf-8', 'guessed'],
  ])('says how its characters were found: %s', async (field, body, text, name, how) => {
    const view = await shown(field, '', body);
    expect(view.text).toBe(text);
    expect(view.body).toMatchObject([{ charset: { name, how } }]);
  });

  test('is read in the charset that is chosen, its header too', async () => {
    const stored = bytes(
      'Subject: \xf0\xd2\xc9\nContent-Type: text/plain; charset=utf-8\n\n\xf0\xd2\xc9',
    );
    const open = await OpenMessage.open(bytesInMemory(stored));
    const { view, text } = await open.read('koi8-r');
    expect([view.subject, text.text]).toEqual(['При', 'При']);
    expect(view.body).toMatchObject([{ charset: { how: 'chosen', declared: 'utf-8' } }]);
  });

  test('in text/enriched is shown without its commands', async () => {
    const view = await shown(
      'Content-Type: text/enriched',
      '',
      '<bold>Now</bold> is',
      'the <param>red</param>time<<',
    );
    expect(view.text).toBe('Now is the time<');
  });
});

describe('files in a text', () => {
  const uu = ['begin 644 hi.txt', '"2&D ', '`', 'end'];

  test('in uuencode stand where they were, and can be had', async () => {
    const message = bytes(['', 'before', ...uu, 'behind'].join('\n'));
    const open = await OpenMessage.open(bytesInMemory(message));
    const { view, text } = await open.read();
    expect(text.text).toBe('before\n\nbehind');
    expect(view.attachments).toMatchObject([{ name: 'hi.txt', bytes: 2, inside: 'uuencode' }]);
    const part = await open.part(view.attachments[0]?.part ?? '');
    expect((await part?.read(0, 100))?.bytes.toString()).toBe('Hi');
  });

  test('that only look like it stay text', async () => {
    const view = await shown('', 'begin 644 the day', 'with coffee');
    expect(view.text).toBe('begin 644 the day\nwith coffee');
    expect(view.attachments).toEqual([]);
  });

  test('in yEnc', async () => {
    const encoded = bytes('Hi=there').map((byte) => (byte + 42) & 0xff);
    const body = Buffer.from(encoded).toString('latin1').replace('g', '=\xa7');
    const view = await shown('', '=ybegin line=128 size=8 name=a.bin', body, '=yend size=8');
    expect(view.attachments).toMatchObject([{ name: 'a.bin', bytes: 8, inside: 'yenc' }]);
  });
});

describe('a piece of a file in yEnc', () => {
  const piece = [
    '=ybegin part=2 total=3 line=128 size=24 name=a.jpg',
    '=ypart begin=9 end=16',
    'rstuvwxy',
  ];

  test.each([
    ['to its end', ['=yend size=8 part=2 pcrc32=0'], 'behind'],
    ['without its end', [], ''],
  ])('%s says which it is, so that none is taken for the file', async (_, end, behind) => {
    const view = await shown('', ...piece, ...end, ...(behind === '' ? [] : [behind]));
    expect(view.attachments).toMatchObject([{ name: 'a.jpg.002', bytes: 8, inside: 'yenc' }]);
    expect(view.text).toBe(behind);
  });

  test('that is all of it has the name of the file', async () => {
    const view = await shown(
      '',
      '=ybegin part=1 total=1 line=128 size=8 name=a.bin',
      '=ypart begin=1 end=8',
      'rstuvwxy',
      '=yend size=8 part=1',
    );
    expect(view.attachments).toMatchObject([{ name: 'a.bin', bytes: 8 }]);
  });
});

describe('parts', () => {
  test('that are alternatives are given side by side, the plainer first', async () => {
    const view = await shown(...multipart('alternative', PLAIN, HTML));
    expect(view.body).toMatchObject([
      {
        kind: 'alternatives',
        choices: [
          { type: 'text/plain', body: [{ kind: 'text' }] },
          { type: 'text/html', body: [{ kind: 'html', html: '<p>rich</p>' }] },
        ],
      },
    ]);
    expect(view.text).toBe('plain');
  });

  test('that HTML shows are named, and pictures between texts are shown', async () => {
    const related = await shown(...multipart('related', HTML, PNG));
    expect(related.body).toMatchObject([
      { kind: 'html', related: [{ contentId: 'one@x', type: 'image/png' }] },
    ]);
    const between = await shown(...multipart('mixed', PLAIN, PNG.replace(/Content-ID.*\n/, '')));
    expect(between.body).toMatchObject([{ kind: 'text' }, { kind: 'picture', name: 'x.png' }]);
  });

  test('that are signed or encrypted say so', async () => {
    const signature = 'Content-Type: application/pgp-signature\n\nxxx';
    const signed = await shown(
      ...multipart('signed; protocol="application/pgp-signature"', PLAIN, signature),
    );
    expect(signed.protection).toMatchObject([{ state: 'signed', with: 'openpgp' }]);
    expect([signed.text, signed.attachments]).toEqual(['plain', []]);
    const secret = await shown(
      ...multipart('encrypted; protocol="application/pgp-encrypted"', PLAIN),
    );
    expect(secret.protection).toMatchObject([{ state: 'encrypted', with: 'openpgp' }]);
    expect(secret.body).toMatchObject([{ kind: 'encrypted' }]);
    expect(secret.attachments).toMatchObject([{ encrypted: true }]);
    const inline = await shown('', '-----BEGIN PGP SIGNED MESSAGE-----', 'x');
    expect(inline.protection).toMatchObject([{ state: 'signed', with: 'openpgp' }]);
    const smime = await shown(
      'Content-Type: application/pkcs7-mime; smime-type=enveloped-data',
      '',
      'x',
    );
    expect(smime.protection).toMatchObject([{ state: 'encrypted', with: 'smime' }]);
  });

  test('of a report: what a machine says, and the header it is about', async () => {
    const status =
      'Content-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\nAction: failed';
    const header = 'Content-Type: text/rfc822-headers\n\nSubject: lost';
    const view = await shown(
      ...multipart('report; report-type=delivery-status', PLAIN, status, header),
    );
    expect(view.body).toMatchObject([
      { kind: 'text' },
      {
        kind: 'report',
        report: 'delivery',
        groups: [
          [{ name: 'Reporting-MTA', value: 'dns; x' }],
          [{ name: 'Action', value: 'failed' }],
        ],
      },
      { kind: 'message', message: { subject: 'lost', body: [] } },
    ]);
  });

  test('of a digest are messages, also when they are encoded', async () => {
    const encoded = `Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n${bytes('Subject: two\n\nb').toString('base64')}`;
    const view = await shown(...multipart('digest', '\nSubject: one\n\na', encoded));
    expect(view.body).toMatchObject([
      { kind: 'message', message: { subject: 'one' } },
      { kind: 'message', message: { subject: 'two', body: [{ kind: 'text' }] } },
    ]);
  });

  test('of an old Mac: the file without its resources', async () => {
    const fork = 'Content-Type: application/applefile; name=x\n\nfork';
    const data = 'Content-Type: application/pdf; name=x.pdf\n\ndata';
    const view = await shown(...multipart('appledouble', fork, data));
    expect(view.attachments).toMatchObject([{ name: 'x.pdf', bytes: 4 }]);
  });

  test.each([
    ['application/applefile; name="Pic.jpg"', ''],
    ['application/applefile; name="%Pic.jpg"', ''],
    ['application/applefile', '; name="Pic.jpg"'],
  ])('of an old Mac: a file without a name has that of its resources: %s%s', async (fork, name) => {
    const [type = '', ...rest] = multipart(
      'appledouble',
      `Content-Type: ${fork}\n\nfork`,
      'Content-Type: image/jpeg\n\ndata',
    );
    const view = await shown(`${type}${name}`, ...rest);
    expect(view.attachments).toMatchObject([{ name: 'Pic.jpg', type: 'image/jpeg', bytes: 4 }]);
  });

  test('whose empty line was forgotten are not lost', async () => {
    const view = await shown(
      'Content-Type: multipart/mixed; boundary=b',
      'Hello',
      '--b',
      'A: b',
      '',
      'one',
      '--b',
      '',
      'two',
    );
    expect(view.text).toBe('one\n\ntwo');
  });
});

describe('a date', () => {
  test.each([
    ['Date: 4 Aug 2004 10:00:00 +0200', 'header', 120],
    ['Date: Wed, 4 Aug 2004 04:00:00 EDT', 'header', -240],
    ['Date: Wed, 4 Aug 2004 08:00:00 GMT', 'header', 0],
    ['Date: Wed Aug  4 08:00:00 2004', 'header', null],
    ['Date: soon\nReceived: by x; Wed, 4 Aug 2004 10:00:00 +0200', 'received', 120],
  ])('%s', async (field, dateFrom, zoneMinutes) => {
    const view = await shown(field, '', 'x');
    expect(view).toMatchObject({ date: Date.UTC(2004, 7, 4, 8), dateFrom, zoneMinutes });
  });

  test('comes from the separator where there is no other', async () => {
    const open = await OpenMessage.open(
      bytesInMemory(bytes('Subject: x\n\n')),
      'From a@b Wed Aug  4 08:00:00 2004',
    );
    expect(await open.view()).toMatchObject({
      date: Date.UTC(2004, 7, 4, 8),
      dateFrom: 'separator',
    });
    expect(await shown('Subject: only')).toMatchObject({ dateFrom: 'none', text: '', body: [] });
  });
});

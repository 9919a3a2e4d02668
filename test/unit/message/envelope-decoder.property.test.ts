/**
 * Goal: an envelope says the same whether its message was decoded alone or among a million others,
 * the fast way. Method: headers and bodies put together from what mail really holds, and from noise,
 * are decoded both ways; dates against `parseDate`.
 */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commonDate } from '../../../electron/message/common-date.ts';
import { parseDate } from '../../../electron/message/date.ts';
import { EnvelopeDecoder } from '../../../electron/message/envelope-decoder.ts';
import { decodedTogether, seenAlone, type StoredMessage } from '../../support/decoded-envelopes.ts';

const PEOPLE = [
  'Ann Other <ann@example.org>',
  '"Other, Ann" <ann@example.org>',
  'ann@example.org',
  'ann@example.org (Ann)',
  'ann at example.org (Ann Other)',
  '=?utf-8?q?J=C3=BCrgen?= <j@example.org>',
  '=?iso-8859-1?B?SvxyZ2Vu?=\n <j@example.org>',
  'J\u00fcrgen <j@example.org>',
  'Ji\u00f8\u00ed <jiri@example.org>',
  'a@b, C <c@d>, "E" <e@f>',
  'Group: a@b, c@d;',
  Array.from({ length: 12 }, (_none, at) => `p${at}@example.org`).join(',\n\t'),
  'undisclosed-recipients:;',
  '\u00a0Ann <a@b>\u00a0',
  '',
  `${'x'.repeat(2100)} <long@example.org>`,
];
const SUBJECTS = [
  'Hello',
  'Re: Hello  again',
  'folded\n  over two\r\n\tlines',
  '=?utf-8?B?w6TDtsO8?= and =?utf-8?Q?=C3=A4?=',
  'raw \u00e4\u00f6 bytes',
  '=?utf-8?q?=C3=A4?= \u00b9\u00bb',
  'utf-8 \u00c5\u0099',
  'what=? is this',
  'tab\there\u0000 and\u007f there\u001b',
  '\u00a0 no-break \u00a0',
  'y'.repeat(1200),
  '',
];
const DATES = [
  'Mon, 1 Jan 2001 10:20:30 +0100',
  'Mon,  1 Jan 2001 10:20:30 +0100 (CET)',
  '01 Feb 1999 23:59:60 -1130',
  'Tue, 29 Feb 2000 00:00 GMT',
  'Wed, 29 Feb 2001 00:00:00 +0000',
  'Mon, 1 Jan 2001 25:00:00 +0100',
  'Mon, 1 Jan 01 10:20:30 EST',
  '2001-01-01T10:20:30Z',
  'Mon, 1 Jan 2001 10:20:30',
  'Mon, 1 Jan 2001 10:20:30 +0100 (a (nested) one)',
  'never',
  '',
];
const IDS = [
  '<one@example.org>',
  '<one@example.org> <two@example.org>\n <three@example.org>',
  '"Ann" of Monday (<no@example.org>) <one@exam\n ple.org>, <ann@example.org>',
  'one@example.org',
  '<"two"@example.org',
  '<no id> <1> <<b@c> (open <d@e>',
  Array.from({ length: 300 }, (_none, at) => `<${at}@example.org>`).join('\n\t'),
  '',
];
const FIELDS = fc.oneof(
  fc.tuple(
    fc.constantFrom('From', 'from', 'FROM', 'From ', 'To', 'TO'),
    fc.constantFrom(...PEOPLE),
  ),
  fc.tuple(fc.constantFrom('Subject', 'SUBJECT', 'Subjects'), fc.constantFrom(...SUBJECTS)),
  fc.tuple(fc.constantFrom('Date', 'date', 'Date\t'), fc.constantFrom(...DATES)),
  fc.tuple(
    fc.constantFrom('Status', 'X-Status', 'X-Mozilla-Status', 'X\rStatus'),
    fc.constantFrom(
      'RO',
      'O',
      'AFDT',
      '0009',
      '0x1 ',
      `${'\u00a0'.repeat(3)}R`,
      'D'.repeat(40),
      '',
    ),
  ),
  fc.tuple(
    fc.constantFrom('Content-Type', 'content-type', 'Content-Type '),
    fc.constantFrom(
      'text/plain',
      'TEXT/html; charset=utf-8',
      'text/plain; charset=ISO-8859-2',
      'text/plain;\n\tcharset="koi8-r"',
      'text/plain; charset=utf-16le',
      'text/plain; charset=x-odd',
      'multipart/mixed; boundary="b"',
      '\n Multipart/Alternative;\n\tboundary=b',
      '\u00a0multipart/mixed; boundary=b',
      'application/pdf; name=x.pdf',
      'te\n xt/plain',
      '',
    ),
  ),
  fc.tuple(
    fc.constantFrom('Message-ID', 'message-id', 'References', 'In-Reply-To', 'References '),
    fc.constantFrom(...IDS),
  ),
  fc.tuple(
    fc.constant('Content-Disposition'),
    fc.constantFrom('inline', 'attachment; filename=x', ''),
  ),
  fc.tuple(
    fc.constantFrom('Received', 'X-Noise', '>From me', 'a line'),
    fc.constantFrom('x', 'y\n z'),
  ),
  fc.tuple(fc.string({ unit: 'binary-ascii', maxLength: 12 }), fc.string({ maxLength: 30 })),
);
const USUAL = fc.tuple(
  fc.tuple(fc.constant('From'), fc.constantFrom(...PEOPLE)),
  fc.tuple(fc.constant('Date'), fc.constantFrom(...DATES)),
  fc.tuple(fc.constant('Subject'), fc.constantFrom(...SUBJECTS)),
);
const PART = fc.constantFrom(
  '--b\nContent-Type: text/plain\n\nhello\n',
  '--b\nContent-Type: application/pdf; name="x.pdf"\nContent-Disposition: attachment\n\nAAAA\n',
  '--b\n\nno header\n',
  '--b\nContent-Type: image/png; name=p\nContent-ID: <1>\n\nAAAA\n',
  '--b\nContent-Type: multipart/related; boundary=c\n\n--c\nContent-Type: text/html; name=y\n\n',
  '--b\rContent-Type: application/zip\r\r--b--\r',
  '--b--\n',
  '-- \nsignature\n',
);
const message: fc.Arbitrary<StoredMessage> = fc
  .record({
    separator: fc.constantFrom(
      'From a@b Mon Jan  1 10:20:30 2001\n',
      'From a@b Mon Jan  1 10:20:30 2001\r\n',
      'From a@b Mon Jan  1 10:20:30 2001\r',
      'From nobody\n',
      '\u0001\u0001\u0001\u0001\nFrom a@b Mon Jan  1 10:20:30 2001\n',
      '',
    ),
    usual: fc.option(USUAL, { freq: 6 }),
    fields: fc.array(FIELDS, { maxLength: 6 }),
    lineEnd: fc.constantFrom('\n', '\n', '\n', '\r\n', '\r'),
    body: fc.option(fc.array(PART, { maxLength: 5 })),
    mark: fc.constantFrom('', '', '', '\u00ef\u00bb\u00bf', '>From x\n'),
  })
  .map(({ separator, usual, fields, lineEnd, body, mark }) => {
    const lines = [...(usual ?? []), ...fields].map(([name, value]) => `${name}: ${value}\n`);
    const header = `${mark}${lines.join('')}\n`.replace(/\n/g, lineEnd);
    const text = body?.join('').replace(/\n/g, lineEnd);
    const stored = Buffer.from(
      separator + (text === undefined ? header.trimEnd() : header + text),
      'latin1',
    );
    const headerLength = text === undefined ? stored.length : separator.length + header.length;
    return { stored, headerLength, separatorLength: separator.length };
  });

test('decoded in a batch, every message has the envelope that it has alone', () => {
  const decoder = new EnvelopeDecoder();
  fc.assert(
    fc.property(fc.array(message, { maxLength: 12 }), (messages) => {
      expect(decodedTogether(decoder, messages)).toEqual(messages.map(seenAlone));
    }),
    { numRuns: 2000 },
  );
});

test('so has one without a header', () => {
  const decoder = new EnvelopeDecoder();
  const noise = fc.uint8Array({ maxLength: 200 }).map((bytes) => ({
    stored: Buffer.from(bytes),
    headerLength: 0,
    separatorLength: 0,
  }));
  fc.assert(
    fc.property(fc.array(noise, { maxLength: 5 }), (messages) => {
      expect(decodedTogether(decoder, messages)).toEqual(messages.map(seenAlone));
    }),
  );
});

test('so have more senders than are remembered', () => {
  const decoder = new EnvelopeDecoder();
  for (let round = 0; round < 3; round++) {
    const messages = Array.from({ length: 20_000 }, (_none, at) => {
      const stored = Buffer.from(
        `From: P\u00e9 ${round}-${at} <p@q>\nDate: ${DATES[0]}\n\n`,
        'latin1',
      );
      return { stored, headerLength: stored.length, separatorLength: 0 };
    });
    const seen = decodedTogether(decoder, messages);
    expect(seen.length).toBe(messages.length);
    for (const at of [0, 1, 9_999, 19_999]) {
      expect(seen[at]?.from).toBe(`P\u00e9 ${round}-${at}\0p@q`);
    }
  }
});

test('a common date is what it is by the patient way', () => {
  const pick = (...texts: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...texts);
  const number = fc.nat(99).map(String);
  const two = fc
    .oneof({ weight: 8, arbitrary: fc.nat(23) }, fc.nat(70))
    .map((value) => String(value).padStart(2, '0'));
  const text = fc
    .tuple(
      pick('', 'Mon, ', 'sun,', 'Tue,  ', 'Xyz, ', 'Mon '),
      fc.oneof({ weight: 8, arbitrary: fc.integer({ min: 0, max: 32 }).map(String) }, number),
      pick('Jan', 'feb', 'MAR', 'Dec', 'Mai', 'June'),
      fc.oneof({ weight: 8, arbitrary: fc.integer({ min: 1890, max: 2110 }).map(String) }, number),
      two,
      two,
      fc.option(two),
      pick(
        ' +0000',
        ' -0730',
        ' +2400',
        ' GMT',
        ' UTC',
        ' EST',
        '',
        ' +0100 (CET)',
        ' +0100 ()',
        ' +01000',
      ),
    )
    .map(
      ([weekday, day, month, year, hours, minutes, seconds, zone]) =>
        `${weekday}${day} ${month} ${year} ${hours}:${minutes}${seconds === null ? '' : `:${seconds}`}${zone}`,
    );
  let common = 0;
  fc.assert(
    fc.property(text, (date) => {
      const bytes = Buffer.from(`${date}0`, 'latin1');
      const found = commonDate(bytes, 0, date.length);
      if (Number.isNaN(found)) return;
      common += 1;
      expect(found).toBe(parseDate(date));
    }),
    { numRuns: 5000 },
  );
  expect(common).toBeGreaterThan(100);
});

/**
 * Goal: what the programs of 1985 to 2010 really wrote is shown as it was meant. Method: a letter as each of
 * them wrote it, broken as they broke it; each shows its text and its files, and nothing of how it was
 * packed.
 */

import { describe, expect, test } from 'vitest';
import type { BodyPart } from '../../../shared/message-view.ts';
import { flatParts } from '../../../renderer/reader/parts/shown-parts.ts';
import { shownMessage } from '../../support/shown-message.ts';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');
const shown = (...lines: string[]) => shownMessage(bytes(`${lines.join('\n')}\n`));
/** What is on screen, by kind. */
const kinds = (body: readonly BodyPart[]): readonly string[] =>
  flatParts(body, 'html').map(({ kind }) => kind);
const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const picture = (...fields: string[]): string =>
  [
    'Content-Type: image/png; name=x.png',
    'Content-Transfer-Encoding: base64',
    ...fields,
    '',
    PNG,
  ].join('\n');
const mixed = (...parts: string[]): string[] => [
  'Content-Type: multipart/mixed; boundary=b',
  '',
  ...parts.flatMap((part) => ['--b', part]),
  '--b--',
];

describe('Eudora', () => {
  test('put marks around HTML, flowed and styled text in its mailboxes', async () => {
    const html = await shown('Content-Type: text/plain', '', '<x-html><b>Hello</b></x-html>');
    expect(html.body).toMatchObject([{ kind: 'html' }]);
    expect(html.text).toBe('Hello');
    const flowed = await shown(
      'Content-Type: text/plain',
      '',
      '<x-flowed>',
      'Hello ',
      'there',
      '</x-flowed>',
    );
    expect(flowed.text).toBe('Hello there');
    const rich = await shown(
      'Content-Type: text/plain',
      '',
      '<x-rich><bold>Hello</bold> all</x-rich>',
      'Attachment Converted: "C:\\A.DOC"',
    );
    expect(rich.text).toBe('Hello all Attachment Converted: "C:\\A.DOC"');
  });
});

describe('boundaries', () => {
  const parts = [
    '--BBB',
    'Content-Type: text/plain',
    '',
    'one',
    '--BBB',
    'Content-Type: application/zip; name=x.zip',
    'Content-Transfer-Encoding: base64',
    '',
    'UEs=',
    '--BBB--',
  ];

  test.each(['multipart/mixed; boundary="AAA"', 'multipart/mixed', 'multipart/mixed; boundary=""'])(
    'that a gateway changed are found by what stands behind them: %s',
    async (type) => {
      const view = await shown(
        `Content-Type: ${type}`,
        '',
        'This is a multi-part message.',
        ...parts,
      );
      expect(view.text).toBe('one');
      expect(view.attachments).toMatchObject([{ name: 'x.zip', bytes: 2 }]);
    },
  );

  test.each([
    'multipart/mixed; boundary=b (a comment)',
    'multipart/mixed; boundary="b" (a comment)',
    'multipart/mixed (one; two); boundary=b',
    'multipart/mixed; charset="us-ascii" boundary="b"',
    'multipart/mixed; charset=us-ascii boundary=b',
    'multipart/mixed, boundary="b"',
    'multipart/mixed',
  ])('said in an odd way lose no part before the first that says what it is: %s', async (type) => {
    const view = await shown(
      `Content-Type: ${type}`,
      '',
      '--b',
      '',
      'one',
      '--b',
      'Content-Type: application/zip; name=x.zip',
      '',
      'PK',
      '--b--',
    );
    expect(view.text).toBe('one');
    expect(view.attachments).toMatchObject([{ name: 'x.zip', bytes: 2 }]);
  });

  test('of which only the first was damaged lose no part behind it', async () => {
    const view = await shown(
      'Content-Type: multipart/mixed; boundary="AAA"',
      '',
      '--\0\x03AA',
      'Content-Type: text/plain',
      '',
      'one',
      ...parts.slice(4).map((line) => line.replace('BBB', 'AAA')),
    );
    expect(view.text).toBe('one');
    expect(view.attachments).toMatchObject([{ name: 'x.zip', bytes: 2 }]);
  });

  test('as announced are never looked for elsewhere', async () => {
    const quoted = ['--BBB', 'Content-Type: text/html', '', 'quoted'];
    const view = await shown(...mixed(['Content-Type: text/plain', '', ...quoted].join('\n')));
    expect(view.text).toBe(quoted.join('\n'));
    const text = await shown('Content-Type: text/plain', '', ...quoted);
    expect(text.text).toBe(quoted.join('\n'));
  });

  test('with blanks behind them, the same inside of each other, or never closed', async () => {
    const blanks = await shown(
      'Content-Type: multipart/mixed; boundary="b  "',
      '',
      '--b   \t',
      '',
      'one',
      '--b ',
      '',
      'two',
      '--b-- ',
    );
    expect(blanks.text).toBe('one\n\ntwo');
    const same = await shown(
      ...mixed(
        [
          'Content-Type: multipart/alternative; boundary=b',
          '',
          '--b',
          '',
          'plain',
          '--b',
          'Content-Type: text/html',
          '',
          '<p>rich',
          '--b--',
        ].join('\n'),
        'Content-Type: application/zip; name=x.zip\n\nPK',
      ),
    );
    expect(kinds(same.body)).toEqual(['html']);
    expect(same.attachments).toMatchObject([{ name: 'x.zip' }]);
    const open = await shown(
      ...mixed(
        [
          'Content-Type: multipart/alternative; boundary=in',
          '',
          '--in',
          '',
          'plain',
          '--in',
          'Content-Type: text/html',
          '',
          '<p>rich',
        ].join('\n'),
        'Content-Type: application/zip; name=x.zip\n\nPK',
      ).slice(0, -1),
    );
    expect(kinds(open.body)).toEqual(['html']);
    expect(open.attachments).toMatchObject([{ name: 'x.zip', bytes: 3 }]);
  });
});

describe('pictures', () => {
  test('to which Pine and Apple Mail gave ids, and that no HTML asks for, are seen', async () => {
    const plain = 'Content-Type: text/plain\n\nSee:';
    for (const fields of [
      ['Content-ID: <Pine.LNX.3.95@x>'],
      ['Content-Disposition: inline', 'Content-Id: <a@x>'],
    ]) {
      const view = await shown(...mixed(plain, picture(...fields)));
      expect(kinds(view.body)).toEqual(['text', 'picture']);
      expect(view.attachments).toMatchObject([{ name: 'x.png' }]);
    }
  });

  test('that HTML asks for are seen in it alone, by id or by place', async () => {
    const page = (source: string): string =>
      `Content-Type: text/html\nContent-Location: http://x/a/page.html\n\n<img src="${source}">`;
    for (const source of [
      'cid:a@x',
      'cid:a%40x',
      'CID:A@X',
      'cid://a@x',
      'cid:&lt;a@x&gt;',
      'http://x/a/pic.png',
      'pic.png',
    ]) {
      const view = await shown(
        ...mixed(
          page(source),
          picture('Content-ID: <a@x>', 'Content-Location: http://x/a/pic.png'),
        ),
      );
      expect(kinds(view.body)).toEqual(['html']);
    }
    const other = await shown(...mixed(page('cid:other'), picture('Content-ID: <a@x>')));
    expect(kinds(other.body)).toEqual(['html', 'picture']);
  });
});

describe('types that were', () => {
  test('message/partial: which piece it is, and what it holds', async () => {
    const first = await shown(
      'Content-Type: message/partial; id="a@x"; number=1; total=2',
      '',
      'Subject: The whole',
      'Content-Type: text/plain',
      '',
      'begins',
    );
    expect(first.body).toMatchObject([
      {
        kind: 'report',
        report: 'fragment',
        groups: [[{ name: 'id' }, { name: 'number', value: '1' }, { name: 'total', value: '2' }]],
      },
      { kind: 'message', message: { subject: 'The whole', body: [{ kind: 'text' }] } },
    ]);
    const second = await shown(
      'Content-Type: message/partial; id="a@x"; number=2; total=2',
      '',
      'goes on',
    );
    expect(kinds(second.body)).toEqual(['report', 'text']);
    expect(second.text).toContain('goes on');
  });

  test('message/external-body: where the file lies, and no file that is none', async () => {
    const view = await shown(
      'Content-Type: message/external-body; access-type=anon-ftp; site="ftp.x"; name="draft.txt"',
      '',
      'Content-Type: text/plain',
      'Content-ID: <1@x>',
      '',
      '',
    );
    expect(view.body).toMatchObject([
      {
        kind: 'report',
        report: 'elsewhere',
        groups: [
          [{ name: 'access-type', value: 'anon-ftp' }, { value: 'ftp.x' }, { value: 'draft.txt' }],
          [{ name: 'Content-Type' }, { name: 'Content-ID' }],
        ],
      },
    ]);
    expect(view.attachments).toEqual([]);
  });

  test('message/news is a message', async () => {
    const view = await shown(...mixed('Content-Type: message/news\n\nSubject: inside\n\nnews'));
    expect(view.body).toMatchObject([{ kind: 'message', message: { subject: 'inside' } }]);
  });

  test.each(['text/rtf', 'application/rtf', 'text/richtext'])(
    '%s in which there is RTF',
    async (type) => {
      const view = await shown(
        `Content-Type: ${type}`,
        '',
        "{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}Hello \\b all\\b0 .\\par caf\\'e9}",
      );
      expect(view.text).toBe('Hello all.\ncafé');
    },
  );

  test('text/enriched and text/richtext: excerpts are quotes, lines that were kept are', async () => {
    const enriched = await shown(
      'Content-Type: text/enriched',
      '',
      '<excerpt>You wrote',
      '',
      'that</excerpt>',
      '',
      '<nofill>a',
      '  b</nofill>',
      'end',
    );
    expect(enriched.text).toBe('> You wrote\n> that\na\n  b end');
    expect(enriched.body).toMatchObject([{ paragraphs: [{ quote: 1 }, { quote: 0 }] }]);
    const rich = await shown(
      'Content-Type: text/richtext',
      '',
      '<bold>Now</bold> and',
      'then<paragraph>Second</paragraph><comment>no</comment>a<lt>b<nl>c',
    );
    expect(rich.text).toBe('Now and then\nSecond\n\na<b\nc');
  });

  test('HTML that does not say so, and that of AOL', async () => {
    const unsaid = await shown(
      'Subject: x',
      '',
      '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2//EN">',
      '<HTML><body><p>Hello</p></body></HTML>',
    );
    expect([kinds(unsaid.body), unsaid.text]).toEqual([['html'], 'Hello']);
    const said = await shown('Content-Type: text/plain', '', '<html><b>source</b></html>');
    expect(kinds(said.body)).toEqual(['text']);
    const aol = await shown(...mixed('Content-Type: text/x-aol\n\n<HTML><FONT>rich</FONT></HTML>'));
    expect(kinds(aol.body)).toEqual(['html']);
  });
});

/**
 * Goal: a reader shows what there is in a message, also where it is broken or hostile, and the list
 * marks the messages that carry an attachment.
 */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { attachmentsCarried } from '../../../electron/message/attachments-carried.ts';
import { shownMessage } from '../../support/shown-message.ts';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');
const lines = (...parts: string[]): string => `${parts.join('\n')}\n`;

const MIXED = 'Content-Type: multipart/mixed; boundary="b"';
const part = (...header: string[]): string => lines('--b', ...header, '', 'content');
const mixed = (...parts: string[]): string =>
  `${MIXED}\n\n--b\nContent-Type: text/plain\n\nhello\n${parts.join('')}--b--\n`;

describe('a reader shows', () => {
  test('header, text and date', async () => {
    const view = await shownMessage(
      bytes(
        'From: Jo\xe3o <j@x>\nTo: a@b, "C, D" <c@d>\nDate: 4 Aug 2004 10:00 +0200\nX: \t1\n\nhi\n',
      ),
    );
    expect(view).toMatchObject({
      from: [{ name: 'João', address: 'j@x' }],
      to: [
        { name: '', address: 'a@b' },
        { name: 'C, D', address: 'c@d' },
      ],
      date: Date.UTC(2004, 7, 4, 8),
      dateText: '4 Aug 2004 10:00 +0200',
      text: 'hi',
      textFrom: 'plain',
    });
    expect(view.headers.at(-1)).toEqual({ name: 'X', value: '1' });
  });

  test.each([
    ['without a header', '\njust text\n', 'just text'],
    ['without the empty line', 'Subject: x\njust text\n', 'just text'],
    ['in raw Latin-1', 'Subject: x\n\ncaf\xe9\n', 'café'],
    [
      'in undeclared UTF-8',
      'Content-Type: text/plain; charset="us-ascii"\n\ncaf\xc3\xa9\n',
      'café',
    ],
    ['with CR as line end', 'Subject: x\r\rone\rtwo\r', 'one\ntwo'],
    [
      'quoted for mbox',
      'Subject: x\n\n>From here\n>>From there\nx >From\n',
      'From here\n>From there\nx >From',
    ],
    ['whose boundaries are gone', `${MIXED}\n\n<x-html><p>hi</p></x-html>\n`, 'hi'],
    ['with a part never closed', `${MIXED}\n\n--b\n\nhi\n`, 'hi'],
  ])('a message %s', async (_, stored, text) => {
    expect((await shownMessage(bytes(stored))).text).toBe(text);
  });

  test('HTML as text, with links and without pictures and scripts', async () => {
    const html = '<script>x</script><p>Hi <a href="http://x/">you</a><img src="http://y/"></p>';
    const view = await shownMessage(bytes(`Content-Type: text/html\n\n${html}`));
    expect(view).toMatchObject({ text: 'Hi you [http://x/]', textFrom: 'html' });
  });

  test('a message inside a message, and attachments under safe names', async () => {
    const inner = lines('--b', 'Content-Type: message/rfc822', '', 'Subject: inner', '', 'deep');
    const name = 'Content-Disposition: attachment; filename="../../x\u202e.exe"';
    const view = await shownMessage(Buffer.from(mixed(inner, part('Content-Type: a/b', name))));
    expect(view.text).toContain('hello');
    expect(view.text).toContain('Subject: inner\n\ndeep');
    expect(view.attachments).toMatchObject([{ name: 'x.exe', type: 'a/b', bytes: 7 }]);
  });

  test.each([
    ['RFC 2231', "filename*=utf-8''gr%C3%BC%C3%9Fe.txt", 'grüße.txt'],
    [
      'RFC 2231 in pieces',
      "filename*0*=iso-8859-1'de'gr%FC; filename*1=%41; filename*2*=%DFe.txt",
      'gr\u00fc%41\u00dfe.txt',
    ],
    ['RFC 2231 beside the old way', "filename=old.txt; filename*=utf-8''new.txt", 'new.txt'],
    ['encoded words, against every rule', 'filename="=?utf-8?B?Z3LDvMOfZS50eHQ=?="', 'grüße.txt'],
    ['raw bytes', 'filename="gr\xfc\xdfe.txt"', 'grüße.txt'],
    ['no quotes around spaces', 'filename=a long name.txt', 'a long name.txt'],
    ['a charset that cannot be', "filename*=no-such''caf%E9.txt", 'café.txt'],
  ])('the name of a file by %s', async (_, parameter, name) => {
    const view = await shownMessage(
      bytes(mixed(part('Content-Type: a/b', `Content-Disposition: attachment; ${parameter}`))),
    );
    expect(view.attachments.map((one) => one.name)).toEqual([name]);
  });

  test('nothing of an empty message', async () => {
    expect(await shownMessage(bytes(''))).toMatchObject({
      text: '',
      textFrom: 'none',
      headers: [],
    });
  });

  test('something of parts nested deeper than any parser goes', async () => {
    const nest = Array.from({ length: 400 }, (_, depth) =>
      lines(`Content-Type: multipart/mixed; boundary=x${depth}`, '', `--x${depth}`),
    );
    expect((await shownMessage(bytes(`${nest.join('')}\nhi`))).text).toContain('hi');
  });

  test('the first of very many messages inside, and the rest as attachments', async () => {
    const inner = lines('--b', 'Content-Type: message/rfc822', '', 'Subject: inner', '', 'deep');
    const view = await shownMessage(bytes(`${MIXED}\n\n${inner.repeat(800)}`));
    expect(view.text.split('Subject: inner').length - 1).toBe(500);
    expect(view.attachments.length).toBe(300);
  });

  test('messages in messages only so deep, and the rest as an attachment', async () => {
    const nest = 'Content-Type: message/rfc822\n\n'.repeat(51_000);
    const view = await shownMessage(bytes(nest));
    expect(view.text.split('---------- Message ----------').length - 1).toBe(5);
    expect(view.attachments.map(({ name }) => name)).toEqual(['message.eml']);
  });

  test('any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (body) => {
        const view = await shownMessage(Buffer.concat([bytes(`${MIXED}\n\n--b\n`), body]));
        expect(typeof view.text).toBe('string');
      }),
    );
  });
});

describe('the list marks', () => {
  const marked = (stored: string): boolean =>
    attachmentsCarried(bytes(stored), stored.indexOf('\n\n') + 2) !== 0;

  test.each([
    ['a part sent as attachment', mixed(part('Content-Disposition: attachment'))],
    ['a named part', mixed(part('Content-Type: image/png; name=x.png'))],
    ['a name in pieces', mixed(part('Content-Type: a/b;', " name*0*=utf-8''x"))],
    ['a second text with a name', mixed(part('Content-Type: text/plain; name=x.txt'))],
    ['a message that is a document', 'Content-Type: application/pdf\n\nx'],
  ])('%s', (_, stored) => {
    expect(marked(stored)).toBe(true);
    expect(marked(stored.replaceAll('\n', '\r\n').replace('\r\n\r\n', '\n\n'))).toBe(true);
  });

  test.each([
    ['text', 'Subject: x\n\nfilename=x'],
    ['a signature', mixed(part('Content-Type: application/pgp-signature; name=signature.asc'))],
    ['a picture of the HTML', mixed(part('Content-Type: image/png; name=x', 'Content-ID: <1>'))],
    ['text that looks like a part', mixed(lines('', 'Content-Disposition: attachment', ''))],
  ])('not %s', (_, stored) => {
    expect(marked(stored)).toBe(false);
  });

  test('nothing in time that grows with the square of a hostile body', () => {
    const parts = '--b\n'.repeat(1 << 18);
    const before = performance.now();
    expect(marked(`${MIXED}\n\n${parts}`)).toBe(false);
    expect(performance.now() - before).toBeLessThan(5000);
  });
});

/**
 * Goal: what Outlook hid in a `winmail.dat` is there for everybody: its files, and the text where the
 * message has no other. Method: real ones of the corpus, and one made by hand that is cut anywhere.
 */

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { rtfText, uncompressedRtf } from '../../../electron/message/rtf.ts';
import { readTnef } from '../../../electron/message/tnef.ts';
import { openCorpus } from '../../support/corpus.ts';
import { shownMessage } from '../../support/shown-message.ts';

const corpus = openCorpus();

function attribute(id: number, value: Buffer): Buffer {
  const head = Buffer.alloc(9);
  head.writeUInt8(2, 0);
  head.writeUInt32LE(id, 1);
  head.writeUInt32LE(value.length, 5);
  return Buffer.concat([head, value, Buffer.alloc(2)]);
}

const made = Buffer.concat([
  Buffer.from([0x78, 0x9f, 0x3e, 0x22, 1, 0]),
  attribute(0x0002800c, Buffer.from('Hello\0')),
  attribute(0x00069002, Buffer.alloc(14)),
  attribute(0x00018010, Buffer.from('../a.txt\0')),
  attribute(0x0006800f, Buffer.from('content')),
]);

describe('a winmail.dat', () => {
  test('gives its text and its files', async () => {
    expect(readTnef(made)).toMatchObject({ text: 'Hello', files: [{ name: 'a.txt' }] });
    const header = 'Content-Type: application/ms-tnef\nContent-Transfer-Encoding: base64\n\n';
    const view = await shownMessage(Buffer.from(header + made.toString('base64')));
    expect(view.text).toBe('Hello');
    expect(view.attachments).toMatchObject([{ name: 'a.txt', bytes: 7, inside: 'tnef' }]);
  });

  test('gives what is in a message that Outlook forwards in it', () => {
    // PT_OBJECT of PR_ATTACH_DATA_OBJ: how many, how long, the identifier of an interface, the message.
    const forwarded = (message: Buffer, title: string): Buffer => {
      const head = Buffer.alloc(16);
      head.writeUInt32LE(1, 0);
      head.writeUInt32LE(0x3701000d, 4);
      head.writeUInt32LE(1, 8);
      head.writeUInt32LE(16 + message.length, 12);
      return Buffer.concat([
        Buffer.from([0x78, 0x9f, 0x3e, 0x22, 1, 0]),
        attribute(0x0002800c, Buffer.from('See below\0')),
        attribute(0x00069002, Buffer.alloc(14)),
        attribute(0x00018010, Buffer.from(`${title}\0`)),
        attribute(0x00069005, Buffer.concat([head, Buffer.alloc(16), message])),
      ]);
    };
    const names = (tnef: Buffer) =>
      readTnef(tnef)?.files.map(({ name, bytes }) => `${name}: ${bytes}`);
    expect(names(forwarded(made, 'Old news'))).toEqual(['Old news.txt: Hello', 'a.txt: content']);
    expect(names(forwarded(forwarded(made, 'Old news'), 'Fwd'))).toEqual([
      'Fwd.txt: See below',
      'Old news.txt: Hello',
      'a.txt: content',
    ]);
    let deep: Buffer = made;
    for (let depth = 0; depth < 30; depth++) deep = forwarded(deep, `${depth}`);
    expect(names(deep)?.length).toBe(9);
  });

  test('that is cut off anywhere gives what came before', () => {
    for (let length = 0; length < made.length; length++) {
      const read = readTnef(made.subarray(0, length));
      expect(read === null).toBe(length < 6);
    }
  });

  test.skipIf(corpus === null)('of real mail', () => {
    const real = corpus?.expected().filter(({ dialect }) => dialect === 'tnef') ?? [];
    expect(real.length).toBeGreaterThan(0);
    const read = real.map((file) => readTnef(readFileSync(corpus?.pathOf(file.path) ?? '')));
    expect(read.filter((one) => one === null)).toEqual([]);
    const empty = real.filter((_, at) => {
      const one = read[at];
      return !one || (one.files.length === 0 && !one.text && !one.html && !one.rtf);
    });
    // Made to break a parser: its first attribute claims to be longer than the file.
    expect(empty.map(({ path }) => path.split('/').at(-1))).toEqual([
      'ytnef-oob-TNEFVersion-SwapWord',
    ]);
  });
});

test('RTF is read as its text, and as the HTML that was wrapped into it', () => {
  const plain = "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}caf\\'e9\\par \\u8364?x}";
  expect(rtfText(plain)).toEqual({ text: 'café\n€x', is: 'plain' });
  const wrapped =
    '{\\rtf1\\ansi\\fromhtml1 {\\*\\htmltag64 <p>}\\htmlrtf \\par\\htmlrtf0 Hi{\\*\\htmltag72 </p>}}';
  expect(rtfText(wrapped)).toEqual({ text: '<p>Hi</p>', is: 'html' });
  const stored = Buffer.alloc(16);
  stored.writeUInt32LE(0x414c454d, 8);
  expect(uncompressedRtf(Buffer.concat([stored, Buffer.from(plain)]))).toBe(plain);
});

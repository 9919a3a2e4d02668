/**
 * Goal: the bytes of a part are the same in whatever strokes they are asked for, and a message of any
 * length shows its text at once and streams its attachments.
 */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ByteSource, bytesInMemory } from '../../../electron/message/byte-source.ts';
import type { Encoding } from '../../../electron/message/entity.ts';
import { PartBytes } from '../../../electron/message/part-bytes.ts';
import { OpenMessage } from '../../../electron/message/read-message.ts';
import { Structure } from '../../../electron/message/structure.ts';
import { transferDecoder } from '../../../electron/message/transfer-decoder.ts';

/** Decoded in strokes that end where they may. */
function inStrokes(encoded: Buffer, encoding: Encoding, strokes: readonly number[]): Buffer {
  const decoder = transferDecoder(encoding);
  const parts: Buffer[] = [];
  let at = 0;
  for (const length of strokes) {
    parts.push(Buffer.from(decoder.push(encoded.subarray(at, at + length))));
    at += length;
  }
  parts.push(Buffer.from(decoder.push(encoded.subarray(at))), Buffer.from(decoder.end()));
  return Buffer.concat(parts);
}

const decode = (text: string, encoding: Encoding): string =>
  inStrokes(Buffer.from(text, 'latin1'), encoding, []).toString('latin1');

describe('decoding', () => {
  test.each(['identity', 'base64', 'quoted-printable', 'uuencode'] as const)(
    '%s comes to the same in any strokes',
    (encoding) => {
      const piece = fc.constantFrom(
        'YWJj',
        '=',
        '==',
        '\n',
        '\r\n',
        '=41',
        '> ',
        '>From ',
        ' ',
        'begin 644 x\n',
        '#86)C\n',
      );
      fc.assert(
        fc.property(
          fc.array(piece, { maxLength: 60 }),
          fc.array(fc.integer({ min: 1, max: 9 })),
          (pieces, strokes) => {
            const encoded = Buffer.from(pieces.join(''), 'latin1');
            const whole = inStrokes(encoded, encoding, []);
            expect(inStrokes(encoded, encoding, strokes).equals(whole)).toBe(true);
          },
        ),
      );
    },
  );

  test('base64 gives back any bytes, whatever its lines', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 500 }),
        fc.integer({ min: 1, max: 90 }),
        (bytes, width) => {
          const lines = Buffer.from(bytes)
            .toString('base64')
            .match(new RegExp(`.{1,${width}}`, 'g'));
          const encoded = (lines ?? []).join('\r\n');
          expect(Buffer.from(decode(encoded, 'base64'), 'latin1').equals(Buffer.from(bytes))).toBe(
            true,
          );
        },
      ),
    );
  });

  test.each([
    ['base64', 'YWJj\nZGVm\n\n_____\nMy list mailing list\n', 'abcdef'],
    ['base64', 'YWI=\n--\nfooter of a list\n', 'ab'],
    ['base64', 'YWI=\nY2Q=\n', 'abcd'],
    ['base64', 'YWJj', 'abc'],
    ['quoted-printable', 'a=3D=\nb= \nc=zz=', 'a=bc=zz'],
    ['quoted-printable', '>From x', 'From x'],
    ['identity', '>>From x\n >From y', '>From x\n >From y'],
  ] as const)('%s %j', (encoding, encoded, text) => {
    expect(decode(encoded, encoding)).toBe(text);
  });
});

describe('a part', () => {
  test('gives the same bytes from wherever it is asked', async () => {
    const content = Buffer.from(Array.from({ length: 700_000 }, (_, at) => (at * 7) & 0xff));
    const encoded = Buffer.from(content.toString('base64').replace(/.{76}/g, '$&\r\n'));
    const body = { bodyFrom: 0, bodyTo: encoded.length, encoding: 'base64' as const };
    const part = new PartBytes(bytesInMemory(encoded), body);
    for (const from of [0, 10, 650_000, 5, 699_999, 700_000, 900_000]) {
      const { bytes, end } = await part.read(from, 1000);
      expect(bytes.equals(content.subarray(from, from + 1000))).toBe(true);
      expect(end).toBe(from + 1000 >= content.length);
    }
    expect(part.total).toBe(content.length);
  });
});

describe('the structure', () => {
  test('is the same in whatever strokes a message comes', () => {
    const piece = fc.constantFrom(
      '--b',
      '--c',
      '--',
      '\n',
      '\r\n',
      'A: b',
      'Content-Type: multipart/mixed; boundary=c',
      'Content-Type: message/rfc822',
      'text',
      ' ',
    );
    const shape = (strokes: readonly number[], message: Buffer): string => {
      const structure = new Structure();
      let at = 0;
      for (const length of strokes) {
        structure.push(message.subarray(at, at + length));
        at += length;
      }
      structure.push(message.subarray(at));
      return JSON.stringify(structure.end(message.length));
    };
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 60 }),
        fc.array(fc.integer({ min: 1, max: 40 })),
        (pieces, strokes) => {
          const message = Buffer.from(
            `Content-Type: multipart/mixed; boundary=b\n\n${pieces.join('')}`,
          );
          expect(shape(strokes, message)).toBe(shape([], message));
        },
      ),
      { numRuns: 1000 },
    );
  });
});

/** A message of a text and attachments of so many lines, made as it is read. */
function largeMessage(lines: number): ByteSource & { bytesRead: number } {
  const head = Buffer.from(
    'Content-Type: multipart/mixed; boundary=b\n\n--b\n\nHello\n--b\nContent-Type: a/b; name=big.bin\nContent-Transfer-Encoding: base64\n\n',
  );
  const line = Buffer.from(`${'QUJD'.repeat(19)}\n`);
  const tail = Buffer.from('--b\nContent-Type: c/d; name=last.bin\n\nlast\n--b--\n');
  const block = Buffer.concat(Array.from({ length: 4096 }, () => line));
  const length = head.length + lines * line.length + tail.length;
  const tailFrom = length - tail.length;
  return {
    length,
    bytesRead: 0,
    async read(from, wanted) {
      const end = Math.min(length, from + wanted);
      const parts: Buffer[] = [];
      for (let at = from; at < end; at += parts.at(-1)?.length ?? 1) {
        if (at < head.length) parts.push(head.subarray(at, end));
        else if (at >= tailFrom) parts.push(tail.subarray(at - tailFrom, end - tailFrom));
        else {
          const within = (at - head.length) % line.length;
          parts.push(block.subarray(within, within + Math.min(end, tailFrom) - at));
        }
      }
      this.bytesRead += Math.max(0, end - from);
      return Buffer.concat(parts);
    },
  };
}

describe('a message of 1 GiB', () => {
  const lines = Math.floor((1 << 30) / 77);

  test('shows its text at once, and tells that there is more', async () => {
    const source = largeMessage(lines);
    const open = await OpenMessage.open(source);
    const view = await open.view();
    expect(view.body).toMatchObject([{ kind: 'text', paragraphs: [{ text: 'Hello' }] }]);
    expect(view).toMatchObject({
      truncated: true,
      attachments: [{ name: 'big.bin', size: 'at-least' }],
    });
    expect(source.bytesRead).toBeLessThan(40 * 1024 * 1024);
  });

  test('gives the first bytes of an attachment without reading the rest, and the one behind it', async () => {
    const source = largeMessage(lines);
    const open = await OpenMessage.open(source);
    const { attachments } = await open.view();
    const part = await open.part(attachments[0]?.part ?? '');
    expect((await part?.read(0, 6))?.bytes.toString()).toBe('ABCABC');
    expect(source.bytesRead).toBeLessThan(40 * 1024 * 1024);
    const all = await open.attachments();
    expect(all.attachments.map(({ name, bytes }) => [name, bytes])).toEqual([
      ['big.bin', lines * 57],
      ['last.bin', 4],
    ]);
    const last = await open.part(all.attachments[1]?.part ?? '');
    expect((await last?.read(0, 9))?.bytes.toString()).toBe('last');
  });
});

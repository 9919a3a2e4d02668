/**
 * Goal: files of the old Macs come out of their wrappings, in parts of their own and in text.
 * Method: files wrapped here by the letter of RFC 1740 and 1741, whole, damaged, and of any bytes.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binHexFile } from '../../../electron/message/binhex.ts';
import { bytesInMemory } from '../../../electron/message/byte-source.ts';
import { OpenMessage } from '../../../electron/message/read-message.ts';

const ALPHABET = '!"#$%&\'()*+,-012345689@ABCDEFGHIJKLMNPQRSTUVXYZ[`abcdefhijklmpqr';

/** BinHex as Macs wrote it: runs of three and more shortened, lines of 64 letters. */
function binHex(name: string, data: Buffer, resource = Buffer.from('resource')): string {
  const head = Buffer.alloc(1 + name.length + 21);
  head.writeUInt8(name.length, 0);
  head.write(name, 1, 'latin1');
  head.write('TEXTttxt', 2 + name.length, 'latin1');
  head.writeUInt32BE(data.length, 12 + name.length);
  head.writeUInt32BE(resource.length, 16 + name.length);
  const whole = Buffer.concat([head, data, Buffer.alloc(2), resource, Buffer.alloc(2)]);
  const short: number[] = [];
  for (let at = 0; at < whole.length; ) {
    const byte = whole[at] ?? 0;
    let times = 1;
    while (times < 255 && whole[at + times] === byte) times += 1;
    if (byte === 0x90) short.push(0x90, 0);
    else short.push(byte);
    if (times > 3 && byte !== 0x90) short.push(0x90, times);
    at += times > 3 && byte !== 0x90 ? times : 1;
  }
  const bits = short.map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const letters = (bits.match(/.{1,6}/g) ?? [])
    .map((six) => ALPHABET[Number.parseInt(six.padEnd(6, '0'), 2)])
    .join('');
  return `:${letters}:`.replace(/.{64}/g, '$&\n');
}

const BANNER = '(This file must be converted with BinHex 4.0)';

async function read(message: string) {
  const open = await OpenMessage.open(bytesInMemory(Buffer.from(message, 'latin1')));
  const { view, text } = await open.read();
  const contents: string[] = [];
  for (const { part, bytes } of view.attachments) {
    contents.push(
      ((await (await open.part(part))?.read(0, bytes)) ?? { bytes: '' }).bytes.toString(),
    );
  }
  return { view, text: text.text, contents };
}

describe('BinHex', () => {
  it('gives back any bytes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom(0x90, 0, 65), fc.nat(255)), { maxLength: 600 }),
        (bytes) => {
          const data = Buffer.from(bytes);
          const file = binHexFile(Buffer.from(`${BANNER}\n\n${binHex('a', data)}`));
          expect(file?.bytes.equals(data)).toBe(true);
        },
      ),
    );
  });

  it('never throws and never grows beyond bounds', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...ALPHABET, ':', '\n', 'x') }), (text) => {
        binHexFile(Buffer.from(`:${text}`));
      }),
    );
    // Nothing but runs: 2 MB that say they are 250.
    const bomb = binHexFile(Buffer.from(`:${'B*3'.repeat(700_000)}`));
    expect(bomb?.bytes.length ?? 0).toBeLessThan(70 * 1024 * 1024);
  });

  it('is a file of its own in a part', async () => {
    const content = binHex('Notes', Buffer.from('Lunch at noon.\r'));
    const { view, contents } = await read(
      `Content-Type: application/mac-binhex40; name="Notes.hqx"\n\n${BANNER}\n\n${content}\n`,
    );
    expect(view.attachments).toMatchObject([{ name: 'Notes', bytes: 15, inside: 'binhex' }]);
    expect(contents).toEqual(['Lunch at noon.\r']);
  });

  it('is taken out of a text, which goes on behind it', async () => {
    const content = binHex('pic.gif', Buffer.from('GIF89a'));
    const { view, text } = await read(
      `Subject: x\n\nHere it is:\n${BANNER}\n\n${content}\n\nRegards\n`,
    );
    expect(view.attachments).toMatchObject([{ name: 'pic.gif', type: 'image/gif', bytes: 6 }]);
    expect(text).toContain('Here it is:');
    expect(text).toContain('Regards');
    expect(text).not.toContain('BinHex');
  });

  it('that is none stays what it is', async () => {
    const { view, text } = await read(`Subject: x\n\n${BANNER}\nI could not read this.\n`);
    expect(view.attachments).toEqual([]);
    expect(text).toContain('I could not read this.');
    const part = await read('Content-Type: application/mac-binhex40; name=a.hqx\n\nnothing\n');
    expect(part.view.attachments).toMatchObject([{ name: 'a.hqx', inside: 'mime' }]);
  });
});

/** AppleSingle or the head of AppleDouble (RFC 1740 appendix A). */
function apple(magic: number, entries: readonly (readonly [number, Buffer])[]): Buffer {
  const head = Buffer.alloc(26 + entries.length * 12);
  head.writeUInt32BE(magic, 0);
  head.writeUInt32BE(0x00020000, 4);
  head.writeUInt16BE(entries.length, 24);
  let at = head.length;
  for (const [index, [id, content]] of entries.entries()) {
    head.writeUInt32BE(id, 26 + index * 12);
    head.writeUInt32BE(at, 30 + index * 12);
    head.writeUInt32BE(content.length, 34 + index * 12);
    at += content.length;
  }
  return Buffer.concat([head, ...entries.map(([, content]) => content)]);
}

describe('AppleSingle', () => {
  const part = (bytes: Buffer): string =>
    `Content-Type: application/applefile; name="Report"\nContent-Transfer-Encoding: base64\n\n${bytes.toString('base64')}\n`;

  it('gives its data fork under its own name', async () => {
    const single = apple(0x00051600, [
      [3, Buffer.from('Report 1994')],
      [2, Buffer.from('resource')],
      [1, Buffer.from('all is well')],
    ]);
    const { view, contents } = await read(part(single));
    expect(view.attachments).toMatchObject([
      { name: 'Report 1994', bytes: 11, inside: 'applesingle' },
    ]);
    expect(contents).toEqual(['all is well']);
  });

  it('without data, or with places that are not there, stays a file', async () => {
    const double = apple(0x00051607, [[2, Buffer.from('resource')]]);
    const { view } = await read(part(double));
    expect(view.attachments).toMatchObject([{ name: 'Report', inside: 'mime' }]);
    const cut = apple(0x00051600, [[1, Buffer.from('x'.repeat(100))]]).subarray(0, 60);
    const { view: short } = await read(part(cut));
    expect(short.attachments).toMatchObject([{ bytes: 22, inside: 'applesingle' }]);
  });
});

/**
 * Goal: sound is played from wherever a person wants to hear it, that of old mail too. Method: what
 * comes in stretches beside the file that a player would want, put together here in one piece.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesInMemory, type ByteSource } from '../../../electron/message/byte-source.ts';
import { OpenMessage } from '../../../electron/message/read-message.ts';
import { au, wave } from '../../support/sounds.ts';

const BOUNDARY = 'Content-Type: multipart/mixed; boundary=b\n\n--b\n\nHello\n--b\n';

function lines64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/(.{76})/g, '$1\n');
}

const sent = (type: string, encoding: string, body: string): Buffer =>
  Buffer.from(
    `${BOUNDARY}Content-Type: ${type}; name=s\nContent-Transfer-Encoding: ${encoding}\n\n${body}\n--b--\n`,
    'latin1',
  );

async function soundIn(source: ByteSource) {
  const open = await OpenMessage.open(source);
  const { attachments } = await open.attachments();
  const sound = await open.sound(attachments[0]?.part ?? '');
  if (!sound) throw new Error('there is no sound');
  return sound;
}

/** The samples of a WAVE file, and how they are to be played. */
function heard(file: Buffer) {
  expect([file.toString('latin1', 0, 4), file.readUInt32LE(4)]).toEqual(['RIFF', file.length - 8]);
  expect(file.readUInt32LE(40)).toBe(file.length - 44);
  const [format, channels, bits] = [20, 22, 34].map((at) => file.readUInt16LE(at));
  return { format, channels, bits, rate: file.readUInt32LE(24), samples: file.subarray(44) };
}

describe('a sound', () => {
  it.each([
    ['audio/x-wav', 'base64', wave(), wave()],
    ['audio/basic', 'base64', au(), wave()],
    ['application/octet-stream', 'base64', au(), wave()],
  ])(
    'sent as %s in %s is what a browser plays, from any byte on',
    async (type, how, file, played) => {
      const sound = await soundIn(bytesInMemory(sent(type, how, lines64(file))));
      expect(sound.length).toBe(played.length);
      expect((await sound.read(0, sound.length)).equals(played)).toBe(true);
      const place = fc.nat(played.length + 10);
      await fc.assert(
        fc.asyncProperty(place, fc.nat(5000), async (from, length) => {
          const stretch = await sound.read(from, length);
          expect(stretch.equals(played.subarray(from, from + length))).toBe(true);
        }),
        { numRuns: 200 },
      );
    },
  );

  it('that is bare, as the first ones were, is mu-law at 8000 Hz', async () => {
    const samples = Buffer.from([0x00, 0x7f, 0x80, 0xff, 0x12]);
    const sound = await soundIn(bytesInMemory(sent('audio/basic', 'base64', lines64(samples))));
    const { samples: played, ...how } = heard(await sound.read(0, 100));
    expect(how).toEqual({ format: 7, channels: 1, bits: 8, rate: 8000 });
    expect(played.equals(samples)).toBe(true);
  });

  it('of bytes with a sign has them without one', async () => {
    const file = Buffer.concat([au().subarray(0, 24), Buffer.from([0x00, 0x7f, 0x80, 0xff])]);
    file.writeUInt32BE(24, 4);
    file.writeUInt32BE(2, 12);
    const sound = await soundIn(bytesInMemory(sent('audio/basic', 'base64', lines64(file))));
    const { samples, bits } = heard(await sound.read(0, 100));
    expect([bits, [...samples]]).toEqual([8, [0x80, 0xff, 0x00, 0x7f]]);
  });

  it('that says impossible things of itself is given as it is', async () => {
    for (const [at, value] of [
      [4, 0xffffffff],
      [12, 99],
      [20, 0],
      [20, 4_000_000],
    ] as const) {
      const file = au();
      file.writeUInt32BE(value, at);
      const sound = await soundIn(bytesInMemory(sent('audio/basic', 'base64', lines64(file))));
      expect((await sound.read(0, file.length)).equals(file)).toBe(true);
    }
  });

  it('in quoted-printable has its length, too', async () => {
    const text = [...wave().subarray(0, 2000)]
      .map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`)
      .join('')
      .replace(/(.{75})/g, '$1=\n');
    const sound = await soundIn(bytesInMemory(sent('audio/wav', 'quoted-printable', text)));
    expect((await sound.read(0, 9999)).equals(wave().subarray(0, 2000))).toBe(true);
  });
});

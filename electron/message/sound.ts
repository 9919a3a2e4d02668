/**
 * A part of a message as a sound that a browser plays, from any of its bytes on. Imports this folder.
 *
 * Old mail sent sound as `audio/basic`: RFC 2046 has it bare, programs wrote Sun's `.au` files.
 * Browsers read neither, but the same samples behind the head of a WAVE file. Promises: only what is
 * asked for is in memory; as many bytes as were said beforehand, whatever the part turns out to hold.
 */

import type { PartBytes } from './part-bytes.ts';

const AU_MAGIC = 0x2e736e64;
const AU_HEAD_BYTES = 24;
/** RFC 2046 section 4.3: one channel of 8-bit mu-law at 8000 Hz. */
const BASIC = { channels: 1, rate: 8000, encoding: 1, from: 0 } as const;
const CHANNELS_MAX = 8;
/** How WAVE files name the encodings of `.au` files, and the bits of a sample. */
const WAVE_FORMATS: Readonly<Record<number, { readonly format: number; readonly bits: 8 | 16 }>> = {
  1: { format: 7, bits: 8 },
  2: { format: 1, bits: 8 },
  3: { format: 1, bits: 16 },
  27: { format: 6, bits: 8 },
};
const WAVE_HEAD_BYTES = 44;
const WAVE_LENGTH_MAX = 2 ** 32 - 1;
/** Encodings of which the samples stand otherwise in WAVE files. */
const SIGNED_BYTES = 2;
const HIGH_BYTE_FIRST = 3;

export class PlayableSound {
  /** In bytes, as it is played. */
  readonly length: number;
  readonly #part: PartBytes;
  /** What stands before the samples instead of what the part has there. */
  readonly #head: Buffer;
  /** Where the part's samples begin. */
  readonly #from: number;
  readonly #encoding: number;

  private constructor(part: PartBytes, length: number, old: OldSound | null) {
    this.#part = part;
    this.#head = old ? waveHead(old, length - old.from) : Buffer.alloc(0);
    this.#from = old?.from ?? 0;
    this.#encoding = old?.encoding ?? 0;
    this.length = this.#head.length + length - this.#from;
  }

  /**
   * @param type what the part says it is
   * @param length its decoded bytes, known or reckoned
   */
  static async of(part: PartBytes, type: string, length: number): Promise<PlayableSound> {
    const { bytes } = await part.read(0, AU_HEAD_BYTES);
    return new PlayableSound(part, length, oldSound(bytes, type, length));
  }

  /** Bytes from a position on: all that were asked for, or up to the end. */
  async read(from: number, length: number): Promise<Buffer> {
    const end = Math.min(this.length, from + length);
    if (from >= end) return Buffer.alloc(0);
    const head = this.#head.subarray(from, end);
    const first = Math.max(0, from - this.#head.length);
    const last = Math.max(0, end - this.#head.length);
    return Buffer.concat([head, await this.#samples(first, last)]);
  }

  /** Samples from one byte to another; silence behind the end of the part. */
  async #samples(from: number, to: number): Promise<Buffer> {
    if (to <= from) return Buffer.alloc(0);
    // Samples of two bytes change places as a whole.
    const start = from - (from % 2);
    const { bytes } = await this.#part.read(this.#from + start, to + (to % 2) - start);
    const samples = Buffer.alloc(to + (to % 2) - start);
    bytes.copy(samples);
    if (this.#encoding === HIGH_BYTE_FIRST) samples.swap16();
    if (this.#encoding === SIGNED_BYTES) {
      for (let at = 0; at < samples.length; at++) samples[at] = (samples[at] ?? 0) ^ 0x80;
    }
    return samples.subarray(from - start, to - start);
  }
}

/** What an old sound says of its samples, and where they begin. */
interface OldSound {
  readonly from: number;
  readonly encoding: number;
  readonly rate: number;
  readonly channels: number;
}

/** Null if a browser may know it as it is, or nobody does. */
function oldSound(head: Buffer, type: string, length: number): OldSound | null {
  const isAu = head.length >= AU_HEAD_BYTES && head.readUInt32BE(0) === AU_MAGIC;
  if (!isAu && type !== 'audio/basic') return null;
  const told = isAu
    ? {
        from: head.readUInt32BE(4),
        encoding: head.readUInt32BE(12),
        rate: head.readUInt32BE(16),
        channels: head.readUInt32BE(20),
      }
    : BASIC;
  const isPlayable =
    told.encoding in WAVE_FORMATS &&
    told.from <= length &&
    length < WAVE_LENGTH_MAX - WAVE_HEAD_BYTES &&
    told.channels >= 1 &&
    told.channels <= CHANNELS_MAX;
  return isPlayable ? told : null;
}

/** The head of a WAVE file. @param length of its samples, in bytes */
function waveHead({ encoding, channels, rate }: OldSound, length: number): Buffer {
  const { format, bits } = WAVE_FORMATS[encoding] ?? { format: 1, bits: 8 };
  const head = Buffer.alloc(WAVE_HEAD_BYTES);
  const frame = (channels * bits) / 8;
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(head.length - 8 + length, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(format, 20);
  head.writeUInt16LE(channels, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE((rate * frame) % 2 ** 32, 28);
  head.writeUInt16LE(frame, 32);
  head.writeUInt16LE(bits, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(length, 40);
  return head;
}

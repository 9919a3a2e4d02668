/**
 * Sound as a document that plays it: an `<audio>` element of the browser's own and the bytes in its
 * address, for a frame that may do nothing else (electron/main/message-frame.ts).
 *
 * Old mail sent sound as `audio/basic`: RFC 2046 has it bare, programs wrote Sun's `.au` files.
 * Browsers read neither, but the same samples behind the head of a WAVE file.
 */

import { say, spoken } from '../../../shared/language/say.ts';

const AU_MAGIC = 0x2e736e64;
/** RFC 2046 section 4.3: one channel of 8-bit mu-law at 8000 Hz. */
const BASIC = { channels: 1, rate: 8000, encoding: 1, from: 0 } as const;
/** How WAVE files name the encodings of `.au` files, and the bits of a sample. */
const WAVE_FORMATS: Readonly<Record<number, { readonly format: number; readonly bits: 8 | 16 }>> = {
  1: { format: 7, bits: 8 },
  2: { format: 1, bits: 8 },
  3: { format: 1, bits: 16 },
  27: { format: 6, bits: 8 },
};
const WAVE_HEAD_BYTES = 44;

/** Bytes of a sound that a browser can play, as far as we know; what is no old sound is itself. */
export function playable(bytes: Uint8Array, type: string): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isAu = bytes.length >= 24 && view.getUint32(0) === AU_MAGIC;
  if (!isAu && type !== 'audio/basic') return bytes;
  const told = isAu
    ? {
        from: view.getUint32(4),
        encoding: view.getUint32(12),
        rate: view.getUint32(16),
        channels: view.getUint32(20),
      }
    : BASIC;
  const wave = WAVE_FORMATS[told.encoding];
  if (!wave || told.from > bytes.length || told.channels < 1 || told.channels > 8) return bytes;
  const samples = samplesOf(bytes.slice(told.from), told.encoding);
  return waveFile(samples, { ...wave, channels: told.channels, rate: told.rate });
}

/** 16-bit samples stand the other way round in WAVE files, 8-bit linear ones have no sign there. */
function samplesOf(samples: Uint8Array, encoding: number): Uint8Array {
  if (encoding === 2) return samples.map((sample) => sample ^ 0x80);
  if (encoding !== 3) return samples;
  for (let at = 0; at + 1 < samples.length; at += 2) {
    [samples[at], samples[at + 1]] = [samples[at + 1] ?? 0, samples[at] ?? 0];
  }
  return samples;
}

interface Wave {
  readonly format: number;
  readonly bits: number;
  readonly channels: number;
  readonly rate: number;
}

function waveFile(samples: Uint8Array, { format, bits, channels, rate }: Wave): Uint8Array {
  const file = new Uint8Array(WAVE_HEAD_BYTES + samples.length);
  const view = new DataView(file.buffer);
  const frame = (channels * bits) / 8;
  view.setUint32(0, 0x52494646);
  view.setUint32(4, file.length - 8, true);
  view.setUint32(8, 0x57415645);
  view.setUint32(12, 0x666d7420);
  view.setUint32(16, 16, true);
  view.setUint16(20, format, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * frame, true);
  view.setUint16(32, frame, true);
  view.setUint16(34, bits, true);
  view.setUint32(36, 0x64617461);
  view.setUint32(40, samples.length, true);
  file.set(samples, WAVE_HEAD_BYTES);
  return file;
}

/** The document that plays a sound. @param address of its bytes */
export function soundDocument(address: string): string {
  return (
    `<!doctype html><html lang="${spoken().locale}"><head><meta charset="utf-8">` +
    `<title>${say('preview.sound')}</title>` +
    '<style>:root{color-scheme:light dark;background:light-dark(#fff,#191c1b)}' +
    'body{margin:0}audio{display:block;width:100%}</style></head>' +
    `<body><audio controls preload="auto" src="${address}"></audio></body></html>`
  );
}

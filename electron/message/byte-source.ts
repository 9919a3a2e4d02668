/**
 * Where the bytes of a message come from: memory, or a file that is read as it is needed. Imports
 * nothing of ours but header-fields.ts.
 */

import { asBuffer, endsLinesInCr } from './header-fields.ts';

export interface ByteSource {
  readonly length: number;
  /**
   * Bytes from a position on: all that were asked for, or up to the end. They may be shared: whoever
   * gets them must not write into them.
   */
  read(from: number, length: number): Promise<Buffer>;
}

/** A message that lies in memory. */
export function bytesInMemory(bytes: Uint8Array): ByteSource {
  const buffer = asBuffer(bytes);
  return {
    length: buffer.length,
    read: async (from, length) => buffer.subarray(from, from + length),
  };
}

const SAMPLE_BYTES = 64 * 1024;
const LF = 0x0a;
const CR = 0x0d;

/**
 * The same bytes, each in its place, with LF at the end of lines that end in a bare CR, as on the Macs
 * of old: judged by the first line.
 */
export async function withLineFeeds(source: ByteSource): Promise<ByteSource> {
  const sample = await source.read(0, SAMPLE_BYTES);
  if (!endsLinesInCr(sample.toString('latin1'))) return source;
  return {
    length: source.length,
    read: async (from, length) => {
      // One more, to see whether a CR at the end is followed by LF.
      const bytes = Buffer.from(await source.read(from, length + 1));
      for (let at = bytes.indexOf(CR); at >= 0; at = bytes.indexOf(CR, at + 1)) {
        if (bytes[at + 1] !== LF) bytes[at] = LF;
      }
      return bytes.subarray(0, length);
    },
  };
}

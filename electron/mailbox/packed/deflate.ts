/** Deflate (RFC 1951) and gzip around it (RFC 1952), with as many members as there are. */

import { crc32, createInflateRaw, type InflateRaw } from 'node:zlib';
import { errorCode } from '../../../shared/error-code.ts';
import { Damaged, type Input } from './input.ts';

const OUTPUT_BYTES = 64 * 1024;
/** The one way to compress that gzip has. */
const DEFLATED = 8;

/**
 * Expands one deflated stream; `input` stands behind it afterwards. What was expanded before any
 * damage has been given out.
 * @throws Damaged
 */
export async function* inflate(input: Input): AsyncGenerator<Uint8Array> {
  const engine = createInflateRaw({ chunkSize: OUTPUT_BYTES });
  let expanded: Uint8Array[] = [];
  let ended = false;
  let failure: Error | null = null;
  engine.on('data', (bytes: Uint8Array) => expanded.push(bytes));
  engine.on('end', () => {
    ended = true;
  });
  engine.on('error', (error) => {
    failure = error;
  });
  try {
    while (!ended && !failure) {
      const stretch = input.stretch();
      const before = engine.bytesWritten;
      // Of an end that no byte follows it says nothing until it is told that none will.
      if (stretch.length === 0) await finished(engine);
      else await written(engine, stretch);
      input.position -= stretch.length - (engine.bytesWritten - before);
      const some = expanded;
      expanded = [];
      yield* some;
    }
    if (isCutOff(failure)) throw new Damaged('truncated', 'ends in the middle of its data');
    if (failure) throw new Damaged('corrupt', String(failure));
  } finally {
    engine.destroy();
  }
}

/** Settles when a stretch has been worked off, or has failed: then its callback is never called. */
function written(engine: InflateRaw, stretch: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      engine.off('error', done);
      // What it has to say of its end is said after the callback.
      setImmediate(resolve);
    };
    engine.once('error', done);
    engine.write(stretch, done);
  });
}

/** Settles when all has been given out, or it has failed. */
function finished(engine: InflateRaw): Promise<void> {
  return new Promise((resolve) => {
    engine.once('end', resolve);
    engine.once('error', () => resolve());
    engine.end();
  });
}

const isCutOff = (failure: Error | null): boolean => errorCode(failure) === 'Z_BUF_ERROR';

const FLAG_HEADER_CRC = 2;
const FLAG_EXTRA = 4;
const FLAG_NAME = 8;
const FLAG_COMMENT = 16;

/** A person's name or comment is not longer than that. */
const TEXT_BYTES_MAX = 64 * 1024;

/** Expands gzip, all its members one behind the other. @throws Damaged */
export async function* gunzip(input: Input): AsyncGenerator<Uint8Array> {
  do {
    skipHeader(input);
    let sum = 0;
    let length = 0;
    for await (const bytes of inflate(input)) {
      sum = crc32(bytes, sum);
      length += bytes.length;
      yield bytes;
    }
    const trailer = viewOf(input.take(8));
    if (trailer.getUint32(0, true) !== sum || trailer.getUint32(4, true) !== length % 2 ** 32) {
      throw new Damaged('corrupt', 'its checksum does not match');
    }
    skipZeros(input);
    // Whatever else follows is not part of it, as gzip says too.
  } while (isGzip(input.peek(3)));
}

export const isGzip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === DEFLATED;

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function skipHeader(input: Input): void {
  const header = input.take(10);
  if (!isGzip(header)) throw new Damaged('corrupt', 'has no gzip header');
  const flags = header[3] ?? 0;
  if (flags & FLAG_EXTRA) input.take(viewOf(input.take(2)).getUint16(0, true));
  if (flags & FLAG_NAME) skipText(input);
  if (flags & FLAG_COMMENT) skipText(input);
  if (flags & FLAG_HEADER_CRC) input.take(2);
}

function skipText(input: Input): void {
  const end = input.peek(TEXT_BYTES_MAX).indexOf(0);
  if (end < 0) throw new Damaged('corrupt', 'has a name without an end');
  input.take(end + 1);
}

/** Tapes and some programs fill up with zeros. */
function skipZeros(input: Input): void {
  while (!input.ended) {
    const stretch = input.stretch();
    const other = stretch.findIndex((byte) => byte !== 0);
    if (other < 0) continue;
    input.position -= stretch.length - other;
    return;
  }
}

/** What the real programs compress is expanded to the same bytes; damage is always told. */

import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Damaged } from '../../electron/mailbox/packed/input.ts';
import { expand, packingOf, type StreamPacking } from '../../electron/mailbox/packed/packing.ts';
import { PACKINGS } from '../../shared/packing.ts';
import { inputOf } from '../support/packed-bytes.ts';

const STREAMS = PACKINGS.filter((packing) => packing !== 'zip');
type Stream = (typeof STREAMS)[number];

function packed(packing: Stream, bytes: Uint8Array, ...options: readonly string[]): Buffer {
  const input = bytes.length === 0 ? Buffer.alloc(0) : bytes;
  return execFileSync(packing, ['-c', ...options], { input, maxBuffer: 2 ** 30 });
}

async function expanded(packing: StreamPacking, bytes: Uint8Array) {
  const pieces: Buffer[] = [];
  let damage: Damaged['damage'] | 'none' = 'none';
  try {
    for await (const piece of expand(packing, inputOf(bytes))) pieces.push(Buffer.from(piece));
  } catch (error) {
    if (!(error instanceof Damaged)) throw error;
    damage = error.damage;
  }
  return { bytes: Buffer.concat(pieces), damage };
}

/** Not every word the same, not every byte another. */
function text(length: number): Buffer {
  let seed = length + 1;
  const words = Array.from({ length: Math.ceil(length / 5) }, () => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return `word${seed % 5000} `;
  });
  return Buffer.from(words.join('')).subarray(0, length);
}

const sum = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const CASES: Readonly<Record<string, Buffer>> = {
  nothing: Buffer.alloc(0),
  'one byte': Buffer.from('x'),
  text: text(3_000_000),
  'one byte for long': Buffer.alloc(5_000_000, 'a'),
  noise: randomBytes(1_500_000),
  'noise and text': Buffer.concat([randomBytes(70_000), text(200_000), randomBytes(70_000)]),
};

describe.each(STREAMS)('%s', (packing) => {
  it.each(Object.keys(CASES))('expands %s', async (name) => {
    const bytes = CASES[name] ?? Buffer.alloc(0);
    const small = packed(packing, bytes);
    expect(packingOf(small)).toBe(packing);
    const whole = await expanded(packing, small);
    expect(whole.damage).toBe('none');
    expect(sum(whole.bytes)).toBe(sum(bytes));
  });

  it.each(['-1', '-9'])('expands what was packed with %s', async (level) => {
    const bytes = text(2_000_000);
    const whole = await expanded(packing, packed(packing, bytes, level));
    expect([whole.damage, sum(whole.bytes)]).toEqual(['none', sum(bytes)]);
  });

  it('expands several, one behind the other', async () => {
    const parts = [text(100_000), Buffer.alloc(0), text(5), text(400_000)];
    const small = Buffer.concat(parts.map((part) => packed(packing, part)));
    const whole = await expanded(packing, small);
    expect([whole.damage, sum(whole.bytes)]).toEqual(['none', sum(Buffer.concat(parts))]);
  });

  it('gives what stands before a missing end, and says that it is missing', async () => {
    const bytes = Buffer.concat([text(1_900_000), randomBytes(1000)]);
    const small = packed(packing, bytes);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: small.length - 10 }), async (cut) => {
        const some = await expanded(packing, small.subarray(0, small.length - cut));
        expect(some.damage).not.toBe('none');
        expect(bytes.subarray(0, some.bytes.length).equals(some.bytes)).toBe(true);
      }),
      { numRuns: 8 },
    );
  });

  it('never gives out altered bytes as whole', async () => {
    const bytes = text(60_000);
    const small = packed(packing, bytes, ...(packing === 'zstd' ? ['--check'] : []));
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: small.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, change) => {
          const altered = Buffer.from(small);
          altered[at] = (altered[at] ?? 0) ^ change;
          const some = await expanded(packing, altered);
          if (some.damage === 'none') expect(sum(some.bytes)).toBe(sum(bytes));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('ends for any bytes', async () => {
    const small = packed(packing, text(3000));
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.nat(60), async (noise, kept) => {
        await expanded(packing, Buffer.concat([small.subarray(0, kept), noise]));
      }),
      { numRuns: 200 },
    );
  });
});

describe('xz', () => {
  it.each([
    ['--check=none'],
    ['--check=crc32'],
    ['--check=sha256'],
    ['--block-size=100000'],
    ['--lzma2=dict=4KiB,lc=0,lp=2,pb=0'],
    ['--lzma2=dict=64KiB,lc=4,pb=4'],
  ])('expands %s', async (option) => {
    const bytes = Buffer.concat([text(700_000), randomBytes(100_000), text(300_000)]);
    const whole = await expanded('xz', packed('xz', bytes, option));
    expect([whole.damage, sum(whole.bytes)]).toEqual(['none', sum(bytes)]);
  });
});

describe('gzip', () => {
  it('expands a file with a name, and zeros behind it', async () => {
    const named = execFileSync('python3', [
      '-c',
      'import gzip,sys,io\nb=io.BytesIO()\nf=gzip.GzipFile("a name.mbox","wb",fileobj=b)\nf.write(b"From x\\n"*1000)\nf.close()\nsys.stdout.buffer.write(b.getvalue()+bytes(5000))',
    ]);
    const whole = await expanded('gzip', named);
    expect([whole.damage, whole.bytes.length]).toEqual(['none', 7000]);
  });
});

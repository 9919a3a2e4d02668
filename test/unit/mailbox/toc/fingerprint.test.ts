/**
 * Goal: a fingerprint tells messages apart as well as 64 random bits would, and stays what it is
 * when only the empty line at the end of the last message is added. Method: millions of similar
 * messages, every bit of one flipped, and a delivery behind the last message.
 */

import { describe, expect, test } from 'vitest';
import { fingerprintOf } from '../../../../electron/mailbox/toc/fingerprint.ts';
import { messageNumber } from '../../../../shared/units.ts';
import { scanBytes } from '../../../support/scanned.ts';

const MESSAGES = 2_000_000;

function bitsIn(value: number): number {
  let bits = value >>> 0;
  let count = 0;
  for (; bits !== 0; bits &= bits - 1) count += 1;
  return count;
}

describe('fingerprints', () => {
  test.each([
    ['headers', (text: Buffer) => [text, Buffer.from('body')] as const],
    ['bodies', (text: Buffer) => [Buffer.from('From a@b\nSubject: x\n'), text] as const],
  ])('of two million messages that differ by one number in their %s all differ', (_, pieces) => {
    const seen = new BigUint64Array(MESSAGES);
    const text = Buffer.from('From a@b Mon Jan  1 00:00:00 2024\nMessage-ID: <0000000000@x>\n');
    const at = text.indexOf('0000000000');
    let highs = 0;
    for (let number = 0; number < MESSAGES; number++) {
      text.write(String(number).padStart(10, '0'), at, 'latin1');
      const [header, tail] = pieces(text);
      const { high, low } = fingerprintOf(header, tail, 200);
      highs += high / 0xffffffff;
      seen[number] = (BigInt(high) << 32n) | BigInt(low);
    }
    seen.sort();
    let twins = 0;
    for (let at = 1; at < MESSAGES; at++) if (seen[at] === seen[at - 1]) twins += 1;
    expect(twins).toBe(0);
    // Evenly spread: the mean of two million even numbers is a half, give or take 0.001.
    expect(Math.abs(highs / MESSAGES - 0.5)).toBeLessThan(0.001);
  });

  test('change in about half their bits if any bit of the message changes', () => {
    const header = Buffer.from(
      'From a@b Mon Jan  1 00:00:00 2024\nSubject: a subject of some length',
    );
    const tail = Buffer.from('The end of a body that is not a multiple of eight bytes long');
    const before = fingerprintOf(header, tail, 500);
    let changed = 0;
    let flips = 0;
    for (const piece of [header, tail]) {
      for (let bit = 0; bit < piece.length * 8; bit++) {
        const at = bit >> 3;
        const old = piece[at] ?? 0;
        piece[at] = old ^ (1 << (bit & 7));
        const { high, low } = fingerprintOf(header, tail, 500);
        piece[at] = old;
        const bits = bitsIn(high ^ before.high) + bitsIn(low ^ before.low);
        expect(bits).toBeGreaterThan(8);
        changed += bits;
        flips += 1;
      }
    }
    expect(changed / flips).toBeGreaterThan(30);
    expect(changed / flips).toBeLessThan(34);
  });

  test('tell lengths apart, and where the header ends', () => {
    const text = Buffer.from('the same bytes and so on');
    const all = [
      fingerprintOf(text, text, 100),
      fingerprintOf(text, text, 101),
      fingerprintOf(text, text, 100 + 2 ** 33),
      fingerprintOf(text.subarray(1), text, 100),
      fingerprintOf(text.subarray(0, 8), text.subarray(8), 24),
      fingerprintOf(text.subarray(0, 16), text.subarray(16), 24),
    ].map(({ high, low }) => `${high} ${low}`);
    expect(new Set(all).size).toBe(all.length);
  });

  test('keep the end apart: it stays when flags in the header are patched', () => {
    const tail = Buffer.from('the end');
    const one = fingerprintOf(Buffer.from('X-Mozilla-Status: 0001\n'), tail, 60);
    const other = fingerprintOf(Buffer.from('X-Mozilla-Status: 0009\n'), tail, 60);
    expect(other.end).toBe(one.end);
    expect([other.high, other.low]).not.toEqual([one.high, one.low]);
    const long = fingerprintOf(Buffer.from('X-Mozilla-Status: 0009\nX: y\n'), tail, 66);
    expect(long.end).toBe(one.end);
  });
});

const FROM = 'From a@b Mon Jan  1 00:00:00 2024\n';

describe('a message keeps its fingerprint', () => {
  test.each([
    ['with a body', `${FROM}Subject: x\n\nbody\n`],
    ['without one', `${FROM}Subject: x\n`],
    ['of CRLF lines', `${FROM}Subject: x\n\nbody\n`.replaceAll('\n', '\r\n')],
    ['without a last line end', `${FROM}Subject: x\n\nbody`],
    ['long', `${FROM}Subject: x\n\n${'body\n'.repeat(1000)}`],
  ])('when an empty line and a delivery follow: %s', async (_, text) => {
    const alone = (await scanBytes(text)).table.fingerprint(messageNumber(0));
    const lineEnd = text.includes('\r') ? '\r\n' : '\n';
    const ended = text.endsWith('\n') ? text : text + lineEnd;
    const followed = await scanBytes(`${ended}${lineEnd}${FROM}Subject: y\n\n`);
    expect(followed.spans).toHaveLength(2);
    expect(followed.table.fingerprint(messageNumber(0))).toEqual(alone);
  });

  test('that is the one of its pieces', async () => {
    const header = `${FROM}Subject: x`;
    const body = 'body\n'.repeat(1000).trimEnd();
    const { table } = await scanBytes(`${header}\n\n${body}\n\n`);
    const length = header.length + 2 + body.length;
    const pieces = fingerprintOf(Buffer.from(header), Buffer.from(body.slice(-1024)), length);
    expect(table.fingerprint(messageNumber(0))).toEqual(pieces);
  });
});

/**
 * Goal: quoting in pieces is quoting, wherever the pieces end; mboxrd can be taken back exactly.
 * Method: texts made of little but what quoting looks at, cut anywhere, beside a naive reading line
 * by line.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  QuotingStream,
  type Requoting,
  takingBack,
} from '../../../../electron/mailbox/format/quoting-stream.ts';

const text = fc
  .array(fc.constantFrom('>', 'From ', 'From', 'Fro', 'F', ' ', '\n', '\r\n', '\r', 'x', '>>>'), {
    maxLength: 60,
  })
  .map((parts) => parts.join(''));

/** Cuts a text into pieces of the given lengths, again and again. */
function pieces(whole: string, lengths: readonly number[]): Buffer[] {
  const cut: Buffer[] = [];
  for (let at = 0, turn = 0; at < whole.length; turn++) {
    const length = lengths[turn % lengths.length] ?? 1;
    cut.push(Buffer.from(whole.slice(at, at + length), 'latin1'));
    at += length;
  }
  return cut;
}

function streamed(how: Requoting, given: readonly Buffer[]): string {
  const stream = new QuotingStream(how);
  const parts: string[] = [];
  for (const piece of given) {
    for (const part of stream.push(piece)) parts.push(Buffer.from(part).toString('latin1'));
    // Memory that was given may be used again.
    piece.fill(0x21);
  }
  for (const part of stream.end()) parts.push(Buffer.from(part).toString('latin1'));
  return parts.join('');
}

const NAIVE: Readonly<Record<Requoting, (line: string) => string>> = {
  quote: (line) => line.replace(/^(>*From )/, '>$1'),
  'quote-bare': (line) => line.replace(/^(From )/, '>$1'),
  mboxrd: (line) => line.replace(/^>(>*From )/, '$1'),
  mboxo: (line) => line.replace(/^>(From )/, '$1'),
};

const naive = (how: Requoting, whole: string): string =>
  whole
    .split(/(?<=[\r\n])/)
    .map(NAIVE[how])
    .join('');

const lengths = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 5 });
const some = lengths.filter((all) => all.some((length) => length > 0));

describe('quoting in pieces', () => {
  it.each(Object.keys(NAIVE) as Requoting[])('%s is what it is line by line', (how) => {
    fc.assert(
      fc.property(text, some, (whole, cuts) => {
        expect(streamed(how, pieces(whole, cuts))).toBe(naive(how, whole));
      }),
      { numRuns: 3000 },
    );
  });

  it('mboxrd is taken back exactly', () => {
    fc.assert(
      fc.property(text, some, some, (whole, cuts, otherCuts) => {
        const quoted = streamed('quote', pieces(whole, cuts));
        expect(/(^|[\r\n])From /.test(quoted)).toBe(false);
        expect(streamed('mboxrd', pieces(quoted, otherCuts))).toBe(whole);
      }),
      { numRuns: 3000 },
    );
  });

  it('holds back next to nothing of a line of nothing but >', () => {
    const stream = new QuotingStream('mboxo');
    let out = 0;
    for (let at = 0; at < 1000; at++) {
      for (const part of stream.push(Buffer.alloc(1000, '>'))) out += part.length;
      expect((at + 1) * 1000 - out).toBeLessThan(10);
    }
  });

  it('is taken back only where the archive quotes', () => {
    expect(
      ['mboxo', 'mboxrd', 'none', 'content-length', 'unknown'].map((name) =>
        takingBack(name as 'mboxo'),
      ),
    ).toEqual(['mboxo', 'mboxrd', null, null, null]);
  });
});

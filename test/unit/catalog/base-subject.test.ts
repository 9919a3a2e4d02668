/**
 * Goal: subjects that are about the same are known as such, whatever replying and forwarding added.
 * Method: those of RFC 5256 and of real programs; the way byte by byte against the patient way.
 */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { baseSubject, SubjectHash } from '../../../electron/catalog/base-subject.ts';

test('marks of replies, forwards and lists do not count', () => {
  for (const subject of [
    'Lunch on Friday',
    'LUNCH  on friday',
    'Re: Lunch on Friday',
    'RE[2]: Lunch on Friday',
    'Re^3: Lunch on Friday',
    'AW: SV: Antw: Lunch on Friday',
    'Fwd: Fw: Lunch on Friday',
    'Lunch on Friday (fwd)',
    '[Fwd: Lunch on Friday]',
    '[Fwd: Re: Lunch on Friday] (fwd)',
    '[list] Re: [list] Lunch on Friday',
    'Re: [list][other] Lunch on Friday',
  ]) {
    expect(baseSubject(subject).base, subject).toBe('lunch on friday');
  }
});

test('what is left is never nothing where something was said', () => {
  expect(baseSubject('[list]').base).toBe('[list]');
  expect(baseSubject('Re: [list]').base).toBe('[list]');
  expect(baseSubject('Re:').base).toBe('');
  expect(baseSubject('').base).toBe('');
  expect(baseSubject('Reason: none').base).toBe('reason: none');
});

test('it is a reply if something says so', () => {
  for (const subject of ['Re: x', 'AW: x', 'x (fwd)', '[Fwd: x]', '[list] Re: x']) {
    expect(baseSubject(subject).isReply, subject).toBe(true);
  }
  for (const subject of ['x', '[list] x', 'regarding x', 'Note: x']) {
    expect(baseSubject(subject).isReply, subject).toBe(false);
  }
});

test('in memory, byte by byte, two subjects are the same if they have the same base', () => {
  const piece = fc.constantFrom(
    ...[
      'Re: ',
      're:',
      'RE[2]: ',
      'AW: ',
      '[a] ',
      '[',
      ']',
      '(fwd)',
      'x',
      'Y',
      ' ',
      ': ',
      'ä',
      'Ä',
      '[Fwd: ',
    ],
  );
  const subject = fc
    .array(piece, { maxLength: 6 })
    .map((pieces) => pieces.join('').replace(/ +/g, ' ').trim());
  const hash = new SubjectHash();
  const read = (text: string): { key: string; isReply: boolean } => {
    const bytes = Buffer.from(`noise${text}noise`);
    hash.read(bytes, 5, bytes.length - 5);
    return { key: hash.isEmpty ? '' : `${hash.low} ${hash.high}`, isReply: hash.isReply };
  };
  fc.assert(
    fc.property(subject, subject, (one, other) => {
      const [base, otherBase] = [baseSubject(one), baseSubject(other)];
      expect(read(one).key === read(other).key).toBe(base.base === otherBase.base);
      expect(read(one).isReply).toBe(base.isReply);
      expect(read(one).key === '').toBe(base.base === '');
    }),
    { numRuns: 5000 },
  );
});

/** Goal: quoting keeps every line from separating, and mboxrd is taken back exactly (fact 1). */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quote, unquote } from '../../../../electron/mailbox/format/quoting.ts';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const bytes = (content: string): Buffer => Buffer.from(content, 'latin1');

test('one more `>` for every line of `>`s and `From `', () => {
  const body = 'From a\n>From b\n>>From c\nnot From d\n> From e\nFrom\n';
  const quoted = '>From a\n>>From b\n>>>From c\nnot From d\n> From e\nFrom\n';
  expect(text(quote(bytes(body)))).toBe(quoted);
});

test('mboxo takes back one `>` where there is exactly one', () => {
  expect(text(unquote(bytes('>From a\n>>From b\n'), 'mboxo'))).toBe('From a\n>>From b\n');
});

test('other dialects have nothing to take back', () => {
  expect(text(unquote(bytes('>From a\n'), 'content-length'))).toBe('>From a\n');
  expect(text(unquote(bytes('>From a\n'), 'unknown'))).toBe('>From a\n');
});

test('mboxrd is taken back exactly', () => {
  const piece = fc.constantFrom('From ', '>', '\n', '\r\n', '\r', 'x', ' ');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const body = pieces.join('');
      const quoted = text(quote(bytes(body)));
      expect(quoted).not.toMatch(/(?:^|[\r\n])From /);
      expect(text(unquote(bytes(quoted), 'mboxrd'))).toBe(body);
    }),
    { numRuns: 2000 },
  );
});

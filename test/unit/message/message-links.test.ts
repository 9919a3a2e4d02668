/**
 * Goal: the ids by which messages are threaded are found however they were written, and only those.
 * Method: headers as real programs, and broken ones, wrote them; what two headers name is the same if
 * its hash is.
 */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readEnvelope } from '../../../electron/message/envelope.ts';
import { REFERENCES_MAX } from '../../../electron/message/message-links.ts';

/** A hash each: the own id first. */
function linksIn(header: string): string[] {
  const { links } = readEnvelope(Buffer.from(`${header}\n\n`, 'latin1'), 0, 0);
  return Array.from(
    { length: links.length / 2 },
    (_none, at) => `${links[2 * at]} ${links[2 * at + 1]}`,
  );
}

const NONE = '0 0';
const idOf = (id: string): string => linksIn(`Message-ID: <${id}>`)[0] ?? '';
const referred = (header: string): string[] => linksIn(header).slice(1);
const ids = (...some: readonly string[]): string[] => some.map(idOf);

test('Message-ID, References and their order', () => {
  const header = 'Message-ID: <own@x>\nReferences: <first@x> <second@x>\n\t<third@x>';
  expect(linksIn(header)).toEqual(ids('own@x', 'first@x', 'second@x', 'third@x'));
  expect(linksIn('References: <a@x>')).toEqual([NONE, idOf('a@x')]);
  expect(linksIn('Subject: none at all')).toEqual([]);
});

test('an id is the same whether it is quoted, folded, spaced, or without its brackets', () => {
  expect(idOf('"01KF8JCEOCBS0045PS"@xxx.yyy.com')).toBe(idOf('01KF8JCEOCBS0045PS@xxx.yyy.com'));
  expect(referred('References: <a long\r\n  @exam ple.org>')).toEqual(ids('along@example.org'));
  expect(linksIn('Message-ID: bare@x')).toEqual(ids('bare@x'));
  expect(linksIn('Message-ID: junk <own@x> (sent)')).toEqual(ids('own@x'));
  expect(idOf('A@x')).not.toBe(idOf('a@x'));
});

test('prose in In-Reply-To: the first id counts, addresses and comments do not', () => {
  for (const value of [
    'Your message of "Tue, 3 Jan 1995 08:00:00 PST." <id@x>',
    '<id@x> from "Ann" <ann@example.org>',
    '(Your message <no@x>) <id@x>',
    '<Your message of Tuesday> <id@x>',
    'Ann said :( <id@x',
    '<id@x> <later@x>',
  ]) {
    const closed = value.endsWith('<id@x') ? `${value}>` : value;
    expect(referred(`In-Reply-To: ${closed}`), value).toEqual(ids('id@x'));
  }
  expect(referred('In-Reply-To: ann@example.org on Tuesday')).toEqual([]);
});

test('In-Reply-To counts only where there are no references', () => {
  expect(referred('In-Reply-To: <b@x>\nReferences: <a@x>')).toEqual(ids('a@x'));
  expect(referred('In-Reply-To: <b@x>\nReferences: none')).toEqual(ids('b@x'));
});

test('of very many references the first and the last ones are kept', () => {
  const names = Array.from({ length: 5000 }, (_none, at) => `${at}@x`);
  const header = `References: ${names.map((name) => `<${name}>`).join(' ')}`;
  const kept = [names[0] ?? '', ...names.slice(1 - REFERENCES_MAX)];
  expect(referred(header)).toEqual(ids(...kept));
});

test('brackets that are never closed, or empty, name nothing', () => {
  expect(referred('References: <a@x <b@x> <> < > <c@x')).toEqual(ids('b@x'));
});

test('whatever stands there, each name is found once, in linear time', () => {
  const piece = fc.constantFrom('<', '>', '(', ')', '@', 'a', ' ', '"', '\\', '\n ');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const value = pieces.join('');
      const count = referred(`References: ${value}`).length;
      expect(count).toBeLessThanOrEqual((value.match(/>/g) ?? []).length);
    }),
  );
  const begun = performance.now();
  for (const bait of ['<', '(', '<(', '(<', '> <', ')(']) {
    linksIn(`References: ${bait.repeat(100_000)}`);
  }
  expect(performance.now() - begun).toBeLessThan(5000);
});

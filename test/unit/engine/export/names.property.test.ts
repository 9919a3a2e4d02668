/**
 * Goal: whatever a stranger wrote, the names of exported files are safe on every system and are not
 * one name on any. Method: arbitrary subjects, senders and templates, and a list of known traps.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { folded, FreeNames } from '../../../../electron/engine/export/free-names.ts';
import {
  checkTemplate,
  messageName,
  safeName,
} from '../../../../electron/engine/export/message-name.ts';
import type { Row } from '../../../../shared/row.ts';
import { faultsOf } from '../../../support/name-faults.ts';

const ROW = { key: '0123456789abcdef-0123', date: 1e12, from: 'Ann', subject: 'Hello' } as Row;
const rowOf = (subject: string, from = 'Ann', date: number | null = 1e12): Row => ({
  ...ROW,
  subject,
  from,
  date,
});

const TRAPS = [
  'CON',
  'con.',
  'nul .eml',
  'aux.tar.gz',
  'COM1',
  'lpt¹',
  '../../etc/passwd',
  '..\\..\\autoexec.bat',
  '.bashrc',
  '...',
  'report.\u202excod.exe',
  'a\u0000b\r\nc',
  `${'x'.repeat(400)}.`,
  `${'. '.repeat(300)}`,
  '😀'.repeat(200),
  `${'a'.repeat(79)}😀`,
  'C:\\autorun.inf',
  'name.eml:stream',
  '',
];

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.constantFrom(...TRAPS),
  fc.string({
    unit: fc.constantFrom('.', ' ', '/', '\\', ':', '\ud83d', 'A', '\u202e'),
    maxLength: 300,
  }),
);

describe('the name of an exported message', () => {
  it('is safe on every system', () => {
    const template = fc.constantFrom('{date} {from} {subject}', '{subject}', '{from}', '{number}.');
    const ending = fc.constantFrom('.eml', '');
    const date = fc.option(fc.integer({ min: -9e15, max: 9e15 }));
    fc.assert(
      fc.property(template, text, text, date, ending, (words, subject, from, ms, end) => {
        const name = messageName(words, rowOf(subject, from, ms), 7, end);
        expect(faultsOf(name)).toEqual([]);
        expect(name.endsWith(end)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  it.each(TRAPS)('is safe for %j', (trap) => {
    expect(faultsOf(messageName('{subject}', rowOf(trap), 1, '.eml'))).toEqual([]);
    expect(faultsOf(safeName(trap))).toEqual([]);
  });

  it('of an attachment is safe on every system', () => {
    fc.assert(
      fc.property(text, (name) => {
        expect(faultsOf(safeName(name))).toEqual([]);
      }),
      { numRuns: 3000 },
    );
  });

  it('is what the template says', () => {
    const row = rowOf('Re: a/b', 'Ann Lee', Date.UTC(2004, 0, 2, 3, 4));
    expect(messageName('{date} {from} {subject}', row, 1, '.eml')).toBe(
      '2004-01-02 Ann Lee Re a-b.eml',
    );
    expect(messageName('{number}-{time}', row, 12, '.eml')).toBe('000012-03-04.eml');
    expect(messageName('{date} {subject}', rowOf('', '', null), 1, '.eml')).toBe(
      'undated no subject.eml',
    );
    expect(() => checkTemplate('{date} {nonsense}')).toThrow(/\{nonsense\}/);
  });
});

describe('names in one folder', () => {
  it('are never one name, also where case and composition do not count', () => {
    const near = fc.constantFrom(
      'a.eml',
      'A.EML',
      'ä.eml',
      'a\u0308.eml',
      'a (2).eml',
      'straße',
      'STRASSE',
      'K',
      '\u212a',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(near, text.map(safeName)), { maxLength: 60 }), (wanted) => {
        const free = new FreeNames(['A.eml', 'thumbs.db']);
        const names = wanted.map((name) => free.take(name));
        const all = ['A.eml', 'thumbs.db', ...names].map(folded);
        expect(new Set(all).size).toBe(all.length);
        for (const name of names) expect(faultsOf(name)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('are numbered in front of their ending, without a search through all', () => {
    const free = new FreeNames([]);
    expect(['a.eml', 'A.eml', 'a.eml'].map((name) => free.take(name))).toEqual([
      'a.eml',
      'A (2).eml',
      'a (3).eml',
    ]);
    for (let count = 0; count < 100_000; count++) free.take('same.eml');
    expect(free.take('same.eml')).toBe('same (100001).eml');
  });
});

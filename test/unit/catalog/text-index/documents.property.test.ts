/**
 * Goal: which documents hold a word is read rightly from FTS5's own lists, whatever was added, dropped and
 * merged before, and is what SQL answers. Method: a real index whose pages are so small that a list goes
 * over many of them, beside plain sets of words; damage, where SQL is to be asked.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Database, DatabaseError } from '../../../../electron/catalog/database.ts';
import { documentsBySql, documentsOf } from '../../../../electron/catalog/text-index/documents.ts';
import type { Question, WordAsked } from '../../../../electron/catalog/text-index/question.ts';
import { TextDatabase } from '../../../../electron/catalog/text-index/text-database.ts';
import {
  markHolding,
  UnknownFormat,
} from '../../../../electron/catalog/text-index/word-documents.ts';
import { testFolder } from '../../../support/opened-archive.ts';

const WORDS = [
  'a',
  'an',
  'ant',
  'antler',
  'anti_x',
  '京',
  '京都',
  'été',
  'the',
  'them',
  'z9',
  '𠮷野',
];
const COMMON = 'the';
const ABSENT = 'nowhere';
/** The smallest that FTS5 takes is 32 (sqlite.org/fts5.html, section 6.10). */
const PAGE_BYTES = 40;

const documents = fc.array(fc.subarray(WORDS), { minLength: 1, maxLength: 40 });
const act = fc.oneof(
  { arbitrary: documents.map((added) => ({ act: 'add' as const, added })), weight: 4 },
  fc.array(fc.nat(), { maxLength: 12 }).map((dropped) => ({ act: 'drop' as const, dropped })),
  // Of a merge only a part is done.
  fc.integer({ min: 1, max: 12 }).map((pages) => ({ act: 'merge' as const, pages })),
  fc.constant({ act: 'tidy' as const }),
);

const asked: readonly WordAsked[] = [...WORDS, ABSENT].flatMap((token) => [
  { token, match: 'exact' as const },
  { token, match: 'beginning' as const },
]);

const holds = (words: readonly string[], { token, match }: WordAsked): boolean =>
  words.some((word) => (match === 'exact' ? word === token : word.startsWith(token)));

/** An index in a file, and what it holds by document; without those that were dropped. */
class SmallIndex {
  readonly file = path.join(testFolder(), 'small.texts');
  readonly texts: TextDatabase;
  readonly expected = new Map<number, readonly string[]>();
  /** As another process has it. */
  readonly other: Database;
  next = 1;

  constructor() {
    new TextDatabase(this.file, 'archive', 'keeps').close();
    this.other = new Database(this.file);
    this.other.run(`INSERT INTO text (text, rank) VALUES ('pgsz', ${PAGE_BYTES})`);
    this.texts = new TextDatabase(this.file, 'archive', 'keeps');
  }

  /** Documents that hold these words, and the common one. */
  add(added: readonly (readonly string[])[]): void {
    this.texts.claim();
    const words = added.map((of) => Buffer.from([...new Set([...of, COMMON])].join(' ')));
    let end = 0;
    const ends = Uint32Array.from(words, (bytes) => (end += bytes.length));
    const batch = { words: new Uint8Array(Buffer.concat(words)), ends, attachments: [] };
    const first = this.texts.add(new Uint32Array(2 * added.length).fill(7), {
      ...batch,
      textBytes: end,
      cut: 0,
    });
    for (const [at, of] of added.entries()) this.expected.set(first + at, [...of, COMMON]);
    this.next = first + added.length;
    this.texts.commit();
  }

  drop(places: readonly number[]): void {
    this.texts.claim();
    const all = [...this.expected.keys()];
    const dropped = new Set(places.flatMap((place) => all[place % all.length] ?? []));
    this.texts.drop(Uint32Array.from(dropped));
    for (const document of dropped) this.expected.delete(document);
    this.texts.commit();
  }

  /** Those of the documents that are there that were found. */
  left(found: Uint8Array): number[] {
    return [...this.expected.keys()].filter((document) => found[document] === 1);
  }

  holding(words: readonly WordAsked[]): number[] {
    return [...this.expected]
      .filter(([, of]) => words.every((word) => holds(of, word)))
      .map(([document]) => document);
  }

  close(): void {
    this.texts.close();
    this.other.close();
  }
}

function isRight(index: SmallIndex): void {
  for (const word of asked) {
    const expected = index.holding([word]);
    const found = new Uint8Array(index.next);
    // Not by way of SQL: a format that is not known is thrown.
    index.other.reading(() => markHolding(index.other, word, found));
    expect(index.left(found), JSON.stringify(word)).toEqual(expected);
    expect(found[0]).toBe(0);
  }
  for (const words of [asked.slice(0, 2), asked.slice(3, 6), asked.slice(-3)]) {
    const question: Question = { ask: 'words', words, how: 'known' };
    expect(index.left(index.texts.find(question))).toEqual(index.holding(words));
    const bySql = documentsBySql(index.other, question, index.next);
    expect(index.left(bySql)).toEqual(index.holding(words));
    // SQL finds nothing that was dropped.
    expect(bySql.reduce((sum, one) => sum + one, 0)).toBe(index.holding(words).length);
  }
}

test('the documents of a word are those that hold it, after every addition, removal and merge', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 10 }), (acts) => {
      const index = new SmallIndex();
      isRight(index);
      for (const one of acts) {
        if (one.act === 'add') index.add(one.added);
        else if (one.act === 'drop') index.drop(one.dropped);
        else if (one.act === 'tidy') while (index.texts.tidy());
        else {
          index.texts.commit();
          index.other.change("INSERT INTO text (text, rank) VALUES ('merge', ?)", one.pages);
        }
      }
      isRight(index);
      index.close();
    }),
    { numRuns: 40 },
  );
});

/** What is answered, or that SQLite calls it damaged. Nothing else may be thrown. */
function answerOf(act: () => Uint8Array): Uint8Array | 'damaged' {
  try {
    return act();
  } catch (error) {
    expect(error).toBeInstanceOf(DatabaseError);
    return 'damaged';
  }
}

test('of lists that are not as expected SQL is asked, which answers or calls them damaged', () => {
  const index = new SmallIndex();
  index.add(
    Array.from({ length: 60 }, (_none, at) => WORDS.filter((word) => word.length > at % 5)),
  );
  index.add(Array.from({ length: 20 }, () => WORDS));
  const { next } = index;
  const blocks = index.other.rows('SELECT block FROM text_data WHERE id >= 10');
  index.close();
  const whole = readFileSync(index.file);
  const damaged = path.join(testFolder(), 'damaged.texts');
  let notExpected = 0;
  for (const [number, { block }] of blocks.entries()) {
    if (!(block instanceof Uint8Array)) throw new Error('no block');
    const at = whole.indexOf(block);
    const place = at + ((number * 7) % block.length);
    const bytes = Buffer.from(whole).fill(number % 2 === 0 ? 0xff : 0, place, at + block.length);
    writeFileSync(damaged, bytes);
    const database = new Database(damaged);
    for (const word of asked) {
      const question: Question = { ask: 'words', words: [word], how: 'known' };
      const answer = answerOf(() => database.reading(() => documentsOf(database, question, next)));
      try {
        database.reading(() => markHolding(database, word, new Uint8Array(next)));
      } catch (error) {
        expect(error).toBeInstanceOf(UnknownFormat);
        notExpected += 1;
        expect(answer).toEqual(answerOf(() => documentsBySql(database, question, next)));
      }
    }
    database.close();
  }
  expect(notExpected).toBeGreaterThan(50);
});

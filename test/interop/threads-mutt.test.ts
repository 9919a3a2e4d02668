/**
 * Goal: real conversations have the shape that a mail program of thirty years' use gives them. Method:
 * mailing lists of the corpus in mutt and here, by references alone; for each message the one that it
 * stands below.
 */

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openCorpus } from '../support/corpus.ts';
import { type MuttRow, muttThreads } from '../support/mutt-threads.ts';
import type { DrawnMessage } from '../support/naive-threads.ts';
import { testFolder } from '../support/opened-archive.ts';
import { hasPeer } from '../support/peers.ts';
import { readOf } from '../support/real-mail.ts';
import { threaded } from '../support/threaded-envelopes.ts';

const MESSAGES_MAX = 1300;
const LISTS = 6;
const LIMIT_MS = 240_000;

const corpus = openCorpus();

/** For each message the id of the one that it stands below, `none` for the first of a thread. */
function parents(rows: readonly MuttRow[]): string[] {
  const branch: string[] = [];
  return rows.map(({ id, level }) => {
    branch[level] = id;
    return `${id} ${level === 0 ? 'none' : branch[level - 1]}`;
  });
}

/** Answers for the most part, and not every message twice: what becomes of copies is a matter of taste. */
function isTalk(messages: readonly DrawnMessage[]): boolean {
  const ids = new Set(messages.map(({ id }) => id));
  const answers = messages.filter(({ references }) => references.length > 0);
  return ids.size > messages.length * 0.99 && answers.length > messages.length / 2;
}

test.skipIf(!corpus || !hasPeer('mutt') || !hasPeer('tic') || !hasPeer('script'))(
  'messages stand below those that mutt shows them below',
  () => {
    const lists = (corpus?.expected() ?? [])
      .filter(({ path: name, count }) => name.includes('pipermail') && count <= MESSAGES_MAX)
      .sort((one, other) => other.count - one.count);
    let [asked, same, compared] = [0, 0, 0];
    for (const list of lists) {
      if (compared === LISTS) break;
      const bytes = corpus?.bytesOf(list) ?? Buffer.alloc(0);
      const messages = list.messages.map((message) => readOf(bytes, message).drawn);
      if (!isTalk(messages)) continue;
      compared += 1;
      const folder = testFolder();
      const file = path.join(folder, 'list');
      writeFileSync(file, bytes);
      const plain = messages.map((message) => ({ ...message, subject: '' }));
      const ours = threaded(plain).map(([number, level]) => ({
        id: `<${messages[number]?.id ?? ''}>`,
        level,
      }));
      const theirs = muttThreads(file, folder);
      // Where a message begins, readers differ now and then.
      expect(Math.abs(theirs.length - ours.length)).toBeLessThan(ours.length / 100);
      const rest = new Map<string, number>();
      for (const one of parents(theirs)) rest.set(one, (rest.get(one) ?? 0) + 1);
      for (const one of parents(ours)) {
        asked += 1;
        const left = rest.get(one) ?? 0;
        rest.set(one, left - 1);
        if (left > 0) same += 1;
      }
    }
    expect(same / asked).toBeGreaterThan(0.99);
  },
  LIMIT_MS,
);

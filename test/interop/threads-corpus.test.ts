/**
 * Goal: the threads of real mail are those of the published algorithm. Method: every message of the
 * corpus, file by file and all in one list, beside the naive model, which reads the ids with a regular
 * expression from the header's text; the own id beside what Python's email says.
 */

import { expect, test } from 'vitest';
import { Envelopes } from '../../electron/catalog/envelopes.ts';
import { Threading } from '../../electron/catalog/threading.ts';
import { openCorpus } from '../support/corpus.ts';
import { ours } from '../support/naive-threads.ts';
import { plain, type Read, readOf } from '../support/real-mail.ts';
import { listed } from '../support/threaded-envelopes.ts';

const DIALECTS = ['mbox', 'eml', 'eudora'];

/** A hundred thousand messages, with objects. */
const LIMIT_MS = 240_000;

const corpus = openCorpus();

function expectSame(messages: readonly Read[], name: string): number {
  const envelopes = new Envelopes();
  for (const [number, { envelope }] of messages.entries()) envelopes.set(number, envelope, 0);
  const found = listed(Threading.of(envelopes, messages.length));
  const expected = ours(messages.map(({ drawn }) => drawn));
  for (const [at, row] of found.entries()) {
    if (row[0] !== expected[at]?.[0] || row[1] !== expected[at]?.[1]) {
      expect({ name, at, row }).toEqual({ name, at, row: expected[at] });
    }
  }
  return found.filter(([, level]) => level > 0).length;
}

let known: readonly (readonly [name: string, messages: readonly Read[]])[] | null = null;

/** Every message of the corpus, by file. */
function files(): typeof known & object {
  known ??= (corpus?.expected() ?? []).flatMap((file) => {
    const bytes = corpus?.bytesOf(file);
    if (!DIALECTS.includes(file.dialect) || !file.messages?.length || !bytes) return [];
    return [[file.path, file.messages.map((message) => readOf(bytes, message))] as const];
  });
  return known;
}

test.skipIf(!corpus)(
  'the threads of each real mailbox are those of the naive model',
  () => {
    for (const [name, messages] of files()) expectSame(messages, name);
  },
  LIMIT_MS,
);

test.skipIf(!corpus)(
  'so are those of all real mail in one list',
  () => {
    const all = files().flatMap(([, messages]) => messages);
    const answers = expectSame(all, 'all in one');
    expect(all.length).toBeGreaterThan(50_000);
    // Mailing lists are talks.
    expect(answers / all.length).toBeGreaterThan(0.4);
  },
  LIMIT_MS,
);

test.skipIf(!corpus)(
  'own ids are those that Python reads',
  () => {
    const said = (corpus?.expected() ?? []).flatMap((file) =>
      (file.messages ?? []).flatMap(({ message_id }) => message_id ?? []),
    );
    const ours = new Set(files().flatMap(([, messages]) => messages.map(({ drawn }) => drawn.id)));
    const missing = said.filter((id) => plain(id) !== '' && !ours.has(plain(id)));
    expect(missing.length / said.length).toBeLessThan(0.02);
  },
  LIMIT_MS,
);

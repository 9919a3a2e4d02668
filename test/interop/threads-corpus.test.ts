/**
 * Goal: the threads of real mail are those of the published algorithm. Method: every message of the
 * corpus, file by file and all in one list, beside the naive model, which reads the ids with a regular
 * expression from the header's text; the own id beside what Python's email says.
 */

import { expect, test } from 'vitest';
import { Envelopes } from '../../electron/catalog/envelopes.ts';
import { Threading } from '../../electron/catalog/threading.ts';
import { readEnvelope } from '../../electron/message/envelope.ts';
import { latin1, readHeader } from '../../electron/message/header-fields.ts';
import { type ExpectedMessage, openCorpus } from '../support/corpus.ts';
import { type DrawnMessage, ours } from '../support/naive-threads.ts';
import { listed } from '../support/threaded-envelopes.ts';

const HEADER_BYTES = 256 * 1024;
const DIALECTS = ['mbox', 'eml', 'eudora'];
/** As many references of one message are kept as `message-links.ts` says. */
const REFERENCES_MAX = 254;

/** A hundred thousand messages, with objects. */
const LIMIT_MS = 240_000;

const corpus = openCorpus();

interface Read {
  readonly drawn: DrawnMessage;
  readonly envelope: ReturnType<typeof readEnvelope>;
}

const plain = (id: string): string => id.replace(/[\s"<>]/g, '');

function idsIn(value: string): string[] {
  const spoken = value.replace(/\([^)]*\)/g, (comment) =>
    insideId(value, comment) ? comment : ' ',
  );
  return (spoken.match(/<[^<>]*>/g) ?? []).map(plain).filter((id) => id !== '');
}

/** True if what looks like a comment is a part of an id. */
const insideId = (value: string, comment: string): boolean =>
  /<[^<>]*$/.test(value.slice(0, value.indexOf(comment)));

function drawnOf(text: string, { subject, date }: Read['envelope']): DrawnMessage {
  const fields = readHeader(text).fields;
  const value = (name: string): string =>
    fields.find((field) => field.name.toLowerCase() === name)?.value ?? '';
  const own = value('message-id');
  const [id = plain(own)] = idsIn(own);
  const all = idsIn(value('references'));
  const answered = idsIn(value('in-reply-to')).filter((one) => one.includes('@'));
  const references = all.length > 0 ? all : answered.slice(0, 1);
  const kept =
    references.length > REFERENCES_MAX
      ? [references[0] ?? '', ...references.slice(1 - REFERENCES_MAX)]
      : references;
  return { id: id === '' ? null : id, references: kept, subject, date };
}

function readOf(bytes: Buffer, { msg_offset, msg_length, offset }: ExpectedMessage): Read {
  const start = offset ?? msg_offset;
  const stored = bytes.subarray(start, msg_offset + msg_length);
  const text = latin1(stored.subarray(msg_offset - start), 0, HEADER_BYTES);
  const header = readHeader(text);
  const envelope = readEnvelope(stored, msg_offset - start + header.end, msg_offset - start);
  return { drawn: drawnOf(text.slice(0, header.end), envelope), envelope };
}

function expectSame(messages: readonly Read[], name: string): number {
  const envelopes = new Envelopes();
  for (const [number, { envelope }] of messages.entries()) envelopes.set(number, envelope, false);
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

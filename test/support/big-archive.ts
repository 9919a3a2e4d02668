/**
 * An archive of 120 MB whose messages are known without asking the engine: the last parts
 * of the corpus's big mailbox, cut where its oracle says, or without the corpus one that
 * `build/sample/big.mjs` makes, cut at its separators.
 */

import { closeSync, openSync, readSync } from 'node:fs';
// biome-ignore lint/correctness/useImportExtensions: it mistakes the types beside it for the module
import { bigMailbox } from '../../build/sample/big.mjs';
import { type Corpus, openCorpus } from './corpus.ts';

const BYTES_MIN = 120_000_000;
const MADE_MESSAGE_BYTES = 5000;

/** The messages of the archive in order, separator lines included: all of its bytes. */
export type BigArchive = readonly Buffer[];

/** Real mail where there is some, else mail of our own making. */
export function bigArchive(): { readonly name: string; readonly messages: () => BigArchive } {
  const corpus = openCorpus();
  return corpus
    ? { name: 'real mail of 120 MB', messages: () => realMail(corpus) }
    : { name: 'generated mail of 120 MB (no corpus)', messages: madeMail };
}

function realMail(corpus: Corpus): BigArchive {
  const expected = new Map(corpus.expected().map((file) => [file.path, file]));
  const parts = corpus.parts();
  let first = parts.length;
  let bytes = 0;
  while (bytes < BYTES_MIN && first > 0) {
    first -= 1;
    bytes += parts[first]?.length ?? 0;
  }
  const start = parts[first]?.offset ?? 0;
  const all = Buffer.allocUnsafe(bytes);
  const descriptor = openSync(corpus.bigMailbox, 'r');
  readSync(descriptor, all, 0, bytes, start);
  closeSync(descriptor);
  const offsets = parts
    .slice(first)
    .flatMap(({ offset, path }) =>
      (expected.get(path)?.messages ?? []).map((message) => offset - start + message.offset),
    );
  return cutAt(all, offsets);
}

function madeMail(): BigArchive {
  const size = {
    messages: BYTES_MIN / MADE_MESSAGE_BYTES + 1000,
    bytesPerMessage: MADE_MESSAGE_BYTES,
  };
  const all = Buffer.concat([...bigMailbox(size)]);
  const offsets = [0];
  // Every line of its bodies that begins like a separator is quoted.
  for (let at = all.indexOf('\nFrom '); at >= 0; at = all.indexOf('\nFrom ', at + 1)) {
    offsets.push(at + 1);
  }
  return cutAt(all, offsets);
}

function cutAt(all: Buffer, offsets: readonly number[]): BigArchive {
  return offsets.map((offset, at) => all.subarray(offset, offsets[at + 1] ?? all.length));
}

/**
 * Which messages hold a phrase: the index tells which hold its words, those are read. Imports mailbox
 * and this folder.
 *
 * A person waits for the first of them only; the rest is read meanwhile, and who asks again gets more.
 * What was read stays known for the last few phrases, by document, whatever happens to the archive.
 */

import { type MessageNumber, messageNumber } from '../../../shared/units.ts';
import { HOLDS, LACKS, type TextTerm, UNKNOWN } from '../../catalog/query/text-search.ts';
import type { Mailbox } from '../../mailbox/mailbox.ts';
import type { IndexThreads } from './index-threads.ts';
import type { OpenIndex } from './open-index.ts';
import { stretchOf } from './stretch-of.ts';

/** Phrases of which is kept what was read. */
const KEPT_MAX = 8;
/** What is read at once. */
const READ_BYTES = 4 * 1024 * 1024;
const READ_MESSAGES = 512;
/** Nobody waits longer than this for a phrase. */
const WAIT_MS = 250;
const TELL_EVERY_MS = 1000;

const NOT_READ = 0;
const LACKING = 1;
const HOLDING = 2;

type Phrase = Extract<TextTerm, { readonly in: 'text' }>;

interface Known {
  readonly phrase: Phrase;
  /** By document. */
  read: Uint8Array;
}

export interface PhraseParts {
  readonly mailbox: Mailbox;
  readonly threads: IndexThreads;
  readonly index: OpenIndex;
  /** More is known of a phrase that was not known to the end when it was asked for. */
  readonly onRead: () => void;
}

export class PhraseReading {
  readonly #parts: PhraseParts;
  readonly #known = new Map<string, Known>();
  /** What is being read for, and until when it is. */
  #current: { readonly known: Known; readonly done: Promise<void> } | null = null;
  #closing = false;

  constructor(parts: PhraseParts) {
    this.#parts = parts;
  }

  /** Settles when no phrase is being read for. */
  async done(): Promise<void> {
    while (this.#current) await this.#current.done;
  }

  async end(): Promise<void> {
    this.#closing = true;
    await this.#current?.done;
  }

  /**
   * Of documents that hold the words of a phrase, those that hold it.
   * @param fitting by document, 1 if it holds the words
   * @returns by document: HOLDS, LACKS, UNKNOWN if it has not been read yet
   */
  async find(phrase: Phrase, fitting: Uint8Array): Promise<Uint8Array> {
    const known = this.#knownOf(phrase, fitting.length);
    const reading = this.#begin(known, fitting);
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, WAIT_MS);
    });
    await Promise.race([reading, patience]);
    clearTimeout(timer);
    return fitting.map((fits, document) => {
      const read = known.read[document] ?? NOT_READ;
      if (fits === 0 || read === LACKING) return LACKS;
      return read === HOLDING ? HOLDS : UNKNOWN;
    });
  }

  #knownOf(phrase: Phrase, documents: number): Known {
    const name = JSON.stringify([phrase.match, phrase.words]);
    const known = this.#known.get(name) ?? {
      phrase,
      read: new Uint8Array(documents),
    };
    if (known.read.length < documents) {
      const wider = new Uint8Array(documents);
      wider.set(known.read);
      known.read = wider;
    }
    this.#known.delete(name);
    this.#known.set(name, known);
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= KEPT_MAX) break;
      this.#known.delete(oldest);
    }
    return known;
  }

  /** Reads for this phrase, and no longer for another one. */
  #begin(known: Known, fitting: Uint8Array): Promise<void> {
    const before = this.#current;
    const isWanted = (): boolean => this.#current?.known === known && !this.#closing;
    const done = Promise.resolve(before?.done)
      .then(() => this.#read(known, fitting, isWanted))
      .catch(() => undefined)
      .then(() => {
        if (this.#current?.done === done) this.#current = null;
      });
    this.#current = { known, done };
    return done;
  }

  async #read(known: Known, fitting: Uint8Array, isWanted: () => boolean): Promise<void> {
    const { mailbox, threads, index, onRead } = this.#parts;
    const begun = performance.now();
    let told = begun;
    for (let from = 0; isWanted(); ) {
      const loan = await mailbox.lend();
      if (!loan) return;
      const { table, descriptor, isSound, giveBack } = loan;
      const { numbers, next } = this.#unread(known, fitting, from);
      if (numbers.length === 0) {
        giveBack();
        break;
      }
      const format = mailbox.format.name;
      const stretch = stretchOf(table, numbers);
      const documents = numbers.map((number) => index.numbering.documentOf(number));
      const found = await threads
        .holding({ descriptor, format, stretch }, known.phrase)
        .finally(giveBack);
      // The file is another one: who asks again begins again.
      if (!found || !(await isSound())) break;
      for (const [at, document] of documents.entries()) {
        known.read[document] = found[at] === 1 ? HOLDING : LACKING;
      }
      from = next;
      const now = performance.now();
      if (now - begun > WAIT_MS && now - told > TELL_EVERY_MS) {
        told = now;
        onRead();
      }
    }
    if (performance.now() - begun > WAIT_MS && isWanted()) onRead();
  }

  /** The next messages to be read, in the order of the file. */
  #unread(
    known: Known,
    fitting: Uint8Array,
    from: number,
  ): { readonly numbers: readonly MessageNumber[]; readonly next: number } {
    const { mailbox, index } = this.#parts;
    const { table } = mailbox;
    const numbers: MessageNumber[] = [];
    let next = from;
    for (let bytes = 0; next < table.count && numbers.length < READ_MESSAGES; next++) {
      const document = index.numbering.documentOf(next);
      if (fitting[document] !== 1 || known.read[document] !== NOT_READ) continue;
      const number = messageNumber(next);
      bytes += table.length(number);
      if (numbers.length > 0 && bytes > READ_BYTES) break;
      numbers.push(number);
    }
    return { numbers, next };
  }
}

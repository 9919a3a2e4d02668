/**
 * Answers about texts by reading them: those that an index does not know yet, when a person asks for it.
 * It is whom the listing's questions ask. A thread of its own reads, so that nobody else waits meanwhile.
 * What was read stays known for the terms it was read for, until messages get other numbers.
 */

import { MailboxError } from '../../../shared/errors.ts';
import { breath, STEP_ITEMS } from '../../../shared/steps.ts';
import { type MessageNumber, messageNumber } from '../../../shared/units.ts';
import { parse } from '../../catalog/query/parse.ts';
import { termsOf, textTermOf } from '../../catalog/query/query.ts';
import {
  HOLDS,
  LACKS,
  type TextSearch,
  type TextTerm,
  UNKNOWN,
} from '../../catalog/query/text-search.ts';
import { SEARCHABLE_BYTES_MAX } from '../../message/searchable.ts';
import { ReadingThread } from '../indexing/index-threads.ts';
import { stretchOf } from '../indexing/stretch-of.ts';
import { TermsInText } from '../indexing/terms-in-text.ts';
import type { Listing } from './listing.ts';
import { type Messages, storedMessage } from '../messages/stored-message.ts';
import type { Task, Tasks } from '../archive/tasks.ts';

/** Others get their turn after so long. */
const TURN_MS = 8;
/** What is read at once: so that it can be stopped, and shows how far it is. */
const READ_BYTES = 4 * 1024 * 1024;
const READ_MESSAGES = 1024;
/** Answers to so many terms are kept. */
const KEPT_MAX = 16;

export class ReadTexts implements TextSearch {
  readonly #messages: Messages & { readonly tasks: Tasks };
  readonly #listing: Listing;
  /** Asked first; null to read all texts. */
  index: TextSearch | null;
  readonly #thread: ReadingThread | null;
  readonly #answers = new Map<string, Uint8Array>();
  #revision = 0;

  /** @param script the built `text-worker.ts`; null to read on the engine's own thread */
  constructor(
    messages: Messages & { readonly tasks: Tasks },
    listing: Listing,
    index: TextSearch | null,
    script: string | null,
  ) {
    this.#thread = script === null ? null : new ReadingThread(script);
    this.#messages = messages;
    this.#listing = listing;
    this.index = index;
    listing.questions.texts = this;
  }

  /** Ends its thread; whoever reads still ends without an answer. */
  async close(): Promise<void> {
    await this.#thread?.end();
  }

  async find(term: TextTerm, isWanted: () => boolean): Promise<Uint8Array> {
    const known = await this.#indexed(term, isWanted);
    this.#forgetChanged();
    const read = this.#answers.get(nameOf(term));
    if (!read) return known;
    return known.map((said, number) => (said === UNKNOWN ? (read[number] ?? UNKNOWN) : said));
  }

  /** Reads all texts that are not known and that a query asks for, as a task. @throws CANCELLED, IO */
  async readRest(query: string): Promise<void> {
    const terms = termsOf(parse(query).query).flatMap((term) => textTermOf(term) ?? []);
    if (terms.length > 0)
      await this.#messages.tasks.run('search', (task) => this.#read(terms, task));
  }

  async #read(terms: readonly TextTerm[], task: Task): Promise<void> {
    const answers = new Map<TextTerm, Uint8Array>();
    for (const term of terms) answers.set(term, (await this.find(term, () => true)).slice());
    const { count } = this.#listing;
    const { changes } = this.#listing;
    const { revision } = changes;
    const asked: Asked = { terms: [...answers.keys()], answers: [...answers.values()] };
    for (let from = 0; from < count && !task.signal.aborted; ) {
      const { numbers, next } = this.#unread(asked, from, count);
      if (numbers.length > 0 && !(await this.#readAside(asked, numbers))) {
        await this.#readHere(asked, numbers, task);
      }
      this.#progress(task, next);
      await breath();
      from = next;
    }
    this.#forgetChanged();
    // What was read of messages that have changed meanwhile is not believed.
    const until = this.#listing.changes === changes ? changes.since(revision) : 0;
    for (const [term, said] of answers) this.#keep(term, said.subarray(0, Math.min(until, count)));
    if (task.signal.aborted) throw new MailboxError('CANCELLED');
  }

  /** The next messages of which somebody has not answered; some of all are looked through for them. */
  #unread(
    { answers }: Asked,
    from: number,
    count: number,
  ): { readonly numbers: readonly MessageNumber[]; readonly next: number } {
    const { table } = this.#messages.mailbox;
    const end = Math.min(from + STEP_ITEMS, count);
    const numbers: MessageNumber[] = [];
    let next = from;
    for (let bytes = 0; next < end && numbers.length < READ_MESSAGES; next++) {
      if (!answers.some((said) => said[next] === UNKNOWN)) continue;
      const number = messageNumber(next);
      bytes += number < table.count ? table.length(number) : 0;
      if (numbers.length > 0 && bytes > READ_BYTES) break;
      numbers.push(number);
    }
    return { numbers, next };
  }

  /** Has a thread read messages. @returns false if that cannot be, or was of no use */
  async #readAside({ terms, answers }: Asked, numbers: readonly MessageNumber[]): Promise<boolean> {
    const { mailbox } = this.#messages;
    const last = numbers.at(-1) ?? 0;
    const loan = this.#thread && last < mailbox.table.count ? await mailbox.lend() : null;
    if (!loan || !this.#thread) return false;
    const { table, descriptor, giveBack, isSound } = loan;
    if (last >= table.count) {
      giveBack();
      return false;
    }
    const request = { descriptor, format: mailbox.format.name, stretch: stretchOf(table, numbers) };
    const found = await this.#thread.holding(request, terms).finally(giveBack);
    if (!found || !(await isSound())) return false;
    for (const [at, number] of numbers.entries()) {
      const fits = found.subarray(at * terms.length, (at + 1) * terms.length);
      answer(answers, number, (term) => fits[term] === 1);
    }
    return true;
  }

  /** Where no thread can: one by one, each where it is by now. @throws CANCELLED, IO */
  async #readHere(
    { terms, answers }: Asked,
    numbers: readonly MessageNumber[],
    task: Task,
  ): Promise<void> {
    const matching = new TermsInText(terms);
    let turnEnd = performance.now() + TURN_MS;
    for (const number of numbers) {
      if (task.signal.aborted) return;
      const message = await this.#messageAt(number);
      const fits = message ? matching.read(message) : [];
      answer(answers, number, (term) => fits[term] === true);
      this.#progress(task, number);
      if (performance.now() < turnEnd) continue;
      await breath();
      turnEnd = performance.now() + TURN_MS;
    }
  }

  #progress(task: Task, next: number): void {
    const { table, size } = this.#messages.mailbox;
    task.progress(next < table.count ? table.offset(messageNumber(next)) : size, size);
  }

  /** Null if it is gone, or cannot be read: then it holds nothing. */
  async #messageAt(number: number): Promise<Buffer | null> {
    const { mailbox } = this.#messages;
    if (number >= mailbox.table.count) return null;
    try {
      const of = mailbox.keys.keyOf(messageNumber(number));
      const { source, whole } = await storedMessage(this.#messages, of);
      return whole ?? (await source.read(0, SEARCHABLE_BYTES_MAX));
    } catch (error) {
      if (error instanceof MailboxError && error.code === 'GONE') return null;
      throw error;
    }
  }

  async #indexed(term: TextTerm, isWanted: () => boolean): Promise<Uint8Array> {
    const { index } = this;
    if (index) return index.find(term, isWanted);
    return new Uint8Array(this.#listing.count).fill(UNKNOWN);
  }

  #keep(term: TextTerm, said: Uint8Array): void {
    this.#answers.delete(nameOf(term));
    this.#answers.set(nameOf(term), said);
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > KEPT_MAX && oldest !== undefined) this.#answers.delete(oldest);
  }

  /** Answers end where messages have changed since. */
  #forgetChanged(): void {
    const { changes } = this.#listing;
    const from = changes.since(this.#revision);
    this.#revision = changes.revision;
    if (from === Number.POSITIVE_INFINITY) return;
    for (const [name, said] of this.#answers) this.#answers.set(name, said.subarray(0, from));
  }
}

/** Terms, and what is said of each by message. */
interface Asked {
  readonly terms: readonly TextTerm[];
  readonly answers: readonly Uint8Array[];
}

/** A message was read: it answers for those of some terms to which nobody has answered. */
function answer(
  answers: readonly Uint8Array[],
  number: MessageNumber,
  fits: (term: number) => boolean,
): void {
  for (const [term, said] of answers.entries()) {
    if (said[number] === UNKNOWN) said[number] = fits(term) ? HOLDS : LACKS;
  }
}

const nameOf = (term: TextTerm): string => JSON.stringify(term);

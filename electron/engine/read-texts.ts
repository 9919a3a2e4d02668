/**
 * Answers about texts by reading them: those that an index does not know yet, when a person asks for it.
 * It is whom the listing's questions ask. What was read stays known for the terms it was read for, until messages get other numbers.
 */

import { MailboxError } from '../../shared/errors.ts';
import { messageNumber } from '../../shared/units.ts';
import { parse } from '../catalog/query/parse.ts';
import { termsOf, textTermOf } from '../catalog/query/query.ts';
import {
  HOLDS,
  LACKS,
  type TextSearch,
  type TextTerm,
  UNKNOWN,
} from '../catalog/query/text-search.ts';
import { breath } from '../catalog/steps.ts';
import { SEARCHABLE_BYTES_MAX } from '../message/searchable.ts';
import { TermsInText } from './indexing/terms-in-text.ts';
import type { Listing } from './listing.ts';
import { type Messages, storedMessage } from './stored-message.ts';
import type { Task, Tasks } from './tasks.ts';

/** Others get their turn after so long. */
const TURN_MS = 8;
/** Answers to so many terms are kept. */
const KEPT_MAX = 16;

export class ReadTexts implements TextSearch {
  readonly #messages: Messages & { readonly tasks: Tasks };
  readonly #listing: Listing;
  /** Asked first; null to read all texts. */
  index: TextSearch | null;
  readonly #answers = new Map<string, Uint8Array>();
  #revision = 0;

  constructor(
    messages: Messages & { readonly tasks: Tasks },
    listing: Listing,
    index: TextSearch | null,
  ) {
    this.#messages = messages;
    this.#listing = listing;
    this.index = index;
    listing.questions.texts = this;
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
    const { size } = this.#messages.mailbox;
    const { changes } = this.#listing;
    const { revision } = changes;
    const matching = new TermsInText([...answers.keys()]);
    let turnEnd = performance.now() + TURN_MS;
    for (let number = 0; number < count; number++) {
      if (task.signal.aborted || number >= this.#messages.mailbox.table.count) break;
      if (![...answers.values()].some((said) => said[number] === UNKNOWN)) continue;
      await this.#ask(matching, number, [...answers.values()]);
      task.progress(this.#messages.mailbox.table.offset(messageNumber(number)), size);
      if (performance.now() < turnEnd) continue;
      await breath();
      turnEnd = performance.now() + TURN_MS;
    }
    this.#forgetChanged();
    // What was read of messages that have changed meanwhile is not believed.
    const until = this.#listing.changes === changes ? changes.since(revision) : 0;
    for (const [term, said] of answers) this.#keep(term, said.subarray(0, Math.min(until, count)));
    if (task.signal.aborted) throw new MailboxError('CANCELLED');
  }

  /** Reads one message, for those of some terms to which nobody has answered. */
  async #ask(matching: TermsInText, number: number, answers: readonly Uint8Array[]): Promise<void> {
    const message = await this.#messageAt(number);
    const fits = message ? matching.read(message) : [];
    for (const [at, said] of answers.entries()) {
      if (said[number] === UNKNOWN) said[number] = fits[at] ? HOLDS : LACKS;
    }
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

const nameOf = (term: TextTerm): string => JSON.stringify(term);

/**
 * Asks an open index: its answers, by document, become answers by message. Imports catalog, mailbox
 * and this folder. What was asked last is remembered until the index grows.
 */

import { LACKS, type TextTerm, UNKNOWN } from '../../catalog/query/text-search.ts';
import { questionOf } from '../../catalog/text-index/question.ts';
import { IndexError } from './index-threads.ts';
import { type PhraseParts, PhraseReading } from './phrase-reading.ts';

const REMEMBERED_MAX = 8;
/** Another process commits for a moment. */
const BUSY_TRIES = 30;
const BUSY_MS = 100;

export class IndexAsking {
  readonly #parts: PhraseParts;
  readonly #phrases: PhraseReading;
  readonly #remembered = new Map<string, Uint8Array>();

  constructor(parts: PhraseParts) {
    this.#parts = parts;
    this.#phrases = new PhraseReading(parts);
  }

  /** @throws IndexError `damaged`: nothing that it answers is to be believed */
  async find(term: TextTerm, isWanted: () => boolean): Promise<Uint8Array> {
    const { mailbox, index } = this.#parts;
    await index.match();
    const question = questionOf(term);
    const isPhrase = question?.ask === 'words' && question.how === 'read' && term.in === 'text';
    const fitting = question ? await this.#fitting(term, isWanted) : new Uint8Array(0);
    const found =
      fitting && isPhrase && isWanted() ? await this.#phrases.find(term, fitting) : fitting;
    const { numbering } = index;
    const { count } = mailbox.table;
    const answer = new Uint8Array(count).fill(UNKNOWN);
    if (!found) return answer;
    // Nothing fits; but what is not indexed may.
    const last = question ? found.length - 1 : Number.POSITIVE_INFINITY;
    for (let number = 0; number < count; number++) {
      const document = numbering.documentOf(number);
      if (document === 0 || document >= last) continue;
      answer[number] = found[document] ?? LACKS;
    }
    return answer;
  }

  /** Settles when no messages are being read for a phrase. */
  done(): Promise<void> {
    return this.#phrases.done();
  }

  end(): Promise<void> {
    return this.#phrases.end();
  }

  /** By document; null if the index cannot be asked. The last byte is for none of them. */
  async #fitting(term: TextTerm, isWanted: () => boolean): Promise<Uint8Array | null> {
    const { index } = this.#parts;
    const name = JSON.stringify(term);
    const known = this.#remembered.get(name);
    const { next } = index.numbering;
    // Shorter while there are documents that were not committed when it was asked.
    if (known?.length === next + 1) return known;
    const fitting = await this.#ask(term, isWanted);
    if (!fitting) return null;
    this.#remembered.delete(name);
    this.#remembered.set(name, fitting);
    const [oldest] = this.#remembered.keys();
    if (this.#remembered.size > REMEMBERED_MAX && oldest !== undefined) {
      this.#remembered.delete(oldest);
    }
    return fitting;
  }

  async #ask(term: TextTerm, isWanted: () => boolean): Promise<Uint8Array | null> {
    for (let tries = 0; tries < BUSY_TRIES && isWanted(); tries++) {
      try {
        return await this.#parts.threads.find(term);
      } catch (error) {
        if (!(error instanceof IndexError)) return null;
        // Whoever keeps the index makes it anew.
        if (error.reason === 'damaged') throw error;
        if (error.reason !== 'busy') return null;
        await new Promise((resolve) => setTimeout(resolve, BUSY_MS));
      }
    }
    return null;
  }
}

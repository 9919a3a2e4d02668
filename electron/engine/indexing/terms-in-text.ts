/**
 * Which terms of a query are true of what a message says, where the message itself is at hand. Imports
 * message, and the scanner of catalog/text-index: a text has the same words here as in the index.
 */

import type { TextTerm } from '../../catalog/query/text-search.ts';
import { foldedLine } from '../../catalog/query/text-words.ts';
import { PhraseFinder } from '../../catalog/text-index/phrase-finder.ts';
import { WordScanner, type WordSink } from '../../catalog/text-index/word-scanner.ts';
import { readSearchable, type SearchableSink } from '../../message/searchable.ts';

/** What a text tells a sink of words. */
export function wordsInto(
  words: WordSink,
  scanner: WordScanner,
): Omit<SearchableSink, 'attachment'> {
  return {
    bytes: (text) => scanner.bytes(text, words),
    text: (text) => scanner.text(text, words),
    nextText: () => words.nextText(),
  };
}

type AttachmentTerm = Exclude<TextTerm, { readonly in: 'text' }>;

export class TermsInText {
  readonly #scanner = new WordScanner();
  /** For each term. */
  readonly #answers: (() => boolean)[] = [];
  readonly #sink: SearchableSink;

  constructor(terms: readonly TextTerm[]) {
    const finders: PhraseFinder[] = [];
    const attached: ((name: string, type: string) => void)[] = [];
    for (const term of terms) {
      if (term.in === 'text') {
        const finder = new PhraseFinder(term.words, term.match);
        finders.push(finder);
        this.#answers.push(() => finder.end());
      } else {
        let found = false;
        attached.push((name, type) => {
          found ||= isAttached(term, name, type);
        });
        this.#answers.push(() => {
          const was = found;
          found = false;
          return was;
        });
      }
    }
    const words: WordSink = {
      word: (bytes, from, to) => {
        for (const finder of finders) finder.word(bytes, from, to);
      },
      nextText: () => {
        for (const finder of finders) finder.nextText();
      },
    };
    this.#sink = {
      ...wordsInto(words, this.#scanner),
      attachment: (name, type) => {
        for (const look of attached) look(foldedLine(name), type);
      },
    };
  }

  /** @param message without its separator line @returns for each term whether it is true of it */
  read(message: Uint8Array): readonly boolean[] {
    readSearchable(message, this.#sink);
    return this.#answers.map((answer) => answer());
  }
}

/** @param name folded @param type in lower case */
function isAttached(term: AttachmentTerm, name: string, type: string): boolean {
  if (term.in === 'file') return term.words.every((word) => name.includes(word));
  const { type: wanted } = term;
  if (wanted.includes('/')) return type === wanted;
  return type.startsWith(`${wanted}/`) || name.endsWith(`.${wanted}`);
}

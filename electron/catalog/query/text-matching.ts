/**
 * Whether one message's text answers a term, where the text itself is at hand. Imports its neighbours.
 */

import { folded } from '../folding.ts';
import type { TextTerm } from './text-search.ts';
import { textWords } from './text-words.ts';

/** What is searched of a message. */
export interface SearchedText {
  /** The body, and the text attachments, each by itself: no phrase reaches from one into the next. */
  readonly texts: readonly string[];
  readonly files: readonly { readonly name: string; readonly type: string }[];
}

/** A message's text made ready to answer many terms. */
export class TextMatching {
  readonly #words: readonly (readonly string[])[];
  readonly #files: SearchedText['files'];

  constructor({ texts, files }: SearchedText) {
    this.#words = texts.map(textWords);
    this.#files = files.map(({ name, type }) => ({ name: folded(name), type: type.toLowerCase() }));
  }

  fits(term: TextTerm): boolean {
    switch (term.in) {
      case 'text':
        return this.#words.some((words) => standsIn(words, term.words, term.match));
      case 'file':
        return this.#files.some(({ name }) => term.words.every((word) => name.includes(word)));
      case 'type':
        return this.#files.some(
          ({ name, type }) =>
            type === term.type ||
            type.startsWith(`${term.type}/`) ||
            name.endsWith(`.${term.type}`),
        );
    }
  }
}

function standsIn(
  words: readonly string[],
  wanted: readonly string[],
  match: 'beginning' | 'exact',
): boolean {
  const last = wanted.length - 1;
  const fits = (at: number, index: number): boolean => {
    const [word = '', looked = ''] = [words[at + index], wanted[index]];
    return index === last && match === 'beginning' ? word.startsWith(looked) : word === looked;
  };
  for (let at = 0; at + last < words.length; at++) {
    if (wanted.every((_word, index) => fits(at, index))) return true;
  }
  return false;
}

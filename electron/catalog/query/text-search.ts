/**
 * What an index of texts answers, and whoever reads the texts themselves. Imports nothing.
 */

/** What only the text of a message answers. Words are folded (`catalog/folding.ts`). */
export type TextTerm =
  /**
   * One word: begins a word of the body or of a text attachment, or (`exact`) is one. Several words: a
   * phrase, the last word of which only begins with `beginning`. Words as `textWords` gives them.
   */
  | {
      readonly in: 'text';
      readonly words: readonly string[];
      readonly match: 'beginning' | 'exact';
    }
  /** An attachment's name contains these words: each one, anywhere in it. */
  | { readonly in: 'file'; readonly words: readonly string[] }
  /** Media type (`image`, `image/png`) or file ending (`pdf`) of a part, in lower case. */
  | { readonly in: 'type'; readonly type: string };

export const LACKS = 0;
export const HOLDS = 1;
/** Its text is not indexed yet. */
export const UNKNOWN = 2;

/** Answers text terms. One byte a message: HOLDS 1, LACKS 0, UNKNOWN 2 (its text is not indexed yet). */
export interface TextSearch {
  /** @param isWanted asked now and then; if not, whatever is answered is not looked at */
  find(term: TextTerm, isWanted: () => boolean): Promise<Uint8Array>;
}

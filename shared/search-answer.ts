/** What an engine says of a query besides the rows that fit it. */

import { z } from 'zod';

export const hintSchema = z.strictObject({
  /** Which characters of the query are meant. */
  from: z.number(),
  to: z.number(),
  /** One sentence. */
  says: z.string(),
  /** What would be right in their place; empty if that cannot be known. */
  right: z.string(),
});
export type SearchHint = Readonly<z.infer<typeof hintSchema>>;

export const WORD_PLACES = ['from', 'to', 'subject', 'text'] as const;
export type WordPlace = (typeof WORD_PLACES)[number];

const wordsFoundSchema = z.strictObject({
  place: z.enum(WORD_PLACES),
  /** Folded: without case and accents, white space as one space. */
  text: z.string(),
});
export type WordsFound = Readonly<z.infer<typeof wordsFoundSchema>>;

export const searchAnswerSchema = z.strictObject({
  hints: z.array(hintSchema),
  /** Words to be highlighted, and where. */
  words: z.array(wordsFoundSchema),
  /** Messages that are not listed, and may fit: their text is not known yet, or not even their header. */
  unknown: z.number(),
  /** So many messages of all have texts that were searched; all of them if texts have no say. */
  covered: z.number(),
  total: z.number(),
});
export type SearchAnswer = Readonly<z.infer<typeof searchAnswerSchema>>;

/** A search that a person has given a name. */

import { z } from 'zod';
import { QUERY_LENGTH_MAX } from './search-syntax.ts';

export const SAVED_SEARCHES_MAX = 100;

export const savedSearchSchema = z.strictObject({
  name: z.string().min(1).max(100),
  query: z.string().min(1).max(QUERY_LENGTH_MAX),
});
export type SavedSearch = Readonly<z.infer<typeof savedSearchSchema>>;

export const savedSearchesSchema = z.array(savedSearchSchema).max(SAVED_SEARCHES_MAX);

/** The library: folders and files whose archives a person keeps at hand in the sidebar. */

import { z } from 'zod';
import type { ErrorValue } from './errors.ts';
import { FOUND_MAX, foundArchiveSchema, omittedSchema } from './found-archive.ts';

/** More folders and files are not kept. */
export const PLACES_MAX = 500;
/** Of what was left out, no more is told. */
export const OMITTED_MAX = 100;

/** What is remembered of a folder, or a file, of the library. */
export const keptPlaceSchema = z.strictObject({
  path: z.string().min(1),
  name: z.string(),
  kind: z.enum(['folder', 'file']),
  /** When it was last looked through, milliseconds since 1970; null if it never was to its end. */
  looked: z.number().nullable(),
  archives: z.array(foundArchiveSchema).max(FOUND_MAX),
  omitted: z.array(omittedSchema).max(OMITTED_MAX),
});
export type KeptPlace = Readonly<z.infer<typeof keptPlaceSchema>>;

/** A folder that is being looked through. */
export interface Looking {
  /** Where, and how many files were looked at. */
  readonly folder: string;
  readonly files: number;
}

/** A folder, or a file, of the library as it is now. */
export interface LibraryPlace extends KeptPlace {
  /** Null if it is not being looked through. */
  readonly looking: Looking | null;
  /** Paths of its archives at which there is nothing any more. */
  readonly gone: readonly string[];
  /** Why it could not be looked through. */
  readonly error: ErrorValue | null;
}

/** What main tells windows of the library. */
export type LibraryEvent =
  /** It is new, or another than before. */
  | { readonly event: 'place'; readonly place: LibraryPlace }
  | { readonly event: 'removed'; readonly path: string };

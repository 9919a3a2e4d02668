/** Archives found in a folder, and what a search for them left out. */

import { z } from 'zod';
import { FORMATS } from './dialect-report.ts';
import { PACKINGS } from './packing.ts';

/** In one folder, with all that is below, no more are found. */
export const FOUND_MAX = 20_000;

export const foundArchiveSchema = z.strictObject({
  /** By which it is opened. */
  path: z.string(),
  /** As a person would call it. */
  name: z.string(),
  /** The folders it is in, below the one that was searched, as its mail program shows them. */
  place: z.array(z.string()),
  format: z.enum(FORMATS),
  /** How it is compressed; null if it is not. */
  packing: z.enum(PACKINGS).nullable(),
  /** As it lies on the disk. */
  bytes: z.number(),
  /** Null if no catalog knows. */
  messages: z.number().nullable(),
});
export type FoundArchive = Readonly<z.infer<typeof foundArchiveSchema>>;

export const OMISSIONS = ['unreadable', 'other disk', 'too deep', 'too many'] as const;

/** A folder, or a file, that was not looked into, and why. */
export const omittedSchema = z.strictObject({
  path: z.string(),
  why: z.enum(OMISSIONS),
});
export type Omitted = Readonly<z.infer<typeof omittedSchema>>;

/** How far the index of an archive's texts is: what the engine tells and a window shows. */

import { z } from 'zod';

export const indexStateSchema = z.strictObject({
  /**
   * `off`: there is none, and none is made. `waiting`: until the archive itself has been read.
   * `elsewhere`: another process builds it; what it has done is used. `failed`: see `why`.
   */
  state: z.enum(['off', 'waiting', 'building', 'paused', 'elsewhere', 'complete', 'failed']),
  /** Why it failed, a sentence for a person; empty otherwise. */
  why: z.string(),
  /** Messages whose text is indexed, of `total`. */
  covered: z.number(),
  total: z.number(),
  /** Bytes of the archive that still have to be read, and of all of it. */
  bytesLeft: z.number(),
  bytesTotal: z.number(),
  /** What is left will take about so long; null while nobody can tell. */
  secondsLeft: z.number().nullable(),
  /** Bytes of the index on the disk; and about how many they will be when it is complete. */
  bytesOnDisk: z.number(),
  bytesExpected: z.number(),
  /** Bytes of decoded text that the index covers. */
  textBytes: z.number(),
  /** Messages that are so long that only their beginning is indexed. */
  cut: z.number(),
});
export type IndexState = Readonly<z.infer<typeof indexStateSchema>>;

/** What a person can do about it. `resume` begins it where there is none; `drop` removes it. */
export const INDEX_ORDERS = ['pause', 'resume', 'drop'] as const;
export type IndexOrder = (typeof INDEX_ORDERS)[number];

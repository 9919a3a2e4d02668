/** Compressed archives: how, and how far they are expanded. */

import { z } from 'zod';

export const PACKINGS = ['gzip', 'bzip2', 'xz', 'zstd', 'zip'] as const;
/** How a file is compressed. */
export type Packing = (typeof PACKINGS)[number];

export const PACKING_NAMES: Readonly<Record<Packing, string>> = {
  gzip: 'gzip',
  bzip2: 'bzip2',
  xz: 'xz',
  zstd: 'Zstandard',
  zip: 'ZIP',
};

/** Of a ZIP file that holds several archives no more than so many are offered. */
export const ZIP_ENTRIES_MAX = 1000;

/** What of a compressed archive is not there; empty where all of it is. */
export const packedSchema = z.strictObject({
  packing: z.enum(PACKINGS),
  /** Bytes of the file as it lies on the disk, or of its entry in a ZIP file. */
  bytes: z.number(),
  /** Why this is not the whole archive, for a person; empty if it is, or may be yet. */
  incomplete: z.string(),
  /** True if it is not whole because it was more than Mailkeep expands unasked. */
  limited: z.boolean(),
});
export type Packed = Readonly<z.infer<typeof packedSchema>>;

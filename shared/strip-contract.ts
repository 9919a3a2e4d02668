/**
 * The part of the contract by which attachments are taken out of messages, inside the archive: see
 * `contract.ts`.
 */

import { z } from 'zod';
import { exportedSchema, listedSchema } from './export-contract.ts';
import { keySchema } from './reading-contract.ts';

const count = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);
const amount = z.strictObject({ messages: z.number(), bytes: z.number() });

const wanted = {
  /** Smaller attachments stay; in bytes. */
  bytesMin: count,
  /** Pictures that a text shows in its midst. */
  pictures: z.enum(['keep', 'remove']),
};
const wantedSchema = z.strictObject(wanted);
export type StripWanted = Readonly<z.infer<typeof wantedSchema>>;

/** Attachments that are as was asked for and nevertheless left where they are, by why. */
const stayingSchema = z.strictObject({
  /** Signed or encrypted: what they are in must stay as it is. */
  whole: z.number(),
  /**
   * No part of their own: packed into another attachment, or written into a text, other than as whole
   * files in uuencode.
   */
  within: z.number(),
  /** One of several forms of a text; cut off; or a whole message of which Babyl keeps two headers. */
  other: z.number(),
});
export type Staying = Readonly<z.infer<typeof stayingSchema>>;

export const strippableSchema = z.strictObject({
  /** Messages that have something to be taken out, and the bytes that this frees, about. */
  amount,
  attachments: z.number(),
  staying: stayingSchema,
});
export type Strippable = Readonly<z.infer<typeof strippableSchema>>;

export const strippedSchema = z.strictObject({
  /** Messages that were changed, and by how much the archive is shorter. */
  amount,
  attachments: z.number(),
  staying: stayingSchema,
  /** Messages that were changed by others meanwhile, and left alone. */
  conflicts: z.number(),
  /** Where the attachments were saved before; null if they were not. */
  saved: exportedSchema.nullable(),
});
export type Stripped = Readonly<z.infer<typeof strippedSchema>>;

export const stripWindowMethods = {
  /** What could be taken out; nothing is changed. A task that can be cancelled. */
  strippable: {
    params: z.strictObject({ which: listedSchema, ...wanted }),
    result: strippableSchema,
  },
  /**
   * Takes attachments out of messages: a text that names each stands in its place. The messages get
   * new keys, and stand at the end of the archive. READ_ONLY, LOCKED, NO_SPACE, CANCELLED: nothing
   * was changed then.
   */
  strip: {
    params: z.strictObject({
      which: listedSchema,
      ...wanted,
      /** Where to save them first, as main answered when a person chose it; null for nowhere. */
      saveTo: z.string().min(1).max(100).nullable(),
    }),
    result: strippedSchema,
  },
} as const;

export const stripTerminalMethods = {
  /** The same for messages that are named; `saveTo` is a folder, nothing in which is overwritten. */
  strip: {
    params: z.strictObject({
      keys: z.array(keySchema).max(100_000),
      ...wanted,
      saveTo: z.string().min(1).max(32_768).nullable(),
    }),
    result: strippedSchema,
  },
} as const;

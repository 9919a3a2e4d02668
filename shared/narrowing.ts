/**
 * What a list is narrowed to beside its view and its query: chosen in views and charts, each shown
 * above the list, where it can be taken away. Imports nothing of ours.
 */

import { z } from 'zod';
import { ATTACHMENT_KINDS } from './attachment-kinds.ts';

/** No list is narrowed by more at the same time; of each kind there is one. */
export const NARROWINGS_MAX = 8;
/** The name of a group. */
const text = z.string().max(10_000);
/** Milliseconds since 1970, UTC. */
const moment = z.number().min(-8.64e15).max(8.64e15);

export const narrowingSchema = z.discriminatedUnion('by', [
  /** The sender, by the address in lower case, or by the name if there is no address. */
  z.strictObject({ by: z.literal('sender'), text }),
  /** The mailing list, as envelopes name it. */
  z.strictObject({ by: z.literal('list'), text }),
  /** One of the labels of a message. */
  z.strictObject({ by: z.literal('label'), text }),
  /** From the first moment on, to before the second one. */
  z.strictObject({ by: z.literal('dates'), from: moment, to: moment }),
  /** Those of which no date is known. */
  z.strictObject({ by: z.literal('undated') }),
  /** A weekday (0 for Sunday) and an hour of the day, in this computer's time zone, or one of both. */
  z.strictObject({
    by: z.literal('times'),
    weekday: z.number().int().min(0).max(6).nullable(),
    hour: z.number().int().min(0).max(23).nullable(),
  }),
  /** Those that carry an attachment of this kind. */
  z.strictObject({ by: z.literal('attachments'), kind: z.enum(ATTACHMENT_KINDS) }),
  /** Messages that are there more than once, as they were found last; or all of those but one. */
  z.strictObject({ by: z.literal('duplicates'), which: z.enum(['all', 'others']) }),
]);
export type Narrowing = Readonly<z.infer<typeof narrowingSchema>>;

/** What each is about: of two about the same the later one counts. */
export function aspectOf({ by }: Narrowing): string {
  return by === 'undated' ? 'dates' : by;
}

/** With one more; what was about the same goes. */
export function narrowedBy(narrowed: readonly Narrowing[], more: Narrowing): readonly Narrowing[] {
  const others = narrowed.filter((one) => aspectOf(one) !== aspectOf(more));
  return [...others, more].slice(-NARROWINGS_MAX);
}

/** One message as a reader sees it. Everything in it came from strangers. */

import { z } from 'zod';

export const attachmentSchema = z.strictObject({
  name: z.string(),
  type: z.string(),
  bytes: z.number(),
});

export const messageViewSchema = z.strictObject({
  key: z.string(),
  subject: z.string(),
  from: z.string(),
  to: z.string(),
  cc: z.string(),
  /** Milliseconds since 1970, UTC; null where no date can be read. */
  date: z.number().nullable(),
  /** The date as the message states it, zone included; empty if it has none. */
  dateText: z.string(),
  /** Every header field in order, decoded. */
  headers: z.array(z.strictObject({ name: z.string(), value: z.string() })),
  text: z.string(),
  /** Where the text comes from. */
  textFrom: z.enum(['plain', 'html', 'none']),
  attachments: z.array(attachmentSchema),
  bytes: z.number(),
  /** True if the message is so large that only its beginning was decoded. */
  truncated: z.boolean(),
});
export type MessageView = Readonly<z.infer<typeof messageViewSchema>>;
export type Attachment = Readonly<z.infer<typeof attachmentSchema>>;

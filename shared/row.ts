/** A row of the message list, and how the list is arranged. */

import { z } from 'zod';
import { QUERY_LENGTH_MAX } from './search-syntax.ts';
import { NARROWINGS_MAX, narrowingSchema } from './narrowing.ts';

export const COLUMNS = ['position', 'date', 'from', 'to', 'subject', 'bytes'] as const;
/** What a list can be sorted by; `position` is the order of the file itself. */
export type Column = (typeof COLUMNS)[number];

export const VIEWS = [
  'all',
  'attachments',
  'unread',
  'starred',
  'drafts',
  'chats',
  'marked',
  'deleted',
] as const;
/**
 * Which messages a list shows. `marked`: marked here for deletion, still undoable.
 * `deleted`: flagged as deleted inside the file by the program that wrote it. `drafts` and `chats`: also
 * those that Gmail labels so.
 */
export type ViewName = (typeof VIEWS)[number];

export const arrangementSchema = z.strictObject({
  view: z.enum(VIEWS),
  sort: z.enum(COLUMNS),
  direction: z.enum(['ascending', 'descending']),
  /** As `search-syntax.ts` says; empty for every message. */
  query: z.string().max(QUERY_LENGTH_MAX),
  /** Whether answers stand below what they answer; `off` if it is not said. */
  threads: z.enum(['off', 'on']).optional(),
  /** What else every message of the list must be; nothing if it is not said. */
  narrowed: z.array(narrowingSchema).max(NARROWINGS_MAX).readonly().optional(),
});
export type Arrangement = Readonly<z.infer<typeof arrangementSchema>>;

export const flagsSchema = z.strictObject({
  read: z.boolean(),
  answered: z.boolean(),
  starred: z.boolean(),
  draft: z.boolean(),
  deleted: z.boolean(),
});
/** What the archive itself says of a message (Status, X-Status, X-Mozilla-Status). */
export type Flags = Readonly<z.infer<typeof flagsSchema>>;

const amountHidden = z.strictObject({
  messages: z.number(),
  unread: z.number(),
  marked: z.number(),
});

/** Where a message stands in its thread, of those that the list has. */
export const threadPlaceSchema = z.strictObject({
  /** 1 for the first of a thread. */
  level: z.number(),
  /** Which one it is, from 1, of how many right below the same message; of all threads for the first. */
  place: z.number(),
  of: z.number(),
  /** So many rows above stands the message that it is below; 0 for the first of a thread. */
  up: z.number(),
  /** So many are below it, shown or not. */
  below: z.number(),
  state: z.enum(['leaf', 'expanded', 'collapsed']),
  /** What a collapsed message does not show. */
  hidden: amountHidden,
  /** So many messages the whole thread has. */
  size: z.number(),
});
export type ThreadPlace = Readonly<z.infer<typeof threadPlaceSchema>>;

export const rowSchema = z.strictObject({
  key: z.string(),
  /** Place in the file, from 0. */
  position: z.number(),
  /** Milliseconds since 1970, UTC; null where no date can be read. */
  date: z.number().nullable(),
  from: z.string(),
  /** To whom it was sent; of many recipients the first. */
  to: z.string(),
  subject: z.string(),
  bytes: z.number(),
  attachment: z.boolean(),
  flags: flagsSchema,
  marked: z.boolean(),
  selected: z.boolean(),
  /** Only in a list by threads. */
  thread: threadPlaceSchema.optional(),
});
export type Row = Readonly<z.infer<typeof rowSchema>>;

/** What a window asks an engine about the whole of an archive: what is in it, and what fills it. */

import { z } from 'zod';
import { ATTACHMENT_KINDS } from './attachment-kinds.ts';

/** No call is answered with more groups than this. */
export const GROUPS_PER_CALL = 500;

const count = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);
export const amountSchema = z.strictObject({ messages: z.number(), bytes: z.number() });
const amount = amountSchema;
const nothing = z.strictObject({});

export const GROUPINGS = ['sender', 'list', 'label'] as const;
/** What messages are grouped by; one may have several labels. */
export type GroupingName = (typeof GROUPINGS)[number];

const group = z.strictObject({
  /** The address of a sender, in lower case; a mailing list; a label. */
  text: z.string(),
  /** What a person calls it: the name of a sender. */
  label: z.string(),
  ...amount.shape,
});
export type Group = Readonly<z.infer<typeof group>>;

const groupsAsked = z.strictObject({
  by: z.enum(GROUPINGS),
  sort: z.enum(['messages', 'bytes', 'name']),
  /** Only groups whose text holds this, whatever the case and the accents; empty for all. */
  filter: z.string().max(200),
  from: count,
  count: count.max(GROUPS_PER_CALL),
});
export type GroupsAsked = Readonly<z.infer<typeof groupsAsked>>;

const groupsPage = z.strictObject({
  /** Of another version are the pages of another moment. */
  version: z.number(),
  /** So many groups there are, with this filter. */
  total: z.number(),
  groups: z.array(group),
});
export type GroupsPage = Readonly<z.infer<typeof groupsPage>>;

/** A month by its first moment, in this computer's time zone. */
const month = z.strictObject({ start: z.number(), ...amount.shape });

/** The views whose messages envelopes tell, by their names. */
const countedViews = z.strictObject({
  attachments: amount,
  unread: amount,
  starred: amount,
  drafts: amount,
  chats: amount,
  deleted: amount,
});
export type CountedViews = Readonly<z.infer<typeof countedViews>>;

const overview = z.strictObject({
  all: amount,
  undated: amount,
  /** Only months that have messages, oldest first. */
  months: z.array(month),
  /** By weekday (0 for Sunday) times 24 and hour, in this computer's time zone. */
  hours: z.array(amount).length(7 * 24),
  /**
   * Messages that carry attachments of each of `ATTACHMENT_KINDS`, with all their bytes; a message that
   * carries several kinds is in each.
   */
  attachmentKinds: z.array(amount).length(ATTACHMENT_KINDS.length),
  ...countedViews.shape,
});
export type Overview = Readonly<z.infer<typeof overview>>;

export const overviewMethods = {
  /** Messages and bytes by month, for the picture over time, and what each view has. */
  timeline: {
    params: nothing,
    result: z.strictObject({ months: z.array(month), undated: z.number(), views: countedViews }),
  },
  /** What there is, of the envelopes that have been read. */
  overview: { params: nothing, result: overview },
  /** A page of the groups that messages fall into by a text of theirs. */
  groups: { params: groupsAsked, result: groupsPage },
  /**
   * The messages of the list, also those that are collapsed, and what a compaction would free if they
   * were all deleted; `marked` of them are marked already.
   */
  listAmount: {
    params: nothing,
    result: z.strictObject({ generation: z.number(), all: amount, marked: amount }),
  },
  /**
   * Marks all messages of the list, as many as the caller was told. STALE if they are not those of that
   * generation any more: then nothing is marked.
   */
  removeListed: {
    params: z.strictObject({ generation: count, messages: count }),
    result: z.strictObject({ marked: amount }),
  },
} as const;

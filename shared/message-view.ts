/**
 * One message as a reader sees it. Everything in it came from strangers: text and names hold no
 * control characters and no character that turns the direction around, HTML is raw and must be
 * sanitised by whoever shows it, and nothing in it may be believed.
 *
 * `part` names a part of one message, for the methods `part` and `save`. It is a word without a
 * meaning to others, and names the same part as long as the message has its key.
 */

import { z } from 'zod';

/** No more of these is ever sent; what is left out is counted in `omitted`. */
export const VIEW_LIMITS = {
  headers: 2000,
  people: 2000,
  /** Things to show in the body, those of messages inside the message too. */
  shown: 2000,
  attachments: 1000,
  /** Characters of text, all parts together; of HTML as many again. */
  textLength: 2 * 1024 * 1024,
  /** Messages inside of the message, and how deep they are nested. */
  messages: 500,
  messageDepth: 5,
} as const;

const part = z.string();

/** One of an address field. A group without members, such as `undisclosed-recipients`, is a name. */
export const personSchema = z.strictObject({ name: z.string(), address: z.string() });
const people = z.array(personSchema);

export const fieldSchema = z.strictObject({ name: z.string(), value: z.string() });

/** How the bytes of a text were read. */
export const charsetUsedSchema = z.strictObject({
  /** The character set, by a name of `CHARSETS` or one that only old mail uses. */
  name: z.string(),
  /** `guessed`: the message says nothing, or what cannot be. `chosen`: by the caller of `read`. */
  how: z.enum(['declared', 'guessed', 'chosen']),
  /** What the message says; empty if nothing. */
  declared: z.string(),
});

/** `quote`: how often it was quoted. Lines of one paragraph are parted by LF. */
export const paragraphSchema = z.strictObject({ quote: z.number(), text: z.string() });

const textPart = z.strictObject({
  kind: z.literal('text'),
  part,
  /**
   * Neighbours differ in their quoting, or are paragraphs of format=flowed. The marks of quoting are
   * taken off.
   */
  paragraphs: z.array(paragraphSchema),
  /** True if each paragraph is to be wrapped (format=flowed), false if its line ends are the writer's. */
  flowed: z.boolean(),
  charset: charsetUsedSchema,
  /** True if there is more of it than is sent. */
  cut: z.boolean(),
});

/** What HTML may show by `cid:` or by its address; its bytes come from the method `part`. */
export const relatedSchema = z.strictObject({
  part,
  /** Without angle brackets; empty if it has none. */
  contentId: z.string(),
  /** The value of Content-Location; empty if it has none. */
  location: z.string(),
  type: z.string(),
});

const htmlPart = z.strictObject({
  kind: z.literal('html'),
  part,
  /** Decoded, and otherwise as it came. NEVER to be shown without sanitising. */
  html: z.string(),
  related: z.array(relatedSchema),
  charset: charsetUsedSchema,
  cut: z.boolean(),
});

/** A picture that the sender put between the text; also in `attachments`. */
const picturePart = z.strictObject({
  kind: z.literal('picture'),
  part,
  type: z.string(),
  name: z.string(),
  bytes: z.number(),
});

/** A moment in a calendar. */
export const momentSchema = z.strictObject({
  /** Milliseconds since 1970, UTC; null if its zone is unknown or it is the same everywhere. */
  at: z.number().nullable(),
  /** `2024-05-01` or `2024-05-01T10:00:00`, in the zone. */
  local: z.string(),
  /** `UTC`, a name as the calendar states it, or empty for the time of wherever one is. */
  zone: z.string(),
});

const attendeeSchema = z.strictObject({
  name: z.string(),
  address: z.string(),
  /** `required`, `optional`, `chair`, `none`, or what the calendar says. */
  role: z.string(),
  /** `accepted`, `declined`, `tentative`, `needs-action`, ...; empty if it says nothing. */
  answer: z.string(),
});

export const calendarEntrySchema = z.strictObject({
  type: z.enum(['event', 'task', 'journal', 'free-busy']),
  summary: z.string(),
  description: z.string(),
  location: z.string(),
  start: momentSchema.nullable(),
  end: momentSchema.nullable(),
  /** The rule by which it comes again, as RFC 5545 writes it; empty if it does not. */
  recurrence: z.string(),
  organizer: personSchema.nullable(),
  attendees: z.array(attendeeSchema),
  /** `confirmed`, `cancelled`, ...; empty if it says nothing. */
  status: z.string(),
  url: z.string(),
});

const invitationPart = z.strictObject({
  kind: z.literal('invitation'),
  part,
  /** `request`, `reply`, `cancel`, `publish`, ...; empty if it says nothing. */
  method: z.string(),
  entries: z.array(calendarEntrySchema),
  /** Entries that are not sent. */
  omitted: z.number(),
});

export const contactSchema = z.strictObject({
  name: z.string(),
  organization: z.string(),
  title: z.string(),
  /** `kind`: email, phone, address, url, birthday, note, ...; `label`: work, home, cell, ... */
  details: z.array(z.strictObject({ kind: z.string(), label: z.string(), value: z.string() })),
});

const contactsPart = z.strictObject({
  kind: z.literal('contacts'),
  part,
  contacts: z.array(contactSchema),
  omitted: z.number(),
});

/**
 * What a machine says became of a message, its own words to people being a text beside it; which piece
 * of a message this is (`fragment`); where a file lies that was not sent (`elsewhere`).
 */
const reportPart = z.strictObject({
  kind: z.literal('report'),
  part,
  report: z.enum(['delivery', 'reading', 'feedback', 'fragment', 'elsewhere']),
  /** The fields about the message, then those about each recipient; what is stated of it. */
  groups: z.array(z.array(fieldSchema)),
  omitted: z.number(),
});

/** What cannot be read without a key; its parts are in `attachments`. */
const encryptedPart = z.strictObject({
  kind: z.literal('encrypted'),
  part,
  with: z.enum(['openpgp', 'smime', 'other']),
});

export type Person = Readonly<z.infer<typeof personSchema>>;
export type Field = Readonly<z.infer<typeof fieldSchema>>;
export type CharsetUsed = Readonly<z.infer<typeof charsetUsedSchema>>;
export type Paragraph = Readonly<z.infer<typeof paragraphSchema>>;
export type Related = Readonly<z.infer<typeof relatedSchema>>;
export type Moment = Readonly<z.infer<typeof momentSchema>>;
export type CalendarEntry = Readonly<z.infer<typeof calendarEntrySchema>>;
export type Contact = Readonly<z.infer<typeof contactSchema>>;
export type TextPart = Readonly<z.infer<typeof textPart>>;
export type HtmlPart = Readonly<z.infer<typeof htmlPart>>;
export type PicturePart = Readonly<z.infer<typeof picturePart>>;
export type InvitationPart = Readonly<z.infer<typeof invitationPart>>;
export type ContactsPart = Readonly<z.infer<typeof contactsPart>>;
export type ReportPart = Readonly<z.infer<typeof reportPart>>;
export type EncryptedPart = Readonly<z.infer<typeof encryptedPart>>;

/** One text in several forms (multipart/alternative), the plainest first: one of them is to be shown. */
export interface AlternativesPart {
  readonly kind: 'alternatives';
  readonly part: string;
  /** `type`: `text/plain`, `text/html`, `text/calendar`, ...: what its first text is. */
  readonly choices: { readonly type: string; readonly body: BodyPart[] }[];
}

/** A message inside the message, forwarded or in a digest. */
export interface MessagePart {
  readonly kind: 'message';
  readonly part: string;
  readonly message: Letter;
}

/** What is to be shown, one below the other. */
export type BodyPart =
  | TextPart
  | HtmlPart
  | PicturePart
  | InvitationPart
  | ContactsPart
  | ReportPart
  | EncryptedPart
  | AlternativesPart
  | MessagePart;

const body = z.array(z.lazy((): z.ZodType<BodyPart> => bodyPartSchema));

/** A message, the outer one or one inside of it. */
const letterSchema = z.strictObject({
  subject: z.string(),
  from: people,
  /** Who sent it for those in `from`; empty if it says nothing. */
  sender: people,
  replyTo: people,
  to: people,
  cc: people,
  bcc: people,
  /** Milliseconds since 1970, UTC; null where no date can be read. */
  date: z.number().nullable(),
  /** Where the date comes from. A line of an archive's own is the last resort. */
  dateFrom: z.enum(['header', 'received', 'separator', 'none']),
  /** The date as the message states it, zone included; empty if it has none. */
  dateText: z.string(),
  /** How far the writer's clock was from UTC, in minutes; null if the date does not say. */
  zoneMinutes: z.number().nullable(),
  /** Every header field in order, decoded. */
  headers: z.array(fieldSchema),
  body,
});
export type Letter = Readonly<z.infer<typeof letterSchema>>;

const bodyPartSchema: z.ZodType<BodyPart> = z.discriminatedUnion('kind', [
  textPart,
  htmlPart,
  picturePart,
  invitationPart,
  contactsPart,
  reportPart,
  encryptedPart,
  z.strictObject({
    kind: z.literal('alternatives'),
    part,
    choices: z.array(z.strictObject({ type: z.string(), body })),
  }),
  z.strictObject({
    kind: z.literal('message'),
    part,
    message: z.lazy((): z.ZodType<Letter> => letterSchema),
  }),
]);

export const attachmentSchema = z.strictObject({
  part,
  /** To show and to save under: no path, never empty. */
  name: z.string(),
  type: z.string(),
  /** Its size when decoded. */
  bytes: z.number(),
  /** `about`: reckoned, not decoded. `at-least`: its end was not looked for yet. */
  size: z.enum(['exact', 'about', 'at-least']),
  disposition: z.enum(['attachment', 'inline', 'none']),
  /** Without angle brackets; empty if it has none. */
  contentId: z.string(),
  /** What it was taken out of. */
  inside: z.enum(['mime', 'uuencode', 'yenc', 'binhex', 'applesingle', 'tnef']),
  /** True if it makes no sense without a key. */
  encrypted: z.boolean(),
});

/** What the message says of itself. Nothing was verified. */
export const protectionSchema = z.strictObject({
  part,
  state: z.enum(['signed', 'encrypted']),
  with: z.enum(['openpgp', 'smime', 'other']),
});

export const messageViewSchema = z.strictObject({
  ...letterSchema.shape,
  key: z.string(),
  /** Of the message as stored. */
  bytes: z.number(),
  /** Those of messages inside of it too, in their order. */
  attachments: z.array(attachmentSchema),
  protection: z.array(protectionSchema),
  /** True if only the beginning was looked at: `attachments` tells what else there is. */
  truncated: z.boolean(),
  /** How much a limit left out. */
  omitted: z.strictObject({ headers: z.number(), shown: z.number(), attachments: z.number() }),
});

/** All of a message as text, for terminals, for a switch to text, for copying. */
export const messageTextSchema = z.strictObject({
  text: z.string(),
  /** Where the text comes from. */
  textFrom: z.enum(['plain', 'html', 'none']),
  /** True if there is more of it than is sent. */
  cut: z.boolean(),
});

export type Attachment = Readonly<z.infer<typeof attachmentSchema>>;
export type Protection = Readonly<z.infer<typeof protectionSchema>>;
export type MessageView = Readonly<z.infer<typeof messageViewSchema>>;
export type MessageText = Readonly<z.infer<typeof messageTextSchema>>;

/** A person as text: `Name <address>`, or what there is of it. */
export function personText({ name, address }: Person): string {
  if (name === '' || name === address) return address;
  return address === '' ? name : `${name} <${address}>`;
}

export function peopleText(list: readonly Person[]): string {
  return list.map(personText).join(', ');
}

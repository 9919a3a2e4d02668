/**
 * The part of the contract by which messages are taken out of an archive: see `contract.ts`. The
 * archive is only read. A terminal names a path; a window names a place that main let a person
 * choose, by a word that only main gives out.
 */

import { z } from 'zod';
import { keySchema } from './reading-contract.ts';

/**
 * - eml: a file a message, without what the archive has in front of it
 * - mbox: one file, messages exactly as stored; only from mbox
 * - mboxrd: one file, with `From ` lines quoted so that it can be taken back
 * - maildir, mh: a folder, with the flags and sequences of the messages
 * - csv, json: what lists show of them, a line a message
 * - attachments: what is attached to them, decoded
 */
export const EXPORT_FORMS = [
  'eml',
  'mbox',
  'mboxrd',
  'maildir',
  'mh',
  'csv',
  'json',
  'attachments',
] as const;
export type ExportForm = (typeof EXPORT_FORMS)[number];

/** Whether a form is one file, or files in a folder. */
export function isOneFile(as: ExportForm): boolean {
  return as === 'mbox' || as === 'mboxrd' || as === 'csv' || as === 'json';
}

/** The ending of the one file of a form. */
export function endingOf(as: ExportForm): string {
  if (as === 'csv') return '.csv';
  return as === 'json' ? '.jsonl' : '.mbox';
}

/** What may stand in a template, and what comes out of it. */
export const NAME_WORDS = ['date', 'time', 'from', 'subject', 'number', 'key'] as const;
export const DEFAULT_NAME = '{date} {from} {subject}';

/** No more problems of single messages are told one by one. */
export const PROBLEMS_TOLD_MAX = 1000;
/** No call prints more messages. */
export const PRINTED_PER_CALL = 50;

const template = z.string().min(1).max(200);

/** How it is to be written. */
export const exportOptionsSchema = z.strictObject({
  as: z.enum(EXPORT_FORMS),
  /** How files, or the folders of attachments, are called: see `NAME_WORDS`. */
  name: template.optional(),
  /**
   * Whether `>From ` in the text of an mbox becomes `From ` again where the archive quotes so
   * (mboxrd, mboxo). `undo` if nothing is said; of no meaning to `mbox`.
   */
  quoting: z.enum(['undo', 'keep']).optional(),
  /** Attachments in a folder for each message, or all in one. `folders` if nothing is said. */
  attachments: z.enum(['folders', 'flat']).optional(),
});
export type ExportOptions = Readonly<z.infer<typeof exportOptionsSchema>>;

const problem = z.strictObject({
  key: z.string(),
  code: z.enum(['GONE', 'CHANGED']),
  sentence: z.string(),
});

export const exportedSchema = z.strictObject({
  as: z.enum(EXPORT_FORMS),
  /** The file or folder, under the name that it got. */
  path: z.string(),
  /** Messages that were taken out. */
  messages: z.number(),
  files: z.number(),
  /** Written. */
  bytes: z.number(),
  /** Messages that were no longer there, all of them; the first of them are in `problems`. */
  missed: z.number(),
  problems: z.array(problem),
});
export type Exported = Readonly<z.infer<typeof exportedSchema>>;
export type ExportProblem = Exported['problems'][number];

/** Which messages of a window's list. */
export const listedSchema = z.union([
  z.strictObject({ selected: z.literal('all') }),
  z.strictObject({ listed: z.literal('all') }),
]);
export type Listed = Readonly<z.infer<typeof listedSchema>>;

const printed = z.strictObject({
  subject: z.string(),
  /** From, To, Cc, Date, as far as the message has them. */
  fields: z.array(z.strictObject({ name: z.string(), value: z.string() })),
  text: z.string(),
  /** Names of attachments. */
  attachments: z.array(z.string()),
  /** True if there is more of it than is given. */
  cut: z.boolean(),
});
export type PrintedMessage = Readonly<z.infer<typeof printed>>;

const count = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);

export const exportWindowMethods = {
  /** Takes messages out of the archive, in the order of the list. CANCELLED, NO_SPACE, ... */
  export: {
    params: z.strictObject({
      which: listedSchema,
      /** What main answered when a person chose the place. */
      place: z.string().min(1).max(100),
      options: exportOptionsSchema,
    }),
    result: exportedSchema,
  },
  /** Messages as they are printed, as text. `total` is how many there are in all. */
  printed: {
    params: z.strictObject({
      which: listedSchema,
      from: count,
      count: count.max(PRINTED_PER_CALL),
    }),
    result: z.strictObject({ total: z.number(), messages: z.array(printed), missed: z.number() }),
  },
} as const;

export const exportTerminalMethods = {
  /** Takes messages out of the archive: those of `keys`, in that order, or all of them. */
  export: {
    params: z.strictObject({
      keys: z.array(keySchema).max(100_000).optional(),
      /** The file or the folder. Nothing that is there is ever overwritten. */
      to: z.string().min(1).max(32_768),
      options: exportOptionsSchema,
    }),
    result: exportedSchema,
  },
} as const;

/** A place that a person chose, as main tells it to the engine. */
export interface ChosenPlace {
  /** A file that need not be there, or a folder. */
  readonly path: string;
  /** What is to be done if there is a file: another name, or nothing. */
  readonly ifTaken: 'number' | 'refuse';
}

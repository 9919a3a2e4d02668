/** Why the table of contents is as it is: the dialect found, and every line that could be read otherwise. */

import { z } from 'zod';

export const RULES = ['default', 'any-from'] as const;
/** `default` weighs the evidence; `any-from` splits at every `From ` line, as Python's mailbox does. */
export type Rule = (typeof RULES)[number];

/** Formats of many messages, as one of which a person can have a file read. */
export const ARCHIVE_FORMATS = ['mbox', 'mmdf', 'babyl'] as const;
/** And `eml`: a single message in a file of its own. */
export const FORMATS = [...ARCHIVE_FORMATS, 'eml'] as const;
export type FormatName = (typeof FORMATS)[number];

export const LINE_ENDS = ['LF', 'CRLF', 'CR', 'mixed', 'none'] as const;
export type LineEnd = (typeof LINE_ENDS)[number];

export const doubtfulLineSchema = z.strictObject({
  offset: z.number(),
  /** The line itself, shortened, as Latin-1. */
  text: z.string(),
  /**
   * What it is taken for: it begins a message, or is text of one, or (MMDF, Babyl) ends one and begins
   * none.
   */
  reading: z.enum(['separator', 'content', 'end']),
  /** What a person can say that it is instead: "split here", "join". */
  choices: z.array(z.enum(['separator', 'content'])),
  /** One clause for a person, such as "no empty line before it". */
  why: z.string(),
  /** True if a person decided so ("split here", "join"), not the rule. */
  overruled: z.boolean(),
});
export type DoubtfulLine = Readonly<z.infer<typeof doubtfulLineSchema>>;

export const dialectReportSchema = z.strictObject({
  format: z.enum(FORMATS),
  rule: z.enum(RULES),
  /** How body lines that begin with `From ` are written. */
  quoting: z.enum(['mboxo', 'mboxrd', 'content-length', 'none', 'unknown']),
  lineEnd: z.enum(LINE_ENDS),
  /** How many doubtful lines there are; `lines` holds the first ones, at most a thousand. */
  doubtful: z.number(),
  lines: z.array(doubtfulLineSchema),
});
export type DialectReport = Readonly<z.infer<typeof dialectReportSchema>>;

export const MEMORIES = ['none', 'kept', 'damaged', 'newer', 'unsaved'] as const;
/**
 * Whether what a person said of how an archive is read will still be known at the next opening.
 * `none`: nothing was said. `damaged`: what was remembered cannot be read. `newer`: a newer Mailkeep
 * remembers something that this one does not understand. `unsaved`: it could not be written down.
 */
export type Memory = (typeof MEMORIES)[number];

/** The report as an engine gives it. */
export const dialectSchema = dialectReportSchema.extend({
  /** The format a person chose; null if it was told from the content. */
  chosenFormat: z.enum(FORMATS).nullable(),
  /** How many overrulings of single lines there are. */
  overrulings: z.number(),
  memory: z.enum(MEMORIES),
});
export type Dialect = Readonly<z.infer<typeof dialectSchema>>;

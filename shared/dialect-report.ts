/** Why the table of contents is as it is: the dialect found, and every line that could be read otherwise. */

import { z } from 'zod';

export const RULES = ['default', 'any-from'] as const;
/** `default` weighs the evidence; `any-from` splits at every `From ` line, as Python's mailbox does. */
export type Rule = (typeof RULES)[number];

export const FORMATS = ['mbox', 'mmdf', 'babyl'] as const;
export type FormatName = (typeof FORMATS)[number];

export const LINE_ENDS = ['LF', 'CRLF', 'CR', 'mixed', 'none'] as const;
export type LineEnd = (typeof LINE_ENDS)[number];

export const doubtfulLineSchema = z.strictObject({
  offset: z.number(),
  /** The line itself, shortened, as Latin-1. */
  text: z.string(),
  reading: z.enum(['separator', 'content']),
  /** One clause for a person, such as "no empty line before it". */
  why: z.string(),
});
export type DoubtfulLine = Readonly<z.infer<typeof doubtfulLineSchema>>;

export const dialectReportSchema = z.strictObject({
  format: z.enum(FORMATS),
  rule: z.enum(RULES),
  /** How body lines that begin with `From ` are written. */
  quoting: z.enum(['mboxo', 'mboxrd', 'content-length', 'none', 'unknown']),
  lineEnd: z.enum(LINE_ENDS),
  /** How many doubtful lines there are; `lines` holds the first thousand. */
  doubtful: z.number(),
  lines: z.array(doubtfulLineSchema),
});
export type DialectReport = Readonly<z.infer<typeof dialectReportSchema>>;

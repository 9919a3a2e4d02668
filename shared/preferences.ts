/** What a person has chosen for the app as a whole, and how an archive was last looked at. */

import { z } from 'zod';
import { COLUMNS } from './row.ts';
import { LANGUAGE_TAGS } from './language/languages.ts';

/** Steps that destroy something, each explained once, where it is taken. */
export const EXPLAINED = ['delete', 'compact'] as const;
export type Explained = (typeof EXPLAINED)[number];

export const DENSITIES = ['comfortable', 'compact'] as const;

/** Messages of one archive after the other, or all by date, the newest first. */
export const RESULT_ORDERS = ['archive', 'date'] as const;

export const preferencesSchema = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']),
  /** Whether a compaction keeps a copy of what it removes, unless somebody says otherwise. */
  copy: z.enum(['keep', 'none']),
  /** What the app begins with: what was open when it ended, or nothing. */
  start: z.enum(['restore', 'empty']),
  /** Whether the system tells when long work has ended while another program is in front. */
  notices: z.enum(['on', 'off']),
  /** The language of the app; a file that says none, or one that is not spoken, means the system's. */
  language: z.enum(['system', ...LANGUAGE_TAGS]).catch('system'),
  /** Whether keys without Ctrl are commands: pressed by accident, or dictated, they should not be. */
  letters: z.enum(['on', 'off']).catch('on'),
  /** How close rows of lists stand. */
  density: z.enum(DENSITIES).catch('comfortable'),
  /** In which order a search over many archives lists what it found. */
  results: z.enum(RESULT_ORDERS).catch('archive'),
  explained: z.array(z.enum(EXPLAINED)).max(EXPLAINED.length),
});
export type Preferences = Readonly<z.infer<typeof preferencesSchema>>;

export const PREFERENCES_USUAL: Preferences = {
  theme: 'system',
  copy: 'keep',
  start: 'restore',
  notices: 'on',
  language: 'system',
  letters: 'on',
  density: 'comfortable',
  results: 'archive',
  explained: [],
};

/** How a window looked at an archive: order, the message it was at, and where the list stood. */
export const archiveViewSchema = z.strictObject({
  sort: z.enum(COLUMNS),
  direction: z.enum(['ascending', 'descending']),
  /** The key of the current message; null if there was none. */
  current: z.string().max(100).nullable(),
  /** So many rows below it stood the last one on screen; fewer than none if it was above. */
  below: z.number().int(),
});
export type ArchiveView = Readonly<z.infer<typeof archiveViewSchema>>;

/** Columns of the list whose widths a person can choose; the subject takes what is left. */
export const SIZED_COLUMNS = ['date', 'from', 'to', 'bytes'] as const;
export type SizedColumn = (typeof SIZED_COLUMNS)[number];

/** How narrow and how wide a column can be, in CSS pixels. */
export const COLUMN_PIXELS_MIN = 60;
export const COLUMN_PIXELS_MAX = 1200;
const columnPixels = z.number().min(COLUMN_PIXELS_MIN).max(COLUMN_PIXELS_MAX).nullable();

export const columnWidthsSchema = z.strictObject({
  date: columnPixels,
  from: columnPixels,
  to: columnPixels,
  bytes: columnPixels,
} satisfies Record<SizedColumn, z.ZodType>);
export type ColumnWidths = Readonly<z.infer<typeof columnWidthsSchema>>;

export const COLUMN_WIDTHS_USUAL: ColumnWidths = { date: null, from: null, to: null, bytes: null };

/** Widths that a person gave to the parts of a window, in CSS pixels; null for the usual one. */
export const panesSchema = z.strictObject({
  side: z.number().min(100).max(2000).nullable(),
  reader: z.number().min(100).max(4000).nullable(),
  columns: columnWidthsSchema,
});
export type Panes = Readonly<z.infer<typeof panesSchema>>;

export const PANES_USUAL: Panes = { side: null, reader: null, columns: COLUMN_WIDTHS_USUAL };

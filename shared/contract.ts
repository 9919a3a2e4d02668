/**
 * The one contract between an engine and whoever speaks to it: every method and every notification,
 * as data. Types are derived from the schemas, and `electron/engine/serve.ts` checks each call
 * against them on arrival; what does not fit answers MISUSE.
 *
 * A window may call only `windowMethods`: they name no path, so a window that went bad can reach
 * nothing but the archive a person opened in it. `terminalMethods` are served on stdio only.
 */

import { z } from 'zod';
import { dialectSchema, ARCHIVE_FORMATS, RULES } from './dialect-report.ts';
import { diffSchema } from './diff.ts';
import { duplicatesMethods } from './duplicates-contract.ts';
import { exportTerminalMethods, exportWindowMethods } from './export-contract.ts';
import { INDEX_ORDERS, indexStateSchema } from './index-state.ts';
import { overviewMethods } from './overview-contract.ts';
import { keySchema, readingMethods, readingMethodsInJson } from './reading-contract.ts';
import { arrangementSchema, rowSchema } from './row.ts';
import { searchAnswerSchema } from './search-answer.ts';
import { statusSchema } from './status.ts';
import { stripTerminalMethods, stripWindowMethods } from './strip-contract.ts';

/** No call is answered with more rows than this. */
export const ROWS_PER_CALL = 500;
/** No call carries more keys than this. */
export const KEYS_PER_CALL = 100_000;
/** No call carries a longer message than this, in base64 characters. */
const BASE64_PER_CALL = 512 * 1024 * 1024;

const count = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);
const nothing = z.strictObject({});
const base64 = z.base64().max(BASE64_PER_CALL);
const amount = z.strictObject({ messages: z.number(), bytes: z.number() });
const someKeys = z.array(keySchema).max(KEYS_PER_CALL);

/** Either named messages, or what is selected in the caller's list. */
const which = z.union([
  z.strictObject({ keys: someKeys }),
  z.strictObject({ selected: z.literal('all') }),
]);

const conflict = z.strictObject({
  key: z.string(),
  code: z.enum(['CHANGED', 'GONE', 'NEEDED', 'REPLACED']),
  sentence: z.string(),
});
export type Conflict = Readonly<z.infer<typeof conflict>>;

/** What became of the list after a call that may have changed it. */
const listState = z.strictObject({
  generation: z.number(),
  rows: z.number(),
  selected: amount,
  /** Messages of the list that no row shows, because their thread is collapsed. */
  collapsed: z.number().optional(),
  /** What there is to say of the query; not there if it is empty. */
  search: searchAnswerSchema.optional(),
});
/** Of the list that every window begins with: all messages, in the order of the file. */
export const FIRST_GENERATION = 1;

export type ListState = Readonly<z.infer<typeof listState>>;

const marking = z.strictObject({ marked: amount, conflicts: z.array(conflict) });

const flushed = z.strictObject({
  removed: amount,
  bytesBefore: z.number(),
  bytesAfter: z.number(),
  conflicts: z.array(conflict),
  /** Where the removed messages were kept; empty if they were not. */
  copy: z.string(),
});
export type Flushed = Readonly<z.infer<typeof flushed>>;

const flagged = z.enum(['leave', 'remove']);

/** A contiguous run of rows is chosen with `range`, both ends included, in either order. */
const choice = z.union([
  z.strictObject({ choose: z.literal('only'), row: count }),
  z.strictObject({ choose: z.literal('toggle'), row: count }),
  z.strictObject({
    choose: z.literal('range'),
    from: count,
    to: count,
    others: z.enum(['keep', 'drop']),
  }),
  /** Every message of the thread that the row is in, shown or not. */
  z.strictObject({ choose: z.literal('thread'), row: count }),
  /** Every message of the list, also those that are collapsed. */
  z.strictObject({ choose: z.literal('all') }),
  z.strictObject({ choose: z.literal('none') }),
]);
export type Choice = Readonly<z.infer<typeof choice>>;

const foldings = ['collapse', 'expand'] as const;
/** What is below a message, below every message of its thread, or of every thread, is hidden or shown. */
const folding = z.union([
  z.strictObject({ fold: z.enum(foldings), message: keySchema }),
  z.strictObject({ fold: z.enum(foldings), thread: keySchema }),
  z.strictObject({ fold: z.enum(foldings), list: z.literal('all') }),
  /** Whatever hides the message is expanded. */
  z.strictObject({ fold: z.literal('reveal'), message: keySchema }),
]);
export type Folding = Readonly<z.infer<typeof folding>>;

interface Method {
  readonly params: z.ZodType;
  readonly result: z.ZodType;
}

const common = {
  /** The archive as a whole. */
  status: { params: nothing, result: statusSchema },
  /** Marks messages for deletion, after taking the digest of what is there now (I5). Writes nothing. */
  remove: { params: which, result: marking },
  /** Takes marks back. */
  unremove: { params: which, result: marking },
  /**
   * Takes marks back and clears, inside the file, the flag by which another program marked messages
   * as deleted. These get new keys, because their bytes change. `undeleted` counts the latter.
   */
  undelete: { params: which, result: z.strictObject({ undeleted: z.number() }) },
  /** Looks at the file again, without writing. */
  sync: { params: nothing, result: diffSchema },
  /** Why the count is what it is. */
  dialect: { params: nothing, result: dialectSchema },
  /**
   * Reads one line that begins with `From ` otherwise, and every line with the same text, or
   * (`default`) as the rule says again; remembered. `text` is the line as the caller saw it, as in
   * the report. STALE if no such line stands at `offset` now, or `text` is not what it says.
   */
  overrule: {
    params: z.strictObject({
      offset: count,
      reading: z.enum(['separator', 'content', 'default']),
      text: z.string().max(1000).optional(),
    }),
    result: statusSchema,
  },
  /**
   * Reads the archive by another rule or as another format; remembered. Without `format` the format
   * stays; `detect` tells it from the content again. `forget` drops every overruling of a line.
   */
  readAs: {
    params: z.strictObject({
      rule: z.enum(RULES),
      format: z.enum([...ARCHIVE_FORMATS, 'detect']).optional(),
      overrulings: z.enum(['keep', 'forget']).optional(),
    }),
    result: statusSchema,
  },
  /** Asks a running task to stop; `stopped` is false if it is past stopping or already over. */
  cancel: {
    params: z.strictObject({ task: count }),
    result: z.strictObject({ stopped: z.boolean() }),
  },
} as const satisfies Record<string, Method>;

export const windowMethods = {
  ...common,
  ...readingMethods,
  ...exportWindowMethods,
  ...stripWindowMethods,
  ...overviewMethods,
  ...duplicatesMethods,
  /** Sorts and filters this window's list; the selection stays with its messages. */
  arrange: { params: arrangementSchema, result: listState },
  /**
   * Reads the texts that the query of this window's list asks for and nobody knows yet, as a task that
   * can be stopped; what was read until then is not lost on the list.
   */
  searchRest: { params: nothing, result: listState },
  /**
   * Rows of the list as arranged. If `generation` is no longer current the answer carries the new
   * one and no rows.
   */
  rows: {
    params: z.strictObject({
      generation: count,
      from: count,
      count: count.max(ROWS_PER_CALL),
    }),
    result: z.strictObject({ list: listState, rows: z.array(rowSchema) }),
  },
  /**
   * Where a message stands in the list now, named by its key or by a byte of it; null if the list
   * does not show it. In a list by threads `under` is the row that hides it, being collapsed. `key` is another one if the message was edited in the file: then the place is
   * that of its edited form; null if no message is there.
   */
  locate: {
    params: z.union([z.strictObject({ key: keySchema }), z.strictObject({ offset: count })]),
    result: z.strictObject({
      generation: z.number(),
      row: z.number().nullable(),
      key: z.string().nullable(),
      under: z.number().nullable(),
    }),
  },
  /**
   * Collapses or expands in a list by threads. What comes to be hidden is no longer selected, unless
   * all of it is, with the message it is below.
   */
  fold: { params: folding, result: listState },
  /** Changes the selection. STALE if the generation is no longer current. */
  select: { params: z.strictObject({ generation: count, choice }), result: listState },
  /** Takes the last `remove` or `unremove` back. */
  undo: { params: nothing, result: marking },
  /**
   * Compacts: removes what is marked, in place. `keep` saves the removed messages for undoing;
   * `flagged` says what becomes of messages that are flagged deleted inside the file.
   */
  flush: {
    params: z.strictObject({ copy: z.enum(['none', 'keep']), flagged }),
    result: flushed,
  },
  /** Undoes the last compaction that kept a copy. GONE if there is none. */
  restoreKept: { params: nothing, result: z.strictObject({ restored: amount }) },
  /** Lets go of all that compactions of this archive removed and kept. */
  discardKept: { params: nothing, result: nothing },
  /** Starts a stopped scan again. */
  rescan: { params: nothing, result: statusSchema },
  /**
   * The index of texts: `pause` leaves what there is, `resume` begins or goes on, `drop` removes it.
   * How far it is stands in the status.
   */
  indexTexts: {
    params: z.strictObject({ order: z.enum(INDEX_ORDERS) }),
    result: indexStateSchema,
  },
} as const satisfies Record<string, Method>;

export const terminalMethods = {
  ...common,
  ...readingMethodsInJson,
  ...exportTerminalMethods,
  ...stripTerminalMethods,
  open: {
    params: z.strictObject({
      path: z.string().min(1).max(32_768),
      format: z.enum(ARCHIVE_FORMATS).optional(),
      rule: z.enum(RULES).optional(),
      create: z.boolean().optional(),
      readOnly: z.boolean().optional(),
    }),
    result: statusSchema,
  },
  /** Every key in file order, pending deletions left out. */
  keys: {
    params: z.strictObject({ from: count.optional(), count: count.optional() }),
    result: z.strictObject({ keys: z.array(z.string()), total: z.number() }),
  },
  /** The message without its separator line, bytes as stored, nothing unquoted. */
  get: {
    params: z.strictObject({ key: keySchema }),
    result: z.strictObject({ message: z.string() }),
  },
  /** The message as stored, separator line and all. */
  getStored: {
    params: z.strictObject({ key: keySchema }),
    result: z.strictObject({ stored: z.string() }),
  },
  /** Delivers a message at the end: at once or, while the archive is locked, at the next flush. */
  add: {
    params: z.strictObject({ message: base64, separatorLine: z.string().max(2000).optional() }),
    result: z.strictObject({ key: z.string() }),
  },
  /** A message in the place of another one, at the next flush: another message, with a key of its own. */
  replace: {
    params: z.strictObject({
      key: keySchema,
      message: base64,
      separatorLine: z.string().max(2000).optional(),
    }),
    result: z.strictObject({ key: z.string() }),
  },
  /** Puts messages of another mailbox of the same format back, as they are stored there. */
  restore: {
    params: z.strictObject({
      from: z.string().min(1).max(32_768),
      keys: someKeys.optional(),
    }),
    result: z.strictObject({ restored: amount }),
  },
  /** Compares every message with the file, not only the file's identity and its end. */
  verify: { params: nothing, result: diffSchema },
  lock: {
    params: z.strictObject({ limitMs: count.optional() }),
    result: z.strictObject({ locks: statusSchema.shape.locks }),
  },
  unlock: { params: nothing, result: nothing },
  flush: {
    params: z.strictObject({
      copyTo: z.string().max(32_768).optional(),
      flagged: flagged.optional(),
    }),
    result: flushed,
  },
  /** Flushes what is pending, as Python's mailbox does, and closes. */
  close: { params: nothing, result: nothing },
} as const satisfies Record<string, Method>;

/** What an engine says unasked. */
export const notifications = {
  /** The archive or this window's list is not what it was. `diff` is null if we did it ourselves. */
  changed: z.strictObject({
    status: statusSchema,
    list: listState,
    diff: diffSchema.nullable(),
  }),
  /** Long work goes on; `done` of `total`, in bytes. The last one of a task has `over: true`. */
  progress: z.strictObject({
    task: z.number(),
    kind: z.enum([
      'scan',
      'mark',
      'compact',
      'restore',
      'recover',
      'read',
      'save',
      'export',
      'look',
      'search',
      'duplicates',
    ]),
    done: z.number(),
    total: z.number(),
    /** False once stopping would do more harm than finishing. */
    stoppable: z.boolean(),
    over: z.boolean(),
  }),
  /** A lock is held by somebody else; we go on trying until `limitMs`. */
  lockWait: z.strictObject({
    task: z.number(),
    /** Who holds it, in words; empty if that cannot be known. */
    holder: z.string(),
    waitedMs: z.number(),
    limitMs: z.number(),
    over: z.boolean(),
  }),
  /** The index of texts is at another state; the list may have found more by it. */
  texts: z.strictObject({ texts: indexStateSchema, list: listState }),
  conflict: z.strictObject({ conflicts: z.array(conflict) }),
} as const satisfies Record<string, z.ZodType>;

export type WindowMethods = typeof windowMethods;
export type TerminalMethods = typeof terminalMethods;
export type Methods = WindowMethods | TerminalMethods;
export type Params<M extends Methods, Name extends keyof M> = M[Name] extends Method
  ? z.infer<M[Name]['params']>
  : never;
export type Result<M extends Methods, Name extends keyof M> = M[Name] extends Method
  ? z.infer<M[Name]['result']>
  : never;

export type NotificationName = keyof typeof notifications;
export type Notification = {
  [Name in NotificationName]: {
    readonly notify: Name;
    readonly params: Readonly<z.infer<(typeof notifications)[Name]>>;
  };
}[NotificationName];
export type NotificationParams<Name extends NotificationName> = Readonly<
  z.infer<(typeof notifications)[Name]>
>;

/** All that a window or a terminal shows about an archive as a whole (I11). */

import { z } from 'zod';
import { FORMATS, LINE_ENDS, MEMORIES, RULES } from './dialect-report.ts';
import { indexStateSchema } from './index-state.ts';
import { packedSchema } from './packing.ts';

const amountSchema = z.strictObject({ messages: z.number(), bytes: z.number() });

/** How one of the three locks fared. */
export const lockStateSchema = z.strictObject({
  name: z.enum(['fcntl', 'flock', 'dotlock']),
  state: z.enum(['held', 'free', 'unavailable']),
  /** Why it cannot be had, for a person; empty otherwise. */
  why: z.string(),
});
export type LockState = Readonly<z.infer<typeof lockStateSchema>>;

export const statusSchema = z.strictObject({
  path: z.string(),
  format: z.enum(FORMATS),
  rule: z.enum(RULES),
  lineEnd: z.enum(LINE_ENDS),
  bytes: z.number(),
  preambleBytes: z.number(),
  messages: z.number(),
  /** Lines that could be read either as a separator or as content. */
  doubtful: z.number(),
  /**
   * `scanning` and `stopped`: the table of contents is not the whole archive (I9).
   * `unsure`: a write failed; only recovery leaves this state. `vanished`: the path names no file.
   */
  state: z.enum(['scanning', 'stopped', 'ready', 'compacting', 'unsure', 'vanished']),
  scannedBytes: z.number(),
  /** Messages whose sender, subject and date have been read; equal to `messages` when all are. */
  envelopes: z.number(),
  /** How it is compressed, and what of it could not be expanded; null if it is not compressed. */
  packed: packedSchema.nullable(),
  /** Why nothing can be changed here; empty if it can. */
  readOnly: z.string(),
  locks: z.array(lockStateSchema),
  /** Which write locks a person's session holds on purpose (`lock`). */
  locked: z.boolean(),
  marked: amountSchema,
  /**
   * Whether marks will still be there at the next opening, and how many of an earlier one could not be
   * taken up because their messages are gone or changed.
   */
  marks: z.strictObject({ memory: z.enum(MEMORIES), lost: z.number() }),
  /** Flagged deleted inside the file by the program that wrote it. */
  deleted: amountSchema,
  /** Of those, what is not marked here: a compaction can remove it besides what is marked. */
  flagged: amountSchema,
  /** What compactions removed and kept a copy of; the last of them can be undone. */
  kept: amountSchema.extend({ copies: z.number() }),
  journal: z.enum(['none', 'recovered', 'present', 'foreign']),
  /** True if something done here can be undone with `undo`. */
  undoable: z.boolean(),
  /** The index of the messages' texts. */
  texts: indexStateSchema,
});
export type Status = Readonly<z.infer<typeof statusSchema>>;

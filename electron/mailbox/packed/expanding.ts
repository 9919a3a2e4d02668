/**
 * Expands compressed bytes from one open file into another, from front to back. Reads and writes without
 * leaving the thread it runs in, which therefore is best one of its own.
 */

import { crc32 } from 'node:zlib';
import { MailboxError } from '../../../shared/errors.ts';
import { readShared, writeShared } from '../disk/shared-descriptor.ts';
import { Damaged, Input, type Source } from './input.ts';
import { expand, type StreamPacking } from './packing.ts';

/** All that a thread needs to know: plain values. */
export interface ExpandRequest {
  /** Descriptors of the compressed file, and of the empty one that it is expanded into. */
  readonly source: number;
  readonly target: number;
  readonly packing: StreamPacking;
  /** The compressed bytes: these of the file. */
  readonly from: number;
  readonly end: number;
  /** It is not expanded further than this. */
  readonly bytesMax: number;
  /** Nor to more than so many times what it was, once that is a lot. */
  readonly timesMax: number;
  /** Length and CRC-32 of what it expands to, where they are stated elsewhere. */
  readonly stated: { readonly bytes: number; readonly sum: number } | null;
}

export interface Expanding {
  readonly expandedBytes: number;
  readonly readBytes: number;
}

/** How it ended; all but `whole` leave what there was up to then. */
export type Outcome = 'whole' | 'truncated' | 'corrupt' | 'limited' | 'no-space' | 'failed';

/** Whoever expands: it tells how far it is, and can be stopped before its end. */
export type Expander = (
  request: ExpandRequest,
  tell: (expanding: Expanding) => void,
) => { readonly outcome: Promise<Outcome>; readonly stop: () => Promise<void> };

/** How often it tells, in bytes. */
const TELL_BYTES = 256 * 1024;
/** Less than that is no bomb, whatever it was made of. */
const TIMES_FROM_BYTES = 512 * 1024 * 1024;

export const sourceOf = (descriptor: number): Source => ({
  read: (into, position) => readShared(descriptor, into, position),
});

/** @param isStopped asked now and then; what was stopped is `failed` */
export async function expandInto(
  request: ExpandRequest,
  tell: (expanding: Expanding) => void,
  isStopped: () => boolean,
): Promise<Outcome> {
  const { packing, from, end, target, bytesMax, timesMax, stated } = request;
  const input = new Input(sourceOf(request.source), from, end);
  let expandedBytes = 0;
  let told = 0;
  let sum = 0;
  try {
    for await (const piece of expand(packing, input, stated?.bytes)) {
      if (isStopped()) return 'failed';
      const readBytes = input.position - from;
      const most =
        expandedBytes < TIMES_FROM_BYTES ? bytesMax : Math.min(bytesMax, readBytes * timesMax);
      if (expandedBytes + piece.length > most) return 'limited';
      writeShared(target, piece, expandedBytes);
      expandedBytes += piece.length;
      if (stated) sum = crc32(piece, sum);
      if (expandedBytes - told < TELL_BYTES && told > 0) continue;
      told = expandedBytes;
      tell({ expandedBytes, readBytes });
    }
    if (!stated) return 'whole';
    if (expandedBytes < stated.bytes) return 'truncated';
    return expandedBytes === stated.bytes && sum === stated.sum ? 'whole' : 'corrupt';
  } catch (error) {
    return outcomeOf(error);
  } finally {
    tell({ expandedBytes, readBytes: input.position - from });
  }
}

function outcomeOf(error: unknown): Outcome {
  if (error instanceof Damaged) return error.damage;
  if (error instanceof MailboxError && error.code === 'NO_SPACE') return 'no-space';
  return 'failed';
}

/** Expands here, for a process that has no other thread for it: others wait meanwhile. */
export const expandHere: Expander = (request, tell) => {
  let stopped = false;
  const outcome = expandInto(request, tell, () => stopped);
  return {
    outcome,
    stop: async () => {
      stopped = true;
      await outcome;
    },
  };
};

/** Work that goes on while other work is begun: writes and syncs that overlap. */

import type { OpenFile } from '../disk/disk.ts';

/** A failure is met by whoever awaits it; until then it is not unhandled. */
export function guarded<Value>(work: Promise<Value>): Promise<Value> {
  work.catch(() => undefined);
  return work;
}

/**
 * Settles when both have, whatever becomes of them: what they use is free then. Fails if one did.
 * Of two syncs of a file that overlap the disk may tell only one that a write has failed.
 */
export async function bothOf(one: Promise<unknown>, other: Promise<unknown>): Promise<void> {
  for (const result of await Promise.allSettled([one, other])) {
    if (result.status === 'rejected') throw result.reason;
  }
}

/**
 * Does writes to a file one after the other; what they wrote is durable when this returns. The disk
 * is set to work when half of them are done: it is what all the others wait for.
 */
export async function durably(
  file: OpenFile,
  writes: readonly (() => Promise<void>)[],
): Promise<void> {
  const half = Math.ceil(writes.length / 2);
  for (const write of writes.slice(0, half)) await write();
  const rest = async (): Promise<void> => {
    for (const write of writes.slice(half)) await write();
    if (writes.length > half) await file.syncData();
  };
  await bothOf(file.syncData(), rest());
}

/**
 * Is this still the file we know? (I3)
 *
 * A length says little: other programs replace files, edit them in place, truncate them and let
 * them grow to the same size again with the old times put back. So the identity of a file is its
 * device, inode, size, both times to the nanosecond, and a digest of its last bytes.
 */

import { createHash } from 'node:crypto';
import {
  type ByteLength,
  byteLength,
  byteOffset,
  type Digest,
  digest,
} from '../../../shared/units.ts';
import type { FileFacts, OpenFile } from './disk.ts';

/** So many bytes at the end of a file are part of its identity. */
export const TAIL_BYTES = 4096;

/**
 * A file system's clock ticks in steps of up to 10 ms: two writes within one step leave the same
 * time. A file is settled when its last change is further back than that.
 */
const SETTLED_MS = 20;
/** A program that writes without a pause is not waited for longer than this many times. */
const SETTLE_ROUNDS = 5;

/** Stands for the size of a file whose bytes are still arriving; longer than any file. */
export const ARRIVING_BYTES = byteLength(2 ** 52);

export interface Identity {
  readonly device: bigint;
  readonly inode: bigint;
  readonly size: ByteLength;
  readonly modifiedNs: bigint;
  readonly changedNs: bigint;
  readonly tailDigest: Digest;
}

/**
 * What a file is now, compared with what it was.
 * `grown`: the same inode, and the bytes where the old end was are the old ones.
 */
export type Change = 'same' | 'grown' | 'changed' | 'replaced';

/** The digest of the last `TAIL_BYTES` of the first `size` bytes. */
export async function tailDigest(file: OpenFile, size: ByteLength): Promise<Digest> {
  const length = Math.min(size, TAIL_BYTES);
  const tail = new Uint8Array(length);
  const read = await file.read(tail, byteOffset(size - length));
  return digest(createHash('sha256').update(tail.subarray(0, read)).digest('hex'));
}

/** The identity of an open file at this moment. */
export async function identify(file: OpenFile): Promise<Identity> {
  const facts = await file.facts();
  return identityOf(facts, await tailDigest(file, facts.size));
}

/**
 * The identity of an open file once its last change is far enough back that another one would
 * show; of a file that never rests, the identity of the last look.
 */
export async function identifySettled(file: OpenFile): Promise<Identity> {
  let facts = await file.facts();
  for (let round = 0; round < SETTLE_ROUNDS; round++) {
    const changedMs = Number(facts.changedNs / 1_000_000n);
    const age = Date.now() - changedMs;
    if (age >= SETTLED_MS || age < 0) break;
    await new Promise((resolve) => setTimeout(resolve, SETTLED_MS - age));
    facts = await file.facts();
  }
  return identityOf(facts, await tailDigest(file, facts.size));
}

function identityOf(facts: FileFacts, tail: Digest): Identity {
  return {
    device: facts.device,
    inode: facts.inode,
    size: facts.size,
    modifiedNs: facts.modifiedNs,
    changedNs: facts.changedNs,
    tailDigest: tail,
  };
}

/** What is known of a file whose bytes are still arriving: which it is, and not yet how long. */
export async function identifyArriving(file: OpenFile): Promise<Identity> {
  return { ...identityOf(await file.facts(), digest('')), size: ARRIVING_BYTES };
}

/** Whether two names name one file; false where nothing stands under one of them. */
export function isSameFile(one: FileFacts | null, other: FileFacts | null): boolean {
  return one !== null && one.device === other?.device && one.inode === other.inode;
}

/** True if a look at the names and times alone tells that nothing happened. Reads no content. */
export function looksSame(known: Identity, facts: FileFacts): boolean {
  return (
    known.device === facts.device &&
    known.inode === facts.inode &&
    (known.size === facts.size || known.size === ARRIVING_BYTES) &&
    known.modifiedNs === facts.modifiedNs &&
    known.changedNs === facts.changedNs
  );
}

/**
 * Whether an open file still holds the bytes that are known of it, as far as times and its end tell;
 * more may have been appended.
 */
export async function stillHolds(known: Identity, file: OpenFile): Promise<boolean> {
  const now = await file.facts();
  if (looksSame(known, now)) return true;
  const change = await compareIdentity(known, file, now);
  return change === 'same' || change === 'grown';
}

/** How the file that stands under the path differs from the one we know. */
export async function compareIdentity(
  known: Identity,
  file: OpenFile,
  underPath: FileFacts,
): Promise<Change> {
  if (underPath.device !== known.device || underPath.inode !== known.inode) return 'replaced';
  const now = await file.facts();
  if (looksSame(known, now)) {
    return (await tailDigest(file, known.size)) === known.tailDigest ? 'same' : 'changed';
  }
  if (now.size <= known.size) return 'changed';
  const oldTail = await tailDigest(file, byteLength(known.size));
  return oldTail === known.tailDigest ? 'grown' : 'changed';
}

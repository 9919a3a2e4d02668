/**
 * The dotlock: a file `<mailbox>.lock` whose mere presence says "locked". The only lock that some
 * delivery agents take, and the only one that works where the kernel's do not.
 *
 * Imports shared/ and disk/. Promises:
 * - made with a temporary of its own and link(2), whose link count is the proof: over NFS the answer
 *   to `link` may get lost, the count does not lie. `O_EXCL` where links do not exist;
 * - what a crash left of that temporary, the next one takes away;
 * - a folder that cannot be written to is missing cover, not an error; but a dotlock that somebody
 *   else put there still counts;
 * - only our own is ever removed, by inode and token, but for one that is stale (`dotlock-owner.ts`);
 *   a stale one is removed only by who holds the kernel locks already, so that two Mailkeeps never
 *   race to do so.
 */

import { createHash } from 'node:crypto';
import path from 'node:path';
import { type ErrorCode, MailboxError } from '../../../shared/errors.ts';
import { byteOffset } from '../../../shared/units.ts';
import type { Disk, FileFacts, OpenFile } from '../disk/disk.ts';
import { isSameFile } from '../disk/identity.ts';
import { type DotlockOwner, isStale, readOwner, renderOwner } from './dotlock-owner.ts';

const SUFFIX = '.lock';
const MODE = 0o644;

export interface DotlockRequest {
  readonly disk: Disk;
  /** Where the dotlock is to stand. */
  readonly path: string;
  /** The mailbox it is for. */
  readonly mailbox: FileFacts;
  readonly owner: DotlockOwner;
}

export type DotlockOutcome =
  | { readonly outcome: 'held'; readonly dotlock: Dotlock }
  | { readonly outcome: 'busy' }
  | { readonly outcome: 'unavailable'; readonly why: string };

/**
 * Where dotlocks belong: beside the file itself, and beside the name it was given by if a symlink
 * leads from there. Programs that know either name look beside that one.
 * @throws NOT_FOUND if nothing stands under the path
 */
export async function dotlockPaths(disk: Disk, mailboxPath: string): Promise<readonly string[]> {
  const resolved = await disk.resolve(mailboxPath);
  const folder = await disk.resolve(path.dirname(mailboxPath));
  const given = path.join(folder, path.basename(mailboxPath));
  return [...new Set([resolved, given])].map((name) => name + SUFFIX);
}

/** A dotlock that we made. */
export class Dotlock {
  readonly path: string;
  readonly #disk: Disk;
  readonly #mailbox: FileFacts;
  /** Kept open: as long as it is, its inode number is nobody else's. */
  readonly #file: OpenFile;
  readonly #token: string;

  constructor(request: DotlockRequest, file: OpenFile) {
    this.path = request.path;
    this.#disk = request.disk;
    this.#mailbox = request.mailbox;
    this.#file = file;
    this.#token = request.owner.token;
  }

  /** True while the file that stands at our place is the one we made. */
  async stands(): Promise<boolean> {
    return this.standsAt(this.path);
  }

  /** True if another name leads to it: folders can have several, and some disks ignore case. */
  async standsAt(place: string): Promise<boolean> {
    const [made, there] = await Promise.all([this.#file.facts(), this.#disk.facts(place)]);
    return isSameFile(made, there);
  }

  /** Sets its time to now, so that nobody takes it for stale. */
  async touch(): Promise<void> {
    const nowNs = BigInt(Date.now()) * 1_000_000n;
    await this.#file.setTimes(nowNs, nowNs);
  }

  /** Removes it if it is still ours. */
  async release(): Promise<void> {
    let ours = false;
    try {
      const there = await this.#disk.facts(this.path);
      if (there && (await this.stands())) {
        const owner = await readOwner(this.#disk, this.path, there, this.#mailbox);
        ours = owner.token === this.#token;
      }
    } finally {
      await this.#file.close();
    }
    if (ours) await this.#disk.remove(this.path);
  }
}

/** Tries to make the dotlock without waiting. @throws IO */
export async function takeDotlock(request: DotlockRequest): Promise<DotlockOutcome> {
  try {
    let made = await make(request);
    if ('taken' in made && (await removeStale(request, made.taken))) made = await make(request);
    if ('file' in made) return { outcome: 'held', dotlock: new Dotlock(request, made.file) };
    return { outcome: 'busy' };
  } catch (thrown) {
    const why = whyMissing(thrown);
    if (!why) throw thrown;
    return (await standsForOthers(request)) ? { outcome: 'busy' } : { outcome: 'unavailable', why };
  }
}

/** Why no dotlock can be had here, for a person; empty if this error does not say so. */
export function whyMissing(thrown: unknown): string {
  if (!(thrown instanceof MailboxError)) return '';
  if (thrown.details.errno === 'ENAMETOOLONG') return 'its name would be too long';
  return WHY_MISSING[thrown.code] ?? '';
}

const WHY_MISSING: Partial<Readonly<Record<ErrorCode, string>>> = {
  NO_PERMISSION: 'the folder cannot be written to',
  READ_ONLY: 'the file system is read-only',
  NO_SPACE: 'the disk is full',
  NOT_FOUND: 'the folder is gone',
};

/**
 * The temporary that a dotlock is linked from. Short and of its own kind: the mailbox's name may be
 * as long as names can be. One for each dotlock, so that what a crash left of it is found.
 */
export function temporaryOf(dotlockPath: string): string {
  const name = createHash('sha256').update(path.basename(dotlockPath)).digest('hex');
  return path.join(path.dirname(dotlockPath), `.mailkeep-lock-${name.slice(0, 16)}`);
}

/** Either the file made, or, if the place is taken, what time it is there. */
type Made = { readonly file: OpenFile } | { readonly taken: bigint };

async function createTemporary(
  request: DotlockRequest,
  temporary: string,
): Promise<OpenFile | null> {
  const file = await request.disk.create(temporary, MODE);
  if (file) return file;
  const nowNs = BigInt(Date.now()) * 1_000_000n;
  if (!(await removeStale({ ...request, path: temporary }, nowNs))) return null;
  return request.disk.create(temporary, MODE);
}

async function make(request: DotlockRequest): Promise<Made> {
  const { disk, owner } = request;
  const temporary = temporaryOf(request.path);
  const file = await createTemporary(request, temporary);
  // Another Mailkeep, kept out by no kernel lock, is at this very place.
  if (!file) return { taken: 0n };
  let ours = false;
  try {
    await writeOwner(file, owner);
    const made = await file.facts();
    const linked = await disk.link(temporary, request.path);
    ours =
      (await file.facts()).links === 2 ||
      // Some file systems link and do not count.
      (linked === 'linked' && isSameFile(made, await disk.facts(request.path)));
    if (ours) return { file };
    if (linked === 'unsupported') return await makeByCreating(request, made.modifiedNs);
    return { taken: made.modifiedNs };
  } finally {
    if (!ours) await file.close();
    await disk.remove(temporary);
  }
}

/** Synced: after a power cut an empty dotlock would name nobody, and keep everybody out for minutes. */
async function writeOwner(file: OpenFile, owner: DotlockOwner): Promise<void> {
  await file.write(renderOwner(owner), byteOffset(0));
  await file.syncData();
}

async function makeByCreating(request: DotlockRequest, clock: bigint): Promise<Made> {
  const file = await request.disk.create(request.path, MODE);
  if (!file) return { taken: clock };
  try {
    await writeOwner(file, request.owner);
    return { file };
  } catch (thrown) {
    await file.close();
    await request.disk.remove(request.path);
    throw thrown;
  }
}

interface Found {
  readonly facts: FileFacts;
  readonly owner: DotlockOwner;
}

async function find({ disk, path: place, mailbox }: DotlockRequest): Promise<Found | null> {
  const facts = await disk.facts(place);
  return facts && { facts, owner: await readOwner(disk, place, facts, mailbox) };
}

/** Removes a dotlock that nobody is behind. @returns true if the place may be free now */
async function removeStale(request: DotlockRequest, nowNs: bigint): Promise<boolean> {
  const found = await find(request);
  if (!found) return true;
  if (!isStale(found.owner, found.facts, nowNs)) return false;
  // Looked at once more: its writer may have touched it, or another have put a new one there.
  const again = await request.disk.facts(request.path);
  if (!again) return true;
  if (again.inode !== found.facts.inode || again.modifiedNs !== found.facts.modifiedNs) {
    return false;
  }
  try {
    await request.disk.remove(request.path);
    return true;
  } catch (thrown) {
    // In a folder like /var/mail everybody may add names, and remove only his own.
    if (thrown instanceof MailboxError && thrown.code === 'NO_PERMISSION') return false;
    throw thrown;
  }
}

/** True if a dotlock stands where we can make none, and somebody may be behind it. */
async function standsForOthers(request: DotlockRequest): Promise<boolean> {
  try {
    const found = await find(request);
    if (!found) return false;
    return !isStale(found.owner, found.facts, BigInt(Date.now()) * 1_000_000n);
  } catch (thrown) {
    if (whyMissing(thrown)) return false;
    throw thrown;
  }
}

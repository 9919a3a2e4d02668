/**
 * The journal as a file: created whole, synced before it counts, read back, dropped. Its layout is
 * in `journal-layout.ts`. It stands beside the mailbox or, where that folder cannot be written, in
 * the folder the caller gives, under a name made of the mailbox's identity.
 */

import { createHash } from 'node:crypto';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { MailboxError } from '../../../shared/errors.ts';
import { byteOffset } from '../../../shared/units.ts';
import type { Disk, OpenFile } from '../disk/disk.ts';
import {
  headerBytes,
  type JournalHeader,
  type JournalPlaces,
  parseHeader,
  parseProgress,
  placesOf,
  type Progress,
  renderHeader,
  renderProgress,
  SLOT_BYTES,
} from './journal-layout.ts';
import { placeForJournal } from './named-place.ts';
import { mustHaveSpace } from './space.ts';
import { durably, guarded } from './under-way.ts';

/** Headers of journals that list more removals than this are read in a second step. */
const FIRST_READ_BYTES = 64 * 1024;
const JOURNAL_MODE = 0o600;

/** Where journals of a mailbox may stand, in the order they are looked for. */
export interface JournalPlace {
  readonly disk: Disk;
  /**
   * The mailbox, every link resolved: one mailbox has one journal. With several names (hard links) it
   * is one of them, see `named-place.ts`.
   */
  readonly mailboxPath: string;
  /** For mailboxes whose folder cannot be written. */
  readonly stateFolder: string;
  /** Left out for the first one; see `secondPlace`. */
  readonly which?: 'second';
}

/**
 * Where a second journal stands while the first one still does. Only what takes out the torn piece
 * that an interrupted delivery left needs one: the first, of that delivery, may go only when the
 * second says what is being done, or a crash between them would leave the piece to nobody.
 */
export const secondPlace = (place: JournalPlace): JournalPlace => ({ ...place, which: 'second' });

const suffixOf = ({ which }: JournalPlace): string =>
  which === 'second' ? '.mailkeep-journal-2' : '.mailkeep-journal';

/** The journal's path beside the mailbox. */
export const besideMailbox = (place: JournalPlace): string =>
  `${place.mailboxPath}${suffixOf(place)}`;

/**
 * The journal's path in the state folder. By the mailbox's path alone: the number of a device is
 * another one after a restart, and on many removable disks so is that of a file.
 */
export function inStateFolder(place: JournalPlace): string {
  const name = createHash('sha256').update(place.mailboxPath).digest('hex').slice(0, 32);
  return path.join(place.stateFolder, `${name}${suffixOf(place)}`);
}

/** What a record says of the mailbox. */
export type Recorded = Omit<Progress, 'sequence' | 'savedBytes' | 'savedChecksum'>;

/** Where an interrupted flush has come to. */
export interface Resumed {
  readonly progress: Progress;
  /** The kept bytes from `progress.moved` on that were about to overwrite their own source. */
  readonly saved: Uint8Array;
}

const lengthOf = (parts: readonly Uint8Array[]): number =>
  parts.reduce((sum, part) => sum + part.length, 0);

export class Journal {
  readonly path: string;
  readonly header: JournalHeader;
  readonly #disk: Disk;
  readonly #file: OpenFile;
  readonly #places: JournalPlaces;
  #sequence: number;

  constructor(disk: Disk, file: OpenFile, header: JournalHeader, sequence: number) {
    this.path = file.path;
    this.header = header;
    this.#disk = disk;
    this.#file = file;
    this.#places = placesOf(headerBytes(header.removals.length), header.saveBytes);
    this.#sequence = sequence;
  }

  /**
   * Records progress, and saves bytes with it; durable when this returns. One record at a time.
   * @param progress settles when what it says is true: only then is it written. The bytes are saved
   *   meanwhile, over those of the record before the last one
   * @param saved the kept bytes that are about to be written over their own source, or none; each
   *   group of stretches is one write
   */
  async record(
    progress: Promise<Recorded>,
    saved: readonly (readonly Uint8Array[])[],
  ): Promise<void> {
    this.#sequence += 1;
    const slot = this.#sequence % 2 === 1 ? 0 : 1;
    const [saving, recorded] = await Promise.allSettled([
      this.#save(saved, this.#places.areas[slot]),
      // Waited for whatever becomes of it: nothing may still be written when the journal is closed.
      progress,
    ]);
    if (recorded.status === 'rejected') throw recorded.reason;
    if (saving.status === 'rejected') throw saving.reason;
    const bytes = renderProgress({
      ...recorded.value,
      sequence: this.#sequence,
      savedBytes: lengthOf(saved.flat()),
      savedChecksum: saving.value,
    });
    await this.#file.write(bytes, byteOffset(this.#places.slots[slot]));
    await this.#file.syncData();
  }

  /** Writes bytes to a save area, durably. @returns their checksum */
  async #save(saved: readonly (readonly Uint8Array[])[], area: number): Promise<number> {
    if (saved.length === 0) return 0;
    let end = area;
    const writes = saved.map((group) => {
      const at = byteOffset(end);
      end += lengthOf(group);
      return () => this.#file.writeParts(group, at);
    });
    const written = guarded(durably(this.#file, writes));
    let checksum = 0;
    for (const part of saved.flat()) checksum = crc32(part, checksum);
    await written;
    return checksum;
  }

  /**
   * The last progress that was recorded whole; null if nothing has moved. A record that was torn,
   * its saved bytes included, was not acted upon: then the one before it counts.
   */
  async progress(): Promise<Resumed | null> {
    const found: Progress[] = [];
    for (const at of this.#places.slots) {
      const bytes = Buffer.alloc(SLOT_BYTES);
      const read = await this.#file.read(bytes, byteOffset(at));
      const progress = parseProgress(bytes.subarray(0, read));
      if (progress) found.push(progress);
    }
    for (const progress of found.sort((one, other) => other.sequence - one.sequence)) {
      const saved = await this.#saved(progress);
      if (!saved) continue;
      this.#sequence = progress.sequence;
      return { progress, saved };
    }
    return null;
  }

  async #saved(progress: Progress): Promise<Uint8Array | null> {
    if (progress.savedBytes > this.header.saveBytes) return null;
    const slot = progress.sequence % 2 === 1 ? 0 : 1;
    const bytes = new Uint8Array(progress.savedBytes);
    const read = await this.#file.read(bytes, byteOffset(this.#places.areas[slot]));
    return read === bytes.length && crc32(bytes) === progress.savedChecksum ? bytes : null;
  }

  /** The flush is over: the journal's name is gone, durably. */
  async drop(): Promise<void> {
    await this.#file.close();
    await this.#disk.remove(this.path);
    await this.#disk.syncFolder(path.dirname(this.path));
  }

  /** Leaves the journal for the next open. */
  async leave(): Promise<void> {
    await this.#file.close();
  }
}

/** Both places of a journal, in the order they are looked for. */
export const journalPaths = (place: JournalPlace): readonly string[] => [
  besideMailbox(place),
  inStateFolder(place),
];

/** Something stands where the journal would, and is none that we could act upon. */
export function inTheWay(journal: string): MailboxError {
  const sentence = `The file ${journal} stands where a change of this archive is noted, and is no note that belongs to it now. Nothing was touched; open the archive again, and if it is still there, move that file away.`;
  return new MailboxError('JOURNAL_FOREIGN', { journal }, { sentence });
}

/**
 * An empty file where a journal of this mailbox is to stand.
 * @throws NO_SPACE if there is not room for so many bytes; JOURNAL_FOREIGN if one stands there already
 */
export async function newJournalFile(
  known: JournalPlace,
  mailbox: OpenFile,
  bytes = 0,
): Promise<OpenFile> {
  const place = await placeForJournal(known, mailbox);
  const { disk } = place;
  const beside = await disk.folderWritable(path.dirname(place.mailboxPath));
  const where = beside ? besideMailbox(place) : inStateFolder(place);
  if (!beside) await disk.createFolder(place.stateFolder);
  await mustHaveSpace(disk, where, bytes);
  const file = await disk.create(where, JOURNAL_MODE);
  if (!file) throw inTheWay(where);
  return file;
}

/**
 * Creates the journal, whole and durable.
 * @throws NO_SPACE if there is not room for it; JOURNAL_FOREIGN if one stands there already
 */
export async function createJournal(
  place: JournalPlace,
  mailbox: OpenFile,
  header: JournalHeader,
): Promise<Journal> {
  const { disk } = place;
  const { end } = placesOf(headerBytes(header.removals.length), header.saveBytes);
  const file = await newJournalFile(place, mailbox, end);
  try {
    // Its whole length is claimed now: running out of space later would stop us half way.
    await claim(file, end);
    await file.write(renderHeader(header), byteOffset(0));
    await file.sync();
    await disk.syncFolder(path.dirname(file.path));
    return new Journal(disk, file, header, 0);
  } catch (error) {
    await file.close();
    await disk.remove(file.path);
    throw error;
  }
}

async function claim(file: OpenFile, length: number): Promise<void> {
  const zeros = new Uint8Array(Math.min(length, 1024 * 1024));
  for (let at = 0; at < length; at += zeros.length) {
    await file.write(zeros.subarray(0, Math.min(zeros.length, length - at)), byteOffset(at));
  }
}

/**
 * Opens the journal at a path.
 * @returns null if there is none, or one that was never acted upon, which is removed
 * @throws TOO_NEW, JOURNAL_FOREIGN; nothing is touched then
 */
export async function openJournal(disk: Disk, journalPath: string): Promise<Journal | null> {
  if ((await disk.facts(journalPath)) === null) return null;
  const file = await disk.open(journalPath, 'read-write');
  const { size } = await file.facts();
  let bytes = Buffer.alloc(Math.min(size, FIRST_READ_BYTES));
  bytes = bytes.subarray(0, await file.read(bytes, byteOffset(0)));
  const stated = bytes.length >= 16 ? bytes.readUInt32LE(12) : 0;
  if (stated > bytes.length && stated <= size) {
    bytes = Buffer.alloc(stated);
    await file.read(bytes, byteOffset(0));
  }
  const parsed = parseHeader(bytes);
  switch (parsed.header) {
    case 'valid':
      return new Journal(disk, file, parsed.value, 0);
    case 'torn':
      await file.close();
      await disk.remove(journalPath);
      await disk.syncFolder(path.dirname(journalPath));
      return null;
    case 'newer':
      await file.close();
      throw new MailboxError('TOO_NEW', { journal: journalPath, version: parsed.version });
    case 'foreign':
      await file.close();
      throw inTheWay(journalPath);
  }
}

/** Where an archive lies that a path names: a file, or an entry of a ZIP file as if that were a folder. */

import path from 'node:path';
import { MailboxError } from '../../../shared/errors.ts';
import { ZIP_ENTRIES_MAX } from '../../../shared/packing.ts';
import { byteOffset } from '../../../shared/units.ts';
import type { Disk, OpenFile } from '../disk/disk.ts';
import { type ExpandRequest, sourceOf } from './expanding.ts';
import { Input } from './input.ts';
import { headOf, MAGIC_BYTES, packingOf, type StreamPacking } from './packing.ts';
import { entryPlace, type ZipEntry, zipEntries } from './zip-directory.ts';

/** Compressed bytes in a file. */
export interface Stretch extends Pick<ExpandRequest, 'packing' | 'from' | 'end' | 'stated'> {
  /** Which entry of a ZIP file; empty for another file. */
  readonly entry: string;
}

export interface PackedPlace {
  readonly file: string;
  /** With `/` between folders; empty if the file itself is meant. */
  readonly entry: string;
  /** Whether there is such an entry. */
  readonly exists: boolean;
}

/** So much of an entry is looked at to tell whether it is an archive. */
const HEAD_BYTES = 64 * 1024;
/** So many entries are looked at to find the one archive. */
const LOOKED_AT_MAX = 2000;
/** So many names are told. */
const NAMED_MAX = 12;

/** What a path names. A path that names nothing is left as it is. */
export async function placeOf(disk: Disk, filePath: string): Promise<PackedPlace> {
  const nothing = { file: filePath, entry: '', exists: false };
  if (await disk.facts(filePath)) return { ...nothing, exists: true };
  for (let file = filePath; path.dirname(file) !== file; ) {
    file = path.dirname(file);
    const facts = await disk.facts(file);
    if (facts?.kind === 'file') {
      const entry = path.relative(file, filePath).split(path.sep).join('/');
      return { file, entry, exists: await hasEntry(disk, file, entry) };
    }
    if (facts) break;
  }
  return nothing;
}

/** False for whatever is no ZIP file, or cannot be read. */
async function hasEntry(disk: Disk, file: string, entry: string): Promise<boolean> {
  const opened = await disk.open(file, 'read').catch(() => null);
  if (!opened) return false;
  try {
    const head = new Uint8Array(MAGIC_BYTES);
    await opened.read(head, byteOffset(0));
    if (packingOf(head) !== 'zip') return false;
    const { size } = await opened.facts();
    return zipEntries(sourceOf(opened.descriptor), size).some(({ name }) => name === entry);
  } catch {
    return false;
  } finally {
    await opened.close();
  }
}

/**
 * The bytes of an entry: the one of this name or, without a name, the only archive there is.
 * @throws NOT_FOUND, NOT_A_MAILBOX; IO
 */
export async function entryInside(
  file: OpenFile,
  size: number,
  name: string,
  isArchive: (head: Uint8Array) => boolean,
): Promise<Stretch> {
  const source = sourceOf(file.descriptor);
  const entries = zipEntries(source, size);
  if (name !== '') {
    const entry = entries.find((one) => one.name === name);
    if (!entry) throw new MailboxError('NOT_FOUND', { path: `${file.path}/${name}` });
    return stretchOf(file, size, entry);
  }
  const archives = await archivesIn(file, size, entries, isArchive);
  const [only, ...others] = archives;
  if (only && others.length === 0) return stretchOf(file, size, only);
  throw only ? several(file.path, archives) : none(file.path, entries);
}

/** Entries that are archives, told by how they begin. Damaged ones are none. */
export async function archivesIn(
  file: OpenFile,
  size: number,
  entries: readonly ZipEntry[],
  isArchive: (head: Uint8Array) => boolean,
): Promise<readonly ZipEntry[]> {
  const archives: ZipEntry[] = [];
  for (const entry of entries.slice(0, LOOKED_AT_MAX)) {
    if (entry.packing === null || entry.bytes === 0) continue;
    if (isArchive(await headOfEntry(file, size, entry, entry.packing))) archives.push(entry);
  }
  return archives;
}

/** How an entry begins, expanded once more if it is itself compressed; nothing if it is damaged. */
async function headOfEntry(
  file: OpenFile,
  size: number,
  entry: ZipEntry,
  packing: StreamPacking,
): Promise<Uint8Array> {
  try {
    const source = sourceOf(file.descriptor);
    const { from, end } = entryPlace(source, size, entry);
    const head = await headOf(packing, new Input(source, from, end), HEAD_BYTES, entry.bytes);
    const inner = packingOf(head);
    if (!inner || inner === 'zip') return head;
    const bytes = { read: (into: Uint8Array, at: number) => copied(head, into, at) };
    return await headOf(inner, new Input(bytes, 0, head.length), HEAD_BYTES);
  } catch {
    return new Uint8Array(0);
  }
}

function copied(from: Uint8Array, into: Uint8Array, at: number): number {
  const some = from.subarray(at, at + into.length);
  into.set(some);
  return some.length;
}

function stretchOf(file: OpenFile, size: number, entry: ZipEntry): Stretch {
  const { packing, name, bytes, sum } = entry;
  if (packing === null) throw unknownMethod(file.path, entry);
  const place = entryPlace(sourceOf(file.descriptor), size, entry);
  return { packing, ...place, stated: { bytes, sum }, entry: name };
}

const unknownMethod = (filePath: string, { name, encrypted }: ZipEntry): MailboxError =>
  new MailboxError(
    'NOT_A_MAILBOX',
    { path: filePath, entry: name },
    {
      sentence: encrypted
        ? 'This file is encrypted inside its ZIP file. Nothing was changed; expand it with a program that asks for the password, and open what comes of it.'
        : 'This file is compressed in a way that Mailkeep does not know. Nothing was changed; expand it with the program that made it, and open what comes of it.',
    },
  );

function several(filePath: string, archives: readonly ZipEntry[]): MailboxError {
  const offered = archives.slice(0, ZIP_ENTRIES_MAX);
  const entries = offered.map(({ name }) => name);
  const names = entries.slice(0, NAMED_MAX);
  return new MailboxError(
    'NOT_A_FILE',
    { path: filePath, entries, entryBytes: offered.map(({ bytes }) => String(bytes)) },
    {
      sentence: `This ZIP file holds ${archives.length} mail archives. Open one of them, as if it were a folder: ${names.map((name) => path.join(filePath, name)).join(', ')}${archives.length > NAMED_MAX ? ', …' : ''}`,
    },
  );
}

/** Of what cannot be looked into nobody knows whether it is an archive. */
function whyNone(entries: readonly ZipEntry[]): string {
  const closed = entries.filter(({ packing, bytes }) => packing === null && bytes > 0);
  if (closed.length === 0) {
    return 'This ZIP file holds no mail archive (mbox, MMDF or Babyl). It was not changed.';
  }
  return closed.some(({ encrypted }) => encrypted)
    ? 'This ZIP file is encrypted. It was not changed; expand it with a program that asks for the password, and open what comes of it.'
    : 'What is in this ZIP file is compressed in a way that Mailkeep does not know. It was not changed; expand it with the program that made it, and open what comes of it.';
}

const none = (filePath: string, entries: readonly ZipEntry[]): MailboxError =>
  new MailboxError('NOT_A_MAILBOX', { path: filePath }, { sentence: whyNone(entries) });

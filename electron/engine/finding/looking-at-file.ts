/**
 * Whether a file is an archive, or holds some: told from how it begins, also once it is expanded.
 *
 * Opens and closes files, which drops the locks that a process holds on them: never in an engine's
 * process.
 */

import path from 'node:path';
import type { FormatName } from '../../../shared/dialect-report.ts';
import type { Packing } from '../../../shared/packing.ts';
import { byteOffset } from '../../../shared/units.ts';
import type { FileFacts, OpenFile } from '../../mailbox/disk/disk.ts';
import { realDisk } from '../../mailbox/disk/real-disk.ts';
import { HEAD_BYTES } from '../../mailbox/format/dialect.ts';
import { sourceOf } from '../../mailbox/packed/expanding.ts';
import { Input } from '../../mailbox/packed/input.ts';
import { headOf, packingOf } from '../../mailbox/packed/packing.ts';
import { zipEntries } from '../../mailbox/packed/zip-directory.ts';
import { archivesIn } from '../../mailbox/packed/zip-places.ts';
import { BEGIN_BYTES, mayBeFoundUnasked, unaskedFormatOf } from '../../mailbox/recognition.ts';

/** An archive in a file. */
export interface Seen {
  readonly path: string;
  /** The entry of a ZIP file, with `/` between folders; empty if the file is the archive. */
  readonly entry: string;
  readonly format: FormatName;
  readonly packing: Packing | null;
  readonly bytes: number;
  readonly facts: FileFacts;
}

/**
 * Documents, books and programs are ZIP files too, and say so in the name of their first entry
 * (ECMA-376, ODF 1.3, EPUB OCF, JAR).
 */
const NO_MAIL_ZIP =
  /^PK\x03\x04.{26}(?:\[Content_Types\]\.xml|_rels\/|mimetype|META-INF\/|AndroidManifest)/s;
const FIRST_NAME_BYTES = 64;

/**
 * The archives in a file: none, one, or several of a ZIP file.
 * @param into of `HEAD_BYTES`, used again and again
 * @throws NO_PERMISSION, NOT_FOUND, NOT_A_FILE, IO
 */
export async function archivesInFile(filePath: string, into: Uint8Array): Promise<readonly Seen[]> {
  const file = await realDisk.open(filePath, 'read');
  try {
    const begin = into.subarray(0, await file.read(into.subarray(0, BEGIN_BYTES), byteOffset(0)));
    const packing = packingOf(begin);
    if (packing === 'zip') return await entriesOf(file, begin);
    if (!packing && !mayBeFoundUnasked(begin)) return [];
    const head = packing ? await expandedHead(file, packing) : await headInto(into, file);
    const format = unaskedFormatOf(head);
    if (!format) return [];
    const facts = await file.facts();
    return [{ path: filePath, entry: '', format, packing, bytes: facts.size, facts }];
  } finally {
    await file.close();
  }
}

async function headInto(into: Uint8Array, file: OpenFile): Promise<Uint8Array> {
  return into.subarray(0, await file.read(into.subarray(0, HEAD_BYTES), byteOffset(0)));
}

/** Nothing if it is damaged. */
async function expandedHead(file: OpenFile, packing: Exclude<Packing, 'zip'>): Promise<Uint8Array> {
  const { size } = await file.facts();
  const input = new Input(sourceOf(file.descriptor), 0, size);
  return headOf(packing, input, HEAD_BYTES).catch(() => new Uint8Array(0));
}

/** Of a ZIP file. A damaged one holds none. */
async function entriesOf(file: OpenFile, head: Uint8Array): Promise<readonly Seen[]> {
  if (NO_MAIL_ZIP.test(Buffer.from(head.subarray(0, FIRST_NAME_BYTES)).toString('latin1')))
    return [];
  const facts = await file.facts();
  const formats: FormatName[] = [];
  const isArchive = (begin: Uint8Array): boolean => {
    const format = unaskedFormatOf(begin);
    if (format) formats.push(format);
    return format !== null;
  };
  const entries = await entriesIn(file, facts.size, isArchive);
  const seen = entries.map(({ name, packedBytes }, at) => ({
    path: path.join(file.path, ...name.split('/')),
    entry: name,
    format: formats[at] ?? 'mbox',
    packing: 'zip' as const,
    bytes: packedBytes,
    facts,
  }));
  // A name that leads elsewhere names no place in a ZIP file.
  return seen.filter(
    (one) => one.path === `${file.path}${path.sep}${one.entry.split('/').join(path.sep)}`,
  );
}

async function entriesIn(file: OpenFile, size: number, isArchive: (head: Uint8Array) => boolean) {
  try {
    const entries = zipEntries(sourceOf(file.descriptor), size);
    return await archivesIn(file, size, entries, isArchive);
  } catch {
    return [];
  }
}

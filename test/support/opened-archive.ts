/** An archive with given content, opened and read by the engine, and what a person then sees of it. */

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { Archive } from '../../electron/engine/archive/archive.ts';
import type { ArchiveRequest } from '../../electron/engine/archive/archive-request.ts';
import type { DialectReport } from '../../shared/dialect-report.ts';
import type { MessageText, MessageView } from '../../shared/message-view.ts';
import type { Row } from '../../shared/row.ts';
import { key, messageNumber } from '../../shared/units.ts';

export interface OpenedArchive {
  readonly archive: Archive;
  readonly rows: readonly Row[];
  readonly report: DialectReport;
  /** The archive's file, as it is now. */
  readonly content: () => string;
  readonly path: string;
  /** A message as it is shown. */
  readonly read: (number: number) => Promise<MessageView & MessageText>;
}

/** A folder of the test's own, gone when it has ended. */
export function testFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-archive-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/**
 * Writes an archive and opens it; it is closed when the test has ended.
 * @param content as Latin-1
 * @param name of the file, which must mean nothing
 * @throws MailboxError as the engine does
 */
export async function openedArchive(content: string, name = 'archive'): Promise<OpenedArchive> {
  const file = path.join(testFolder(), name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content, 'latin1');
  return openArchiveAt(file);
}

/** What an engine needs to open a file, with folders of the test's own. */
export function requestFor(file: string): ArchiveRequest {
  const folder = testFolder();
  return {
    path: file,
    access: 'read-write',
    journalFolder: path.join(folder, 'journals'),
    copyFolder: path.join(folder, 'removed'),
    readingFolder: path.join(folder, 'readings'),
    catalogFolder: path.join(folder, 'catalogs'),
  };
}

export async function openArchiveAt(file: string): Promise<OpenedArchive> {
  const archive = await Archive.open(requestFor(file));
  onTestFinished(() => archive.close());
  await archive.read();
  const rows: Row[] = [];
  for (let number = 0; number < archive.count; number++) {
    rows.push(await archive.listing.row(messageNumber(number), false));
  }
  return {
    archive,
    rows,
    report: archive.dialect(),
    content: () => readFileSync(archive.mailbox.path, 'latin1'),
    path: archive.mailbox.path,
    read: async (number) => {
      const of = key(rows[number]?.key ?? '');
      return { ...(await archive.reading.view(of)), ...(await archive.reading.text(of)) };
    },
  };
}

/** Removes messages for good. */
export async function removeFrom(
  { archive }: OpenedArchive,
  numbers: readonly number[],
): Promise<void> {
  await archive.removing.remove(numbers.map(messageNumber));
  await archive.removing.flush('none');
}

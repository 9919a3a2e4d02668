/**
 * Opens the index of an archive in the cache folder: one that is damaged, or of another version, is
 * made anew. Imports catalog and this folder.
 */

import type { ArchiveMark, CatalogFolder } from '../../catalog/catalog-folder.ts';
import type { Documents } from '../../catalog/text-index/text-database.ts';
import { markOf } from '../state-file.ts';
import { IndexError, type IndexThreads } from './index-threads.ts';

export interface TextsFile {
  readonly mark: ArchiveMark;
  readonly documents: Documents;
}

/**
 * @param missing whether an index is made if there is none
 * @returns null if there is none
 * @throws IndexError, or what making a file does
 */
export async function openTextsFile(
  archive: string,
  folder: CatalogFolder,
  threads: IndexThreads,
  missing: 'make' | 'leave',
): Promise<TextsFile | null> {
  const found = await markOf(archive);
  if (!found) return null;
  const mark = { device: BigInt(found.device), inode: BigInt(found.inode) };
  if (!(await folder.hasTexts(mark, found.path)) && missing === 'leave') return null;
  const open = async (): Promise<Documents> => {
    await folder.makeTextsFile(mark);
    return threads.open(folder.textsFileOf(mark), found.path);
  };
  try {
    return { mark, documents: await open() };
  } catch (error) {
    if (!(error instanceof IndexError) || error.reason !== 'damaged') throw error;
    await folder.removeTexts(mark);
    return { mark, documents: await open() };
  }
}

/** What went wrong with an index, for a person. */
export function sentenceOf(error: unknown): string {
  const reason = error instanceof IndexError ? error.reason : 'other';
  switch (reason) {
    case 'full':
      return 'The disk is full, so texts could not be indexed. The archive is as it was; free some space and try again.';
    case 'busy':
      return 'Another program is using the index of texts. Try again in a moment.';
    case 'damaged':
      return 'The index of texts was damaged and has been removed. It can be built again.';
    case 'other':
      return 'Texts could not be indexed. The archive is as it was; search finds senders, recipients and subjects.';
  }
}

/**
 * Other threads that scan sections of the mailbox, through its one descriptor: lent for each section, so
 * that the file is not closed or replaced under them.
 */

import type { FormatName } from '../../shared/dialect-report.ts';
import type { Reading } from './format/format.ts';
import type { GuardedFile } from './guarded-file.ts';
import type { SectionThreads, ThreadFound } from './toc/ahead.ts';
import type { Section } from './toc/section.ts';

/** All that a thread needs to know: plain values. */
export interface SectionRequest {
  readonly descriptor: number;
  readonly format: FormatName;
  readonly reading: Reading;
  readonly section: Section;
}

/** Whoever has threads; `toc/section.ts` is what they do. */
export interface SectionReaders {
  /** How many sections may be under way or waiting to be taken over. */
  readonly room: number;
  /** @returns null if the section has to be scanned in another way */
  scan(request: SectionRequest): Promise<ThreadFound | null>;
}

export function lentTo(
  readers: SectionReaders,
  guarded: GuardedFile,
  reading: Reading,
): SectionThreads {
  return {
    get room() {
      return readers.room;
    },
    scan: async (section) => {
      const lent = guarded.lend();
      if (!lent) return null;
      const { descriptor, giveBack } = lent;
      const format = guarded.format.name;
      return readers.scan({ descriptor, format, reading, section }).finally(giveBack);
    },
  };
}

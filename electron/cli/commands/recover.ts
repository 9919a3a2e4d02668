/** `mailkeep recover FILE`: finishes a compaction that was interrupted; every opening does as much. */

import { MailboxError } from '../../../shared/errors.ts';
import { type Command, withArchive } from '../command.ts';

const WORDS = {
  none: 'nothing to recover',
  recovered: 'an interrupted compaction was finished',
  present: 'an interrupted compaction lies here, but the archive can only be read',
  foreign: '',
} as const;

export const recover: Command = {
  name: 'recover',
  takes: 'file',
  usage: 'FILE',
  summary: 'finish a compaction that was interrupted',
  options: {},
  run: ({ file }, print) =>
    withArchive(file, { access: 'read-write' }, async (archive) => {
      const { journal, readOnly } = archive.status();
      if (journal === 'foreign') {
        throw new MailboxError('JOURNAL_FOREIGN', { path: file }, { sentence: readOnly });
      }
      print.value({ journal }, WORDS[journal]);
    }),
};

/**
 * `mailkeep compact FILE`: finishes a compaction that was interrupted and, if asked, removes what is
 * flagged deleted inside the file.
 */

import { type Command, withLockedArchive } from '../command.ts';
import { copyOption, printFlushed } from '../print-flushed.ts';

export const compact: Command = {
  name: 'compact',
  takes: 'file',
  usage: 'FILE [--flagged] [--keep-copy FILE]',
  summary: 'finish what is pending, or remove what is flagged deleted',
  options: { flagged: 'flag', 'keep-copy': 'value' },
  run: async ({ file, options }, print) => {
    const flagged = options['flagged'] === true ? 'remove' : 'leave';
    const flushed = await withLockedArchive(file, (archive) =>
      archive.removing.flush(copyOption(options), flagged),
    );
    printFlushed(flushed, print);
  },
};

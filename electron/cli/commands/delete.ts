/** `mailkeep delete FILE KEY...`: marks messages and compacts at once, under one lock. */

import { type Command, numberNamed, usageError, withLockedArchive } from '../command.ts';
import { copyOption, printFlushed } from '../print-flushed.ts';

export const remove: Command = {
  name: 'delete',
  takes: 'file and words',
  usage: 'FILE KEY... [--keep-copy FILE]',
  summary: 'remove messages from the file',
  options: { 'keep-copy': 'value' },
  run: async ({ file, rest, options }, print) => {
    if (rest.length === 0) throw usageError('delete takes a FILE and at least one KEY');
    const flushed = await withLockedArchive(file, async (archive) => {
      await archive.removing.remove(rest.map((text) => numberNamed(archive, text)));
      return archive.removing.flush(copyOption(options));
    });
    printFlushed(flushed, print);
  },
};

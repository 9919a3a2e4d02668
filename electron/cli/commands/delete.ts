/** `mailkeep delete FILE KEY...`: marks messages and compacts at once, under one lock. */

import { type Command, numberNamed, usageError, withArchive } from '../command.ts';

export const remove: Command = {
  name: 'delete',
  usage: 'FILE KEY... [--keep-copy FILE]',
  summary: 'remove messages from the file',
  options: { 'keep-copy': 'value' },
  run: ({ file, rest, options }, print) =>
    withArchive(file, { access: 'read-write' }, async (archive) => {
      if (rest.length === 0) throw usageError('delete takes a FILE and at least one KEY');
      await archive.lock();
      try {
        await archive.sync();
        await archive.remove(rest.map((text) => numberNamed(archive, text)));
        const copy = options['keep-copy'];
        const result = await archive.flush(typeof copy === 'string' ? { path: copy } : 'none');
        const freed = result.bytesBefore - result.bytesAfter;
        const { messages } = result.removed;
        print.value(result, `${messages} removed, ${freed} bytes freed`);
      } finally {
        await archive.unlock();
      }
    }),
};

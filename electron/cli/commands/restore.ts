/** `mailkeep restore FILE --from COPY [KEY...]`: puts removed messages back, as they were stored. */

import { type Command, keyNamed, usageError, withLockedArchive } from '../command.ts';

export const restore: Command = {
  name: 'restore',
  takes: 'file and words',
  usage: 'FILE --from COPY [KEY...]',
  summary: 'put removed messages back',
  options: { from: 'value' },
  run: async ({ file, rest, options }, print) => {
    const { from } = options;
    if (typeof from !== 'string') throw usageError('restore takes a FILE and --from COPY');
    const keys = rest.length > 0 ? rest.map(keyNamed) : null;
    const restored = await withLockedArchive(file, (archive) =>
      archive.removing.restoreFrom(from, keys),
    );
    print.value(restored, `${restored.messages} put back, ${restored.bytes} bytes`);
  },
};

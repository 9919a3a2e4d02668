/** `mailkeep undelete FILE KEY...`: clears the deleted flag inside the file. */

import { type Command, numberNamed, usageError, withLockedArchive } from '../command.ts';

export const undelete: Command = {
  name: 'undelete',
  takes: 'file and words',
  usage: 'FILE KEY...',
  summary: 'clear the deleted flag that another program set in the file',
  options: {},
  run: async ({ file, rest }, print) => {
    if (rest.length === 0) throw usageError('undelete takes a FILE and at least one KEY');
    const undeleted = await withLockedArchive(file, (archive) =>
      archive.removing.undelete(rest.map((text) => numberNamed(archive, text))),
    );
    print.value({ undeleted }, `${undeleted} undeleted`);
  },
};

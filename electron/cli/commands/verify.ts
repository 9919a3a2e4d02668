/**
 * `mailkeep verify FILE`: reads everything twice and compares; says what could be doubted, and gives
 * the SHA-256 of all messages as stored. Writes nothing.
 */

import { createHash } from 'node:crypto';
import { messageNumber } from '../../../shared/units.ts';
import { MailboxError } from '../../../shared/errors.ts';
import { type Command, withArchive } from '../command.ts';
import { harmless } from '../print.ts';

export const verify: Command = {
  name: 'verify',
  takes: 'file',
  usage: 'FILE',
  summary: 'read everything again and compare',
  options: {},
  run: ({ file }, print) =>
    withArchive(file, { access: 'read-only', catalogFolder: null }, async (archive) => {
      const diff = await archive.verify();
      if (diff.how !== 'same') throw new MailboxError('CHANGED', { path: file, ...diff });
      const hash = createHash('sha256');
      let bytes = 0;
      for (let number = 0; number < archive.count; number++) {
        const stored = await archive.mailbox.readStored(messageNumber(number));
        hash.update(stored);
        bytes += stored.length;
      }
      const { path, format, messages, doubtful, journal } = archive.status();
      const value = {
        path,
        format,
        messages,
        bytes,
        doubtful,
        journal,
        digest: hash.digest('hex'),
      };
      const text = Object.entries(value).map(
        ([name, fact]) => `${`${name}:`.padEnd(10)} ${harmless(`${fact}`)}`,
      );
      print.value(value, text.join('\n'));
    }),
};

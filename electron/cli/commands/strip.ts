/** `mailkeep strip FILE KEY...`: takes attachments out of messages, inside the file. */

import { MailboxError } from '../../../shared/errors.ts';
import type { Stripped } from '../../../shared/strip-contract.ts';
import { type Command, keyNamed, numberNamed, usageError, withArchive } from '../command.ts';

function bytesMinOf(given: string | boolean | undefined): number {
  if (given === undefined) return 0;
  const bytes = Number(given);
  if (!Number.isSafeInteger(bytes) || bytes < 0) {
    throw usageError(`--larger-than takes a number of bytes, not "${given}"`);
  }
  return bytes;
}

const LEFT_ALONE =
  'Another program changed messages while their attachments were to be taken out. These were left as they are; list the archive again before you go on.';

const counted = (count: number, what: string): string =>
  `${count} ${count === 1 ? what : `${what}s`}`;

function textOf({ amount, attachments, staying, saved }: Stripped): string {
  const lines = [
    `${counted(attachments, 'attachment')} taken out of ${counted(amount.messages, 'message')}, ${amount.bytes} bytes freed`,
  ];
  const { whole, within, other } = staying;
  if (whole > 0) lines.push(`${counted(whole, 'attachment')} left alone: signed or encrypted`);
  if (within > 0)
    lines.push(`${counted(within, 'attachment')} left alone: in a text or another attachment`);
  if (other > 0)
    lines.push(`${counted(other, 'attachment')} left alone: no parts that can be replaced`);
  if (saved) lines.push(`${counted(saved.files, 'file')} saved to ${saved.path}`);
  return lines.join('\n');
}

export const strip: Command = {
  name: 'strip',
  takes: 'file and words',
  usage: 'FILE [--save-to FOLDER --larger-than BYTES --pictures] KEY...',
  summary: 'take attachments out of messages, inside the file',
  options: { 'save-to': 'value', 'larger-than': 'value', pictures: 'flag' },
  run: ({ file, rest, options }, print) =>
    withArchive(file, { access: 'read-write' }, async (archive) => {
      if (rest.length === 0) throw usageError('strip takes a FILE and at least one KEY');
      for (const text of rest) numberNamed(archive, text);
      const saveTo = options['save-to'];
      const stripped = await archive.stripping.run({
        keys: rest.map(keyNamed),
        wanted: {
          bytesMin: bytesMinOf(options['larger-than']),
          pictures: options['pictures'] === true ? 'remove' : 'keep',
        },
        saveTo: typeof saveTo === 'string' ? { path: saveTo, ifTaken: 'refuse' } : null,
      });
      print.value(stripped, textOf(stripped));
      const { conflicts } = stripped;
      if (conflicts > 0) throw new MailboxError('CHANGED', { conflicts }, { sentence: LEFT_ALONE });
    }),
};

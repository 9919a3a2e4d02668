/** `mailkeep append FILE < message`: delivers one message under the locks. */

import { type Command, usageError, withArchive } from '../command.ts';

async function standardInput(): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of process.stdin) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}

export const append: Command = {
  name: 'append',
  takes: 'file',
  usage: 'FILE < message',
  summary: 'deliver one message',
  options: {},
  run: async ({ file }, print) => {
    const message = await standardInput();
    if (message.length === 0) throw usageError('append takes a message on standard input');
    await withArchive(file, { access: 'read-write', missing: 'create' }, async (archive) => {
      const key = await archive.add(message, null);
      print.value({ key }, key);
    });
  },
};

/** `mailkeep info FILE`: the archive as a whole. */

import { type Command, ruleOption, withArchive } from '../command.ts';
import { harmless } from '../print.ts';

export const info: Command = {
  name: 'info',
  takes: 'file',
  usage: 'FILE [--rule RULE]',
  summary: 'what the archive is and holds',
  options: { rule: 'value' },
  run: (words, print) =>
    withArchive(words.file, { access: 'read-only', ...ruleOption(words) }, async (archive) => {
      const status = archive.status();
      const value = {
        path: status.path,
        format: status.format,
        dialect: archive.dialect().quoting,
        lineEnd: status.lineEnd,
        messages: status.messages,
        bytes: status.bytes,
        preambleBytes: status.preambleBytes,
        doubtful: status.doubtful,
        journal: status.journal,
      };
      const text = Object.entries(value).map(
        ([name, fact]) => `${`${name}:`.padEnd(15)} ${harmless(`${fact}`)}`,
      );
      print.value(value, text.join('\n'));
    }),
};

/** `mailkeep show FILE KEY`: a message as a reader sees it, or its exact stored bytes. */

import { type MessageView, peopleText } from '../../../shared/message-view.ts';
import {
  type Command,
  keyNamed,
  numberNamed,
  ruleOption,
  usageError,
  withArchive,
} from '../command.ts';

function textOf(message: MessageView, text: string): string {
  const fields = [
    ['From', peopleText(message.from)],
    ['To', peopleText(message.to)],
    ['Cc', peopleText(message.cc)],
    ['Date', message.dateText],
    ['Subject', message.subject],
  ].flatMap(([name, value]) => (value ? [`${name}: ${value}`] : []));
  const attachments = message.attachments.map(
    ({ name, type, bytes }) => `[attachment: ${name || 'unnamed'}, ${type}, ${bytes} bytes]`,
  );
  return [...fields, '', text.trimEnd(), ...attachments].join('\n');
}

export const show: Command = {
  name: 'show',
  takes: 'file and words',
  usage: 'FILE KEY [--raw --rule RULE]',
  summary: 'one message, decoded or exactly as stored',
  options: { raw: 'flag', rule: 'value' },
  run: (words, print) =>
    withArchive(words.file, { access: 'read-only', ...ruleOption(words) }, async (archive) => {
      const { rest, options } = words;
      const [text] = rest;
      if (text === undefined || rest.length > 1)
        throw usageError('show takes one FILE and one KEY');
      numberNamed(archive, text);
      if (options['raw'] === true) return print.bytes(await archive.stored(keyNamed(text)));
      const message = await archive.reading.view(keyNamed(text));
      const shown = await archive.reading.text(keyNamed(text));
      print.value({ ...message, ...shown }, textOf(message, shown.text));
    }),
};

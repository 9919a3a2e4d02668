/**
 * Messages as they are put on paper: a few fields and their text. Imports the reading of messages,
 * and shared. HTML comes as its text.
 */

import type { PrintedMessage } from '../../../shared/export-contract.ts';
import { MailboxError } from '../../../shared/errors.ts';
import { peopleText } from '../../../shared/message-view.ts';
import type { Key } from '../../../shared/units.ts';
import type { MessageReading } from '../messages/message-reading.ts';

interface Printed {
  readonly total: number;
  readonly messages: PrintedMessage[];
  /** How many of those asked for are no longer there. */
  readonly missed: number;
}

/** @param keys of all that are to be printed @param from of these, as many as `count` */
export async function printedMessages(
  { reading }: { readonly reading: MessageReading },
  keys: readonly Key[],
  from: number,
  count: number,
): Promise<Printed> {
  const messages: PrintedMessage[] = [];
  let missed = 0;
  for (const of of keys.slice(from, from + count)) {
    try {
      messages.push(await printed(reading, of));
    } catch (error) {
      if (!(error instanceof MailboxError) || error.code !== 'GONE') throw error;
      missed += 1;
    }
  }
  return { total: keys.length, messages, missed };
}

async function printed(reading: MessageReading, of: Key): Promise<PrintedMessage> {
  const view = await reading.view(of);
  const { text, cut } = await reading.text(of);
  const fields = [
    { name: 'From', value: peopleText(view.from) },
    { name: 'To', value: peopleText(view.to) },
    { name: 'Cc', value: peopleText(view.cc) },
    { name: 'Date', value: view.dateText },
  ];
  return {
    subject: view.subject,
    fields: fields.filter(({ value }) => value !== ''),
    text,
    attachments: view.attachments.map(({ name }) => name),
    cut: cut || view.truncated,
  };
}

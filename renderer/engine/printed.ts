/** Gets the messages that are to be printed from the engine, some at a time. */

import { MailboxError } from '../../shared/errors.ts';
import { PRINTED_PER_CALL, type PrintedMessage } from '../../shared/export-contract.ts';
import type { Connection } from './connection.ts';
import { say } from '../../shared/language/say.ts';

/** More are not laid out at once: it would take minutes, and a forest. */
export const PRINTED_MAX = 1000;

/** @throws MISUSE for more messages than that */
export async function collectPrinted(
  connection: Connection,
  tell: (done: number, total: number) => void,
): Promise<readonly PrintedMessage[]> {
  const messages: PrintedMessage[] = [];
  for (let from = 0, total = 1; from < total; from += PRINTED_PER_CALL) {
    const which = { selected: 'all' } as const;
    const asked = { which, from, count: PRINTED_PER_CALL };
    const printed = await connection.call('printed', asked);
    total = printed.total;
    if (total > PRINTED_MAX) {
      const sentence = say('paper.tooMany', { messages: total, most: PRINTED_MAX });
      throw new MailboxError('MISUSE', { total }, { sentence });
    }
    messages.push(...printed.messages);
    tell(messages.length, total);
  }
  return messages;
}

/** Gets the messages that are to be printed from the engine, some at a time. */

import { MailboxError } from '../../shared/errors.ts';
import { PRINTED_PER_CALL, type PrintedMessage } from '../../shared/export-contract.ts';
import type { Connection } from './connection.ts';

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
      // Found by these words when it is shown: renderer/language/engine-text.ts.
      const sentence = `${total} messages are too many to print at once. Select ${PRINTED_MAX} at most, or export them.`;
      throw new MailboxError('MISUSE', { total }, { sentence });
    }
    messages.push(...printed.messages);
    tell(messages.length, total);
  }
  return messages;
}

/** Messages of one mailbox, to be copied into another one as they are stored there. */

import { MailboxError } from '../../shared/errors.ts';
import type { MessageNumber } from '../../shared/units.ts';
import type { StoredAt } from './flush/append.ts';
import type { Mailbox } from './mailbox.ts';
import { CopyCheck } from './verify.ts';

/** Some messages, or every byte, whatever of it is read as a message. */
export type Stored = readonly MessageNumber[] | 'everything';

/** Each is compared while it is copied: GONE if it is no longer where its table says. */
export function storedIn(from: Mailbox, numbers: Stored): StoredAt[] {
  const { table, format, path } = from;
  const read = async (into: Uint8Array, offset: number): Promise<number> =>
    (await from.readBytes(table, into, offset)) ?? 0;
  if (numbers === 'everything') return [{ read, ...everythingOf(from) }];
  return numbers.map((number) => {
    const span = table.span(number);
    const key = from.keys.keyOf(number);
    const gone = (): MailboxError => new MailboxError('GONE', { path, key });
    const check = new CopyCheck(span, table.fingerprint(number), format, gone);
    return { read, offset: span.offset, length: span.length, check };
  });
}

/** But for what a mailbox without messages holds as well; of that, the last byte ends a file. */
function everythingOf({ format, size }: Mailbox): { offset: number; length: number } {
  const { length: empty } = format.emptyMailbox;
  const ending = empty > 0 ? 1 : 0;
  const offset = empty - ending;
  return { offset, length: Math.max(0, size - ending - offset) };
}

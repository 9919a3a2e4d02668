/** Messages of one mailbox, to be copied into another one as they are stored there. */

import { MailboxError } from '../../shared/errors.ts';
import type { MessageNumber } from '../../shared/units.ts';
import type { StoredAt } from './flush/append.ts';
import type { Mailbox } from './mailbox.ts';
import { CopyCheck } from './verify.ts';

/** Each is compared while it is copied: GONE if it is no longer where its table says. */
export function storedIn(from: Mailbox, numbers: readonly MessageNumber[]): StoredAt[] {
  const { table, format, path } = from;
  const read = async (into: Uint8Array, offset: number): Promise<number> =>
    (await from.readBytes(table, into, offset)) ?? 0;
  return numbers.map((number) => {
    const span = table.span(number);
    const key = from.keys.keyOf(number);
    const gone = (): MailboxError => new MailboxError('GONE', { path, key });
    const check = new CopyCheck(span, table.fingerprint(number), format, gone);
    return { read, offset: span.offset, length: span.length, check };
  });
}

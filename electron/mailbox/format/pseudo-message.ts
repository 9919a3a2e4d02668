/**
 * The pseudo message that UW IMAP keeps at the start of an mbox ("DON'T DELETE THIS MESSAGE -- FOLDER
 * INTERNAL DATA"): its field X-IMAP holds what the server knows of the mailbox (uw pseudo.c; Dovecot
 * takes a first message with that field for it, mbox-sync-parse.c). It is no message to a person: it
 * counts as preamble, so that nothing ever removes it or moves it.
 */

import type { HeaderBlock } from './header-block.ts';

const FIELD = /^x-imap[ \t]*:/im;

/**
 * True if a message is the pseudo message.
 * @param from the start of the line behind its separator line
 * @param header its header block
 */
export function isPseudoMessage(bytes: Buffer, from: number, { fieldsEnd }: HeaderBlock): boolean {
  return FIELD.test(bytes.toString('latin1', from, fieldsEnd));
}

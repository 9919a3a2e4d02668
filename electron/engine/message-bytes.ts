/** Cuts a stored message into its parts, as other mailbox programs understand them. */

import { headerFields } from '../message/header-fields.ts';
import { correspondents } from '../message/header-text.ts';

/** To whom a message was sent, as a person reads it. */
export function recipients(stored: Uint8Array, headerLength: number): string {
  const fields = headerFields(stored.subarray(0, headerLength));
  const to = fields.find((field) => field.name.toLowerCase() === 'to');
  return to ? correspondents(to.value) : '';
}

/**
 * The message without its separator line and without the one empty line that keeps it apart from
 * the next separator: what Python's mailbox module calls the message. Nothing is unquoted.
 */
export function messageOf(stored: Buffer, separatorLength: number): Buffer {
  const message = stored.subarray(separatorLength);
  const tail = message.subarray(-4).toString('latin1');
  const blank = /\n(\r?\n)$|\r(\r)$/.exec(tail);
  return message.subarray(0, message.length - (blank?.[1] ?? blank?.[2] ?? '').length);
}

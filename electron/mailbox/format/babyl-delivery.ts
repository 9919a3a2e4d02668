/**
 * What to write behind a Babyl file to deliver one message, as Rmail does: flag 0, and the message as
 * it came behind `*** EOOH ***`. A file that ends with its ^_ goes on from there; behind anything
 * else a ^_ of its own is begun, and no byte that is there changes.
 *
 * Babyl has no quoting: a line of the message that begins with ^_ gets a `>`, and so does one that got
 * it before, so that it can be taken back. A From_ line becomes a field `Mail-from`, as in Rmail.
 */

import { MailboxError } from '../../../shared/errors.ts';
import { babylParts, END_OF_HEADER, MARK } from './babyl-mark.ts';
import { ownFromLine } from './delivery.ts';
import type { Fit } from './format.ts';
import { endOfLineBehind, LF, lineEndBehind } from './line-end.ts';
import { quoteMarked } from './quoting.ts';

const UNSEEN = '0, unseen,,';
const STATUS = /^[01](?=,)[^\n\r\x1f]*,,[^\n\r\x1f]*$/;
const NOTHING = new Uint8Array(0);

const MARKED_LINE = {
  begins: String.fromCharCode(MARK),
  stands: () => true,
};

/** The options of a new file, without the ^_ that ends them. */
function options(lineEnd: string): string {
  return ['BABYL OPTIONS:', 'Version: 5', 'Labels:', ''].join(lineEnd);
}

/** A file without messages. */
export const EMPTY_BABYL: Uint8Array = Buffer.from(`${options('\n')}\x1f`, 'latin1');

function endsWithMark(tail: Uint8Array): boolean {
  const { length } = tail;
  return tail[length - 1] === MARK && (length === 1 || tail[length - 2] === LF);
}

/** What must stand in front of the ^_ of a message that is written behind this tail. */
function lineBehind(tail: Uint8Array): Uint8Array {
  const missing = tail.length === 0 ? options('\n') : endOfLineBehind(tail);
  return Buffer.from(missing, 'latin1');
}

/** See `Format.fit`: the ^_ at the end of a file becomes that of the message. */
export function fit(tail: Uint8Array, _first: Uint8Array, last: Uint8Array): Fit {
  const goesOn = endsWithMark(tail);
  return {
    before: goesOn ? NOTHING : lineBehind(tail),
    skip: goesOn ? 1 : 0,
    after: Buffer.from(`${endOfLineBehind(last)}\x1f`, 'latin1'),
  };
}

/** See `Format.envelope`. @param separatorLine a status line such as `0, unseen,, label,` */
export function babylDelivery(
  message: Uint8Array,
  tail: Uint8Array,
  separatorLine: string | null,
): Uint8Array {
  const lineEnd = lineEndBehind(tail, 'LF');
  const status = separatorLine === null ? UNSEEN : checkedStatus(separatorLine);
  const quoted = quoteMarked(withMailFrom(message), MARKED_LINE);
  const parts = [
    endsWithMark(tail) ? NOTHING : Buffer.concat([lineBehind(tail), Buffer.of(MARK)]),
    Buffer.from(`\f${lineEnd}${status}${lineEnd}`, 'latin1'),
    ...headersOf(quoted, status, lineEnd),
    quoted,
    Buffer.from(`${lineEnd}\x1f`, 'latin1'),
  ];
  return Buffer.concat(parts);
}

/** What stands between the status line and the shown header. */
function headersOf(message: Uint8Array, status: string, lineEnd: string): Uint8Array[] {
  const mark = Buffer.from(END_OF_HEADER + lineEnd, 'latin1');
  if (!status.startsWith('1')) return [mark];
  const text = Buffer.concat([Buffer.from(`0,,\n${END_OF_HEADER}\n`), message]);
  const { header, body } = babylParts(text, 0, text.length);
  const kept = body < 0 ? NOTHING : text.subarray(header, body);
  return [kept, mark];
}

function withMailFrom(message: Uint8Array): Uint8Array {
  const bytes = Buffer.from(message.buffer, message.byteOffset, message.byteLength);
  return ownFromLine(bytes) ? Buffer.concat([Buffer.from('Mail-from: '), bytes]) : message;
}

/** @throws MISUSE if the text is no status line */
function checkedStatus(text: string): string {
  const line = text.replace(/[\r\n]+$/, '');
  if (STATUS.test(line)) return line;
  throw new MailboxError(
    'MISUSE',
    { separatorLine: text },
    { sentence: 'A status line of Babyl reads "0, unseen,, label,". Nothing was changed.' },
  );
}

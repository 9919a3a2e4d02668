/**
 * One message in a file of its own (RFC 5322; `.eml`): an archive of one, to be read only. Nothing can
 * be removed from it or put behind it: then it would be no message any more.
 */

import { MailboxError } from '../../../shared/errors.ts';
import { byteOffset } from '../../../shared/units.ts';
import { type Limits, LIMITS } from './current-message.ts';
import { EmlScanner } from './eml-scanner.ts';
import { DEFAULT_READING, type Format } from './format.ts';
import { fieldText, headerBlockAt } from './header-block.ts';
import { trimmedStart } from './line-end.ts';
import { MboxScanner } from './mbox-scanner.ts';
import { multipartOf } from './open-part.ts';
import { isField, isFrom } from './separator.ts';

const READ_ONLY =
  'It is a single message, not an archive of many, and can only be read. Its file is yours to keep or to delete as a whole.';

function refused(): never {
  throw new MailboxError('READ_ONLY', {}, { sentence: `${READ_ONLY} Nothing was changed.` });
}

/** The format with other limits of how far it looks around; only tests need others. */
export const emlWithin = (limits: Limits): Format => ({
  name: 'eml',
  readOnly: READ_ONLY,
  recognises: (head) => (isSingleMessage(head) ? 'yes' : 'no'),
  scanner: (reading, range) => new EmlScanner(reading, range, limits),
  overrulable: { isOne: () => false, isRewritten: () => false, shown: () => '' },
  seamHolds: () => false,
  partingLength: () => 0,
  closes: () => false,
  emptyMailbox: new Uint8Array(0),
  envelope: refused,
  begins: () => true,
  contentEnd: (stored) => stored.length,
  messageIn: (stored, { separatorLength }) => stored.subarray(separatorLength),
  marksIn: () => null,
  undelete: () => [],
  fit: refused,
});

export const eml: Format = emlWithin(LIMITS);

/**
 * True for a message without From_ line: header fields at the start, and behind them no separator
 * that nobody could doubt. (With such a one it is an mbox whose first line was lost, unless that
 * message has parts: then the line may belong to a message in one of them.)
 */
function isSingleMessage(head: Uint8Array): boolean {
  const from = trimmedStart(head);
  if (isFrom(head, from, head.length)) return false;
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  const relic = bytes[from] === 0x3e && isFrom(head, from + 1, head.length);
  const fields = bytes.toString('latin1', from, from + FIELDS_BYTES);
  if (!relic && !(isField(head, from, head.length) && MAIL_FIELD.test(fields))) return false;
  const { typeField, fieldsEnd } = headerBlockAt(bytes, from, bytes.length, 'LF');
  if (typeField >= 0 && multipartOf(fieldText(bytes, typeField, fieldsEnd))) return true;
  return !hasPlainSeparator(bytes);
}

/** Fields that tell a header from text that happens to hold a colon. */
const MAIL_FIELD =
  /^(?:from|to|cc|date|subject|sender|reply-to|return-path|received|message-id|mime-version|content-[a-z-]+|delivered-to|x-[a-z-]+)[ \t]*:/im;
const FIELDS_BYTES = 4096;

function hasPlainSeparator(bytes: Buffer): boolean {
  const range = { from: byteOffset(0), size: bytes.length };
  const scanner = new MboxScanner(DEFAULT_READING, range, LIMITS);
  let found = 0;
  const window = { bytes, filled: bytes.length, base: byteOffset(0), last: true };
  scanner.scan(window, () => {
    found += 1;
  });
  const doubtful = scanner.report().lines.filter((line) => line.reading === 'separator').length;
  return found > doubtful;
}

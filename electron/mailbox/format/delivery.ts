/**
 * What to write behind an mbox to deliver one message, so that nothing that is there changes and
 * the message is found: a From_ line, the message with its `From ` lines quoted (mboxrd), its last
 * line ended, one empty line in front of it and one behind. (RFC 4155; Postfix mail_copy.)
 */

import type { Rule } from '../../../shared/dialect-report.ts';
import { MailboxError } from '../../../shared/errors.ts';
import type { Fit, Reading } from './format.ts';
import { type Envelope, envelopeOf } from './from-line.ts';
import { CR, LF, type LineBreak, lineEndAt, lineEndBehind, nextLine, textEnd } from './line-end.ts';
import { quote } from './quoting.ts';
import { isField, isFrom } from './separator.ts';

/** Whether a From_ line that reads so can be the envelope of a message, and not its text. */
type Judge = (envelope: Envelope) => boolean;

/**
 * @param message a message, with or without a From_ line of its own
 * @param tail the last bytes of the file, at least four of them, or all of it
 * @param separatorLine the From_ line to use; null for the message's own, or a new one
 * @param reading by `any-from` every From_ line is an envelope, by default only one with a date
 * @throws MISUSE if `separatorLine` is no such line
 */
export function delivery(
  message: Uint8Array,
  tail: Uint8Array,
  separatorLine: string | null,
  { rule }: Reading,
): Uint8Array {
  const bytes = Buffer.from(message.buffer, message.byteOffset, message.byteLength);
  const lineEnd = lineEndBehind(tail, rule === 'any-from' ? 'LF' : 'CR');
  const lineBreak = lineEnd === '\r' ? 'CR' : 'LF';
  const judge: Judge = rule === 'any-from' ? () => true : isDated;
  const own = ownFromLine(bytes, judge);
  const given = separatorLine === null ? null : checkedFromLine(separatorLine, judge);
  const line = given ?? own?.line ?? newFromLine();
  const rest = withLineBreak(bytes.subarray(own?.length ?? 0), lineBreak);
  return Buffer.concat([
    Buffer.from(paddingBehind(tail, lineEnd), 'latin1'),
    line,
    Buffer.from(lineEnd, 'latin1'),
    Buffer.from(standsOut(rest, lineBreak, rule) ? '' : lineEnd, 'latin1'),
    quote(rest),
    Buffer.from(endsLine(rest, lineBreak) ? '' : lineEnd, 'latin1'),
    Buffer.from(lineEnd, 'latin1'),
  ]);
}

/** See `Format.fit`: only line ends are added, so that an empty line is in front of it and behind it. */
export function fit(tail: Uint8Array, first: Uint8Array, last: Uint8Array): Fit {
  const lineEnd = lineEndAt(tail.length > 0 ? tail : first);
  return {
    before: Buffer.from(paddingBehind(tail, lineEnd), 'latin1'),
    skip: 0,
    after: Buffer.from(paddingBehind(last, lineEnd), 'latin1'),
  };
}

/** A From_ line of our own, without line end. */
export function newFromLine(): Buffer {
  return Buffer.from(`From MAILER-DAEMON ${asctime(new Date())}`, 'latin1');
}

/** What is missing to an empty line at the end of a file. */
function paddingBehind(tail: Uint8Array, lineEnd: string): string {
  if (tail.length === 0) return '';
  if (lineEnd !== '\r' && tail[tail.length - 1] !== LF) {
    // Where lines end with LF, a CR at the very end is half of a CRLF: it becomes whole.
    if (tail[tail.length - 1] !== CR) return lineEnd + lineEnd;
    if (isSeparatorOfCrs(tail)) return `\r\n${lineEnd}`;
    return tail[tail.length - 2] === LF ? '\n' : `\n${lineEnd}`;
  }
  const end = textEnd(tail, 0, tail.length);
  if (end === tail.length) return lineEnd + lineEnd;
  const blank = end === 0 || tail[end - 1] === LF || (tail[end - 1] === CR && lineEnd === '\r');
  return blank ? '' : lineEnd;
}

/** A `From ` line between two bare CRs at the very end is a message: an LF would make it text. */
function isSeparatorOfCrs(tail: Uint8Array): boolean {
  const before = tail.lastIndexOf(CR, tail.length - 2);
  return before > tail.lastIndexOf(LF) && isFrom(tail, before + 1, tail.length);
}

/** In a file of bare CRs a single LF would make every CR text: there the message gets CRs too. */
function withLineBreak(message: Buffer, lineBreak: LineBreak): Buffer {
  if (lineBreak === 'LF' || !message.includes(LF)) return message;
  return Buffer.from(message.toString('latin1').replace(/\r?\n/g, '\r'), 'latin1');
}

export function endsLine(bytes: Uint8Array, lineBreak: LineBreak): boolean {
  const end = bytes[bytes.length - 1];
  return end === LF || (end === CR && lineBreak === 'CR');
}

/** Without a header, only an empty line behind the From_ line tells it from a line of text. */
function standsOut(bytes: Uint8Array, lineBreak: LineBreak, rule: Rule): boolean {
  return rule === 'any-from' || beginsWithHeader(bytes, lineBreak);
}

export function beginsWithHeader(bytes: Uint8Array, lineBreak: LineBreak): boolean {
  const end = nextLine(bytes, 0, bytes.length, lineBreak);
  const isEmpty = textEnd(bytes, 0, end) === 0 && endsLine(bytes.subarray(0, end), lineBreak);
  return isEmpty || isField(bytes, 0, end);
}

/** The From_ line that a message brings along, if it is one. */
export function ownFromLine(
  bytes: Buffer,
  judge: Judge = isDated,
): { readonly line: Buffer; readonly length: number } | null {
  if (!isFrom(bytes, 0, bytes.length)) return null;
  const length = nextLine(bytes, 0, bytes.length, 'CR');
  const line = bytes.subarray(0, textEnd(bytes, 0, length));
  return judge(envelopeOf(line, 0, line.length)) ? { line, length } : null;
}

/** @throws MISUSE if the text is no From_ line, or is not judged to be an envelope */
export function checkedFromLine(text: string, judge: Judge = isDated): Buffer {
  const line = Buffer.from(text.replace(/[\r\n]+$/, ''), 'utf8');
  const fits = isFrom(line, 0, line.length) && !line.includes(LF) && !line.includes(CR);
  if (fits && judge(envelopeOf(line, 0, line.length))) return line;
  throw new MailboxError(
    'MISUSE',
    { separatorLine: text },
    {
      sentence:
        'A separator line reads "From sender Mon Jan  1 00:00:00 2024". Nothing was changed.',
    },
  );
}

function isDated(envelope: Envelope): boolean {
  return envelope === 'dated';
}

/** A moment as C's asctime writes it, in UTC: `Mon Jan  1 00:00:00 2024`. */
export function asctime(moment: Date): string {
  const [weekday, day, month, year, time] = moment.toUTCString().replace(',', '').split(' ');
  return `${weekday} ${month} ${String(Number(day)).padStart(2)} ${time} ${year}`;
}

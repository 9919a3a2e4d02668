/**
 * The From_ line by itself: whether what stands in it can be the envelope of a message.
 *
 * Real archives write it in many ways: asctime with or without seconds, zones by name or number
 * before or after the year, two-digit years, dates as in RFC 822 or ISO 8601, `user at host` of
 * Pipermail, `From ???@???` of Eudora, `From <id>@xxx` of Takeout, `From -` of Netscape, or nothing
 * at all. (mutt from.c; neomutt test/from; RFC 4155 asks for asctime.) Imports nothing.
 */

/**
 * - dated: a date stands in it
 * - patch: the fixed date by which git marks a patch (git format-patch): no envelope of a delivery
 * - bare: nothing in it, or one word
 * - sender: several words of which the first is an address, but no date that anybody knows
 * - none: other words; no envelope
 */
export type Envelope = 'dated' | 'patch' | 'bare' | 'sender' | 'none';

/** No date is looked for further into a line than this. */
const DATE_BYTES_MAX = 600;

const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*';
const WEEKDAY = '(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*';
const TIME = '\\d{1,2}:\\d\\d(?::\\d\\d)?';

const DATES = [
  // asctime and its kin: Wed Aug  4 10:11[:12] [+0000|MET DST] 2004
  `\\b${WEEKDAY},?\\s+${MONTH}\\s+\\d{1,2},?\\s+${TIME}(?:\\.\\d+)?(?:\\s+[a-z+-][a-z0-9+:\\-"()]*)*\\s+\\d{2,4}\\b`,
  // RFC 822: [Wed,] 4 Aug 2004 10:11[:12]
  `(?:\\b${WEEKDAY},?\\s+)?\\d{1,2}[ -]${MONTH}[ -]\\d{2,4},?\\s+${TIME}`,
  // ISO 8601
  '\\b\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d',
  // without a weekday, and with the year before the time
  `\\b${MONTH}\\s+\\d{1,2}\\s+${TIME}\\s+\\d{4}\\b`,
  `\\b${WEEKDAY}\\s+${MONTH}\\s+\\d{1,2}\\s+\\d{4}\\s+${TIME}`,
].map((source) => new RegExp(source, 'i'));

const PATCH = /^From [0-9a-f]{40,64} Mon Sep 17 00:00:00 2001$/;
const EUDORA = 'From ???@??? ';
const FROM_BYTES = 5;

const ASCTIME_BYTES = 24;
const packed = (name: string): number =>
  (name.charCodeAt(0) << 16) | (name.charCodeAt(1) << 8) | name.charCodeAt(2);
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'].map(packed);
const MONTHS = [
  'jan',
  'feb',
  'mar',
  'apr',
  'may',
  'jun',
  'jul',
  'aug',
  'sep',
  'oct',
  'nov',
  'dec',
].map(packed);
/** `Mon Sep 17 00:00:00 2001`, which git writes for every patch. */
const PATCH_DATE = Buffer.from('Mon Sep 17 00:00:00 2001', 'latin1');

/**
 * Judges a From_ line.
 * @param from where `From ` begins
 * @param end the end of the line's text, without line end
 */
export function envelopeOf(bytes: Buffer, from: number, end: number): Envelope {
  if (endsWithAsctime(bytes, from + FROM_BYTES, end)) {
    return isPatch(bytes, from, end) ? 'patch' : 'dated';
  }
  const text = bytes.toString('latin1', from, Math.min(end, from + DATE_BYTES_MAX));
  const words = text.slice(FROM_BYTES);
  for (const date of DATES) if (date.test(words)) return 'dated';
  if (end - from > DATE_BYTES_MAX) return 'none';
  if (/^\s*\S*\s*$/.test(words)) return 'bare';
  return /^\s*\S+@\S+\s/.test(words) ? 'sender' : 'none';
}

/** True for the From_ line that Eudora writes in front of every message, and nobody else. */
export function isEudora(bytes: Buffer, from: number): boolean {
  return (
    bytes[from + FROM_BYTES] === 0x3f &&
    bytes.toString('latin1', from, from + EUDORA.length) === EUDORA
  );
}

/** True if a line with one word holds what programs are known to write: nothing, `-`, or an address. */
export function isKnownBare(bytes: Buffer, from: number, end: number): boolean {
  return /^\s*(?:|-|\S+@\S+)\s*$/.test(bytes.toString('latin1', from + FROM_BYTES, end));
}

function isPatch(bytes: Buffer, from: number, end: number): boolean {
  const date = end - ASCTIME_BYTES;
  // The day of the month alone tells nearly every other date apart.
  if (bytes[date + 8] !== 0x31 || bytes[date + 9] !== 0x37) return false;
  if (PATCH_DATE.compare(bytes, date, end) !== 0) return false;
  return PATCH.test(bytes.toString('latin1', from, end));
}

/** The usual case without a regular expression: `Www Mmm dd hh:mm:ss yyyy` at the line's end. */
function endsWithAsctime(bytes: Buffer, from: number, end: number): boolean {
  const at = end - ASCTIME_BYTES;
  if (at < from) return false;
  if (bytes[at + 13] !== 0x3a || bytes[at + 16] !== 0x3a) return false;
  if (bytes[at + 3] !== 0x20 || bytes[at + 7] !== 0x20) return false;
  if (bytes[at + 10] !== 0x20 || bytes[at + 19] !== 0x20) return false;
  if (at > from && bytes[at - 1] !== 0x20) return false;
  if (!WEEKDAYS.includes(packedAt(bytes, at))) return false;
  if (!MONTHS.includes(packedAt(bytes, at + 4))) return false;
  return (
    (bytes[at + 8] === 0x20 || isDigit(bytes[at + 8])) &&
    isDigit(bytes[at + 9]) &&
    isDigit(bytes[at + 11]) &&
    isDigit(bytes[at + 12]) &&
    isDigit(bytes[at + 20]) &&
    isDigit(bytes[at + 21]) &&
    isDigit(bytes[at + 22]) &&
    isDigit(bytes[at + 23])
  );
}

function packedAt(bytes: Uint8Array, at: number): number {
  const first = (bytes[at] ?? 0) | 0x20;
  const second = (bytes[at + 1] ?? 0) | 0x20;
  const third = (bytes[at + 2] ?? 0) | 0x20;
  return (first << 16) | (second << 8) | third;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

/**
 * Dates in the form that nearly all mail has (`Mon, 1 Jan 2001 10:20:30 +0100 (CET)`), read byte by
 * byte: no string, no object. Imports nothing. Whatever is not plainly of that form is left to
 * `date.ts`, with which every answer given here agrees.
 */

const SPACE = 0x20;
const COMMA = 0x2c;
const COLON = 0x3a;
const PLUS = 0x2b;
const MINUS = 0x2d;
const OPENING = 0x28;
const CLOSING = 0x29;
/** `date.ts` reads no more of a date. */
const BYTES_MAX = 200;
const DAY_MS = 86_400_000;
const NOT_COMMON = Number.NaN;

/** Three letters as one number, in lower case. */
function letters(bytes: Uint8Array, at: number): number {
  const [one = 0, two = 0, three = 0] = [bytes[at], bytes[at + 1], bytes[at + 2]];
  return one < 0x41 || two < 0x41 || three < 0x41 || one > 0x7a || two > 0x7a || three > 0x7a
    ? 0
    : ((one | 0x20) << 16) | ((two | 0x20) << 8) | (three | 0x20);
}

const named = (name: string): number => letters(Buffer.from(name, 'latin1'), 0);
const WEEKDAYS = new Set(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map(named));
const MONTH_NAMES = 'jan feb mar apr may jun jul aug sep oct nov dec';
const MONTHS = new Map(MONTH_NAMES.split(' ').map((name, month) => [named(name), month + 1]));
const NO_ZONE = new Set(['gmt', 'utc'].map(named));
const DAYS_OF_MONTH = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * The moment a date means, in milliseconds since 1970 UTC; NaN if it is not of the common form.
 * @param from its first byte, white space in front of it left out
 * @param to behind its last byte, white space left out as well
 */
export function commonDate(bytes: Uint8Array, from: number, to: number): number {
  if (to - from > BYTES_MAX) return NOT_COMMON;
  let at = from;
  if (bytes[at + 3] === COMMA) {
    if (!WEEKDAYS.has(letters(bytes, at))) return NOT_COMMON;
    at = behindSpaces(bytes, at + 4);
  }
  let day = digit(bytes, at++);
  if (bytes[at] !== SPACE) day = day * 10 + digit(bytes, at++);
  if (bytes[at] !== SPACE) return NOT_COMMON;
  const month = MONTHS.get(letters(bytes, at + 1)) ?? 0;
  at += 4;
  if (month === 0 || bytes[at] !== SPACE) return NOT_COMMON;
  const year = twoDigits(bytes, at + 1) * 100 + twoDigits(bytes, at + 3);
  at += 5;
  if (bytes[at] !== SPACE) return NOT_COMMON;
  const hours = twoDigits(bytes, at + 1);
  const minutes = twoDigits(bytes, at + 4);
  if (bytes[at + 3] !== COLON) return NOT_COMMON;
  at += 6;
  let seconds = 0;
  if (bytes[at] === COLON) {
    seconds = twoDigits(bytes, at + 1);
    at += 3;
  }
  if (at >= to || bytes[at] !== SPACE) return NOT_COMMON;
  const offset = zoneMinutes(bytes, at + 1, to);
  // What is not a number compares as false.
  if (!(year >= 1900 && day >= 1 && day <= daysOf(year, month))) return NOT_COMMON;
  if (!(hours <= 23 && minutes <= 59 && seconds <= 60)) return NOT_COMMON;
  const time = (hours * 3600 + minutes * 60 + seconds) * 1000 - offset * 60_000;
  return daysSince1970(year, month, day) * DAY_MS + time;
}

/** A zone in numbers or GMT, and nothing but a comment behind it; else NaN. */
function zoneMinutes(bytes: Uint8Array, at: number, to: number): number {
  const sign = bytes[at];
  if (sign !== PLUS && sign !== MINUS) {
    return at + 3 === to && NO_ZONE.has(letters(bytes, at)) ? 0 : NOT_COMMON;
  }
  if (at + 5 > to || !endsWell(bytes, at + 5, to)) return NOT_COMMON;
  const hours = twoDigits(bytes, at + 1);
  const minutes = twoDigits(bytes, at + 3);
  if (!(hours <= 23 && minutes <= 59)) return NOT_COMMON;
  return (sign === MINUS ? -1 : 1) * (hours * 60 + minutes);
}

/** True if nothing stands here, or one comment without comments in it. */
function endsWell(bytes: Uint8Array, from: number, to: number): boolean {
  if (from === to) return true;
  if (bytes[from] !== SPACE || bytes[from + 1] !== OPENING || bytes[to - 1] !== CLOSING)
    return false;
  for (let at = from + 2; at < to - 1; at++) {
    const byte = bytes[at] ?? 0;
    if (byte < SPACE || byte >= 0x7f || byte === OPENING || byte === CLOSING) return false;
  }
  return to - from > 2;
}

function behindSpaces(bytes: Uint8Array, from: number): number {
  let at = from;
  while (bytes[at] === SPACE) at += 1;
  return at;
}

function digit(bytes: Uint8Array, at: number): number {
  const value = (bytes[at] ?? 0) - 0x30;
  return value >= 0 && value <= 9 ? value : NOT_COMMON;
}

function twoDigits(bytes: Uint8Array, at: number): number {
  return digit(bytes, at) * 10 + digit(bytes, at + 1);
}

function daysOf(year: number, month: number): number {
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return (DAYS_OF_MONTH[month] ?? 0) + (leap ? 1 : 0);
}

/** Days by the calendar of 400 years that begins in March, so that leap days are last. */
function daysSince1970(year: number, month: number, day: number): number {
  const from = month <= 2 ? year - 1 : year;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const leapDays = Math.floor(from / 4) - Math.floor(from / 100) + Math.floor(from / 400);
  return from * 365 + leapDays + dayOfYear - DAYS_TO_1970;
}

/** From the first of March of the year 0. */
const DAYS_TO_1970 = 719_468;

/**
 * Dates of mail as people and programs have written them for forty years. Imports month-names.ts.
 *
 * Promises: milliseconds since 1970 in UTC or null, never the zone of this computer (a date without
 * a zone is taken as UTC), linear time. Read are RFC 5322 with its obsolete forms (section 4.3),
 * asctime, ISO 8601, `4-Aug-94`, and From_ lines with the zone before or behind the year
 * (mutt from.c, neomutt test/from).
 */

import { withEnglishMonth } from './month-names.ts';

const TEXT_LENGTH_MAX = 200;
const LINE_LENGTH_MAX = 600;

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
] as const;

/** Zones by name, in hours; all others, single letters too, mean nothing (RFC 5322 section 4.3). */
const ZONE_HOURS = new Map<string, number>(
  Object.entries({
    ut: 0,
    utc: 0,
    gmt: 0,
    z: 0,
    wet: 0,
    west: 1,
    bst: 1,
    met: 1,
    mez: 1,
    mest: 2,
    mesz: 2,
    cet: 1,
    cest: 2,
    eet: 2,
    eest: 3,
    msk: 3,
    msd: 4,
    sgt: 8,
    hkt: 8,
    jst: 9,
    kst: 9,
    aest: 10,
    aedt: 11,
    nzst: 12,
    nzdt: 13,
    nst: -3.5,
    ndt: -2.5,
    ast: -4,
    adt: -3,
    est: -5,
    edt: -4,
    cst: -6,
    cdt: -5,
    mst: -7,
    mdt: -6,
    pst: -8,
    pdt: -7,
    akst: -9,
    akdt: -8,
    hst: -10,
  }),
);

const ISO_DATE = /(?:^|\s)(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?=[T\s]|$)/;
/** `4.8.2004`, and `8/24/04` where one of the two can be no month. */
const NUMERIC = /^\s*(?:[a-z]{2,9}\.?,?\s+)?(\d{1,2})([./])(\d{1,2})\2(\d{4}|\d\d)(?=[\s,]|$)/i;
const DASHED = /(\d)-([a-z]{3,9})-(\d)/i;
const TOKEN =
  /(\d{1,2}:\d{1,2}(?::\d{1,2})?)(?:[.,]\d+)?|([+-]\d{1,2}:?\d{0,2})(?!\d)|(\d+)|([a-z]+)/gi;
const DOTTED_TIME = /(\s)(\d{1,2})\.(\d\d)\.(\d\d)(?=\s|$)/;
/** `1985 1000-PDT`, as the time of day was written before RFC 822 (RFC 733, 3.4.1). */
const HOURS_MINUTES = /(\d\d\s)\s*(\d\d)(\d\d)(?=\s?-?[a-z]{1,4}(?:\s|$))/i;

interface Reading {
  month: number;
  year: number;
  day: number;
  /** Seconds of the day; -1 until one is found. */
  time: number;
  zoneMinutes: number | null;
  zoneName: string | null;
  summer: boolean;
}

/**
 * The moment a date means, in milliseconds since 1970 UTC; null if no day can be made out.
 * @param text the value of a Date field, or anything like it
 */
export function parseDate(text: string): number | null {
  const reading: Reading = {
    month: -1,
    year: -1,
    day: -1,
    time: -1,
    zoneMinutes: null,
    zoneName: null,
    summer: false,
  };
  let rest = withoutComments(text.slice(0, TEXT_LENGTH_MAX));
  const iso = ISO_DATE.exec(rest);
  if (iso) {
    reading.year = Number(iso[1]);
    reading.month = Number(iso[2]) - 1;
    reading.day = Number(iso[3]);
    rest = rest.slice(iso.index + iso[0].length);
  }
  const numeric = iso ? null : NUMERIC.exec(rest);
  if (numeric && readNumeric(numeric, reading)) rest = rest.slice(numeric[0].length);
  rest = withEnglishMonth(rest).replace(DASHED, '$1 $2 $3');
  rest = withColons(rest);
  for (const [, time, zone, number, word] of rest.matchAll(TOKEN)) {
    if (time) readTime(time, reading);
    else if (zone && reading.time >= 0) reading.zoneMinutes ??= zoneMinutes(zone);
    else if (number) readNumber(number, reading);
    else if (word) readWord(word.toLowerCase(), reading);
  }
  return toMoment(reading);
}

/**
 * The date in a From_ line, in milliseconds since 1970 UTC; null if there is none. What stands
 * before it, an address or several words, is passed over.
 */
export function parseSeparatorDate(line: string): number | null {
  const text = line.slice(0, LINE_LENGTH_MAX);
  // The last weekday begins the date: one before it may be a person's name.
  const starts = [...text.matchAll(/\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s/gi)];
  for (const { index } of starts.slice(-STARTS_MAX).reverse()) {
    const date = parseDate(text.slice(index));
    if (date !== null) return date;
  }
  // Without a weekday a date begins with its day, its month or its year.
  const words = [
    ...text.matchAll(/\s(?=\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))/gi),
  ];
  for (const { index } of words.slice(0, STARTS_MAX)) {
    const date = parseDate(text.slice(index + 1));
    if (date !== null) return date;
  }
  return null;
}

const STARTS_MAX = 8;

/** A date with its time of day as it is written now. */
export function withColons(text: string): string {
  // Blanks and comments may stand beside a colon (RFC 5322, 4.3).
  if (text.includes(':')) return text.replace(/(\d)\s*:\s*(?=\d)/g, '$1:');
  return text.replace(DOTTED_TIME, '$1$2:$3:$4').replace(HOURS_MINUTES, '$1$2:$3');
}

/** @returns false if nobody can tell the day from the month */
function readNumeric([, first, sign, second, year]: RegExpExecArray, reading: Reading): boolean {
  const [one, two] = [Number(first), Number(second)];
  const dayFirst = sign === '.' || one > 12;
  const [day, month] = dayFirst ? [one, two] : [two, one];
  if (month < 1 || month > 12 || (sign === '/' && day <= 12)) return false;
  reading.day = day;
  reading.month = month - 1;
  reading.year = fullYear(Number(year), year?.length ?? 0);
  return true;
}

function readTime(time: string, reading: Reading): void {
  if (reading.time >= 0) return;
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  if (hours > 23 || minutes > 59 || seconds > 60) return;
  reading.time = hours * 3600 + minutes * 60 + seconds;
}

/** The first number of one or two digits is the day; the year is the best that is left. */
function readNumber(number: string, reading: Reading): void {
  const value = Number(number);
  if (number.length <= 2 && reading.day < 0) reading.day = value;
  else if (number.length === 4 && value >= 100) reading.year = value;
  else if (reading.year < 0 && number.length >= 2 && number.length <= 5) {
    reading.year = fullYear(value, number.length);
  }
}

/** RFC 5322 section 4.3: two digits, `0002` too, below 50 mean 20xx; three count from 1900. */
function fullYear(value: number, digits: number): number {
  if (value < 100) return value < 50 ? 2000 + value : 1900 + value;
  if (digits === 3) return 1900 + value;
  // Programs that printed "19" and the years since 1900 behind it.
  if (digits === 5 && value >= 19_100 && value < 19_200) return value - 17_100;
  return value;
}

function readWord(word: string, reading: Reading): void {
  if (word.length >= 3 && reading.month < 0) {
    const month = MONTHS.findIndex((name) => name.startsWith(word));
    reading.month = month;
    if (reading.month >= 0) return;
  }
  if (reading.time < 0) return;
  if ((word === 'pm' || word === 'am') && reading.time < 13 * 3600) {
    reading.time = (reading.time % (12 * 3600)) + (word === 'pm' ? 12 * 3600 : 0);
  } else if (word === 'dst') {
    reading.summer = true;
  } else if (reading.zoneName === null && ZONE_HOURS.has(word)) {
    reading.zoneName = word;
  }
}

/** `+0200`, `-05:00`, `+530`, `+2` in minutes; null if no place on earth has it. */
function zoneMinutes(zone: string): number | null {
  const digits = zone.slice(1).replace(':', '');
  const hours = Number(digits.length > 2 ? digits.slice(0, -2) : digits);
  const minutes = digits.length > 2 ? Number(digits.slice(-2)) : 0;
  if (hours > 23 || minutes > 59) return null;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

function toMoment(reading: Reading): number | null {
  const { year, month, day } = reading;
  if (year < 1900 || year > 9999 || month < 0 || day < 1) return null;
  const midnight = Date.UTC(year, month, day);
  const date = new Date(midnight);
  if (date.getUTCMonth() !== month || date.getUTCDate() !== day) return null;
  const named = (ZONE_HOURS.get(reading.zoneName ?? '') ?? 0) * 60 + (reading.summer ? 60 : 0);
  const minutes = reading.zoneMinutes ?? named;
  return midnight + Math.max(0, reading.time) * 1000 - minutes * 60_000;
}

/** RFC 5322 comments, which may be nested, as spaces. */
function withoutComments(text: string): string {
  if (!text.includes('(')) return text;
  let depth = 0;
  let kept = '';
  for (const character of text) {
    if (character === '(') depth += 1;
    if (depth === 0) kept += character;
    if (character === ')' && depth > 0) {
      depth -= 1;
      kept += ' ';
    }
  }
  return kept;
}

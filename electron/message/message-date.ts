/**
 * When a message was written: by its Date field, else by the last relay that took it, else by the line
 * that keeps it apart in its archive. Imports date.ts and the header text.
 *
 * Promises: the zone as the writer's program stated it, never that of this computer.
 */

import type { Letter } from '../../shared/message-view.ts';
import { parseDate, parseSeparatorDate, withColons } from './date.ts';
import { decodeHeaderText } from './header-text.ts';

export type MessageDate = Pick<Letter, 'date' | 'dateFrom' | 'dateText' | 'zoneMinutes'>;

/** A zone behind the time of day, in digits or by name. */
const ZONE =
  /\d:\d\d(?::\d\d)?(?:[.,]\d+)?(?:\s*[ap]m)?\s*-?((?:GMT|UTC?)?[+-]\d{1,2}:?\d{0,2}(?!\d)|[a-z]{1,5}(?:\s+dst)?)(?=[\s()]|$)/i;
/** Words that stand there and are none. */
const NO_ZONE =
  /^(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)$/i;
const MINUTE_MS = 60_000;
const STATED_LENGTH_MAX = 600;

/**
 * @param values the values of a header field by its name, a character for each byte
 * @param separator the line that keeps the message apart in its archive; empty if there is none
 */
export function messageDate(
  values: (name: string) => readonly string[],
  separator: string,
): MessageDate {
  const stated = values('date')[0] ?? '';
  const dateText = decodeHeaderText(stated);
  const date = parseDate(stated);
  if (date !== null) return { date, dateFrom: 'header', dateText, zoneMinutes: zoneOf(stated) };
  for (const name of ['resent-date', 'delivery-date', 'received']) {
    const value = values(name)[0] ?? '';
    // The date of a Received field stands behind its last semicolon.
    const text = value.slice(value.lastIndexOf(';') + 1);
    const received = text === '' ? null : parseDate(text);
    if (received === null) continue;
    const shown = dateText || decodeHeaderText(text);
    return { date: received, dateFrom: 'received', dateText: shown, zoneMinutes: zoneOf(text) };
  }
  const delivered = separator === '' ? null : parseSeparatorDate(separator);
  if (delivered === null) return { date: null, dateFrom: 'none', dateText, zoneMinutes: null };
  return { date: delivered, dateFrom: 'separator', dateText, zoneMinutes: zoneOf(separator) };
}

/** How far the zone in a date is from UTC, in minutes; null if none is stated. */
export function zoneOf(stated: string): number | null {
  const text = withColons(stated.slice(0, STATED_LENGTH_MAX));
  const match = ZONE.exec(text);
  const zone = match?.[1];
  if (!match || zone === undefined || NO_ZONE.test(zone)) return null;
  const digits = /[+-]/.test(zone);
  // What the date means with its zone, beside what it would mean in UTC.
  const end = match.index + match[0].length;
  const without = `${text.slice(0, end - zone.length)} ${text.slice(end)}`;
  const local = parseDate(without);
  const moment = parseDate(text);
  if (local === null || moment === null) return null;
  const minutes = Math.round((local - moment) / MINUTE_MS);
  // A name that nobody knows says nothing; GMT and the like say zero.
  if (minutes === 0 && !digits && !/^(?:gmt|utc?|z|wet)$/i.test(zone)) return null;
  return minutes;
}

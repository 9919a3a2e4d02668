/**
 * Dates and sizes as people write them in a query, and what they mean. Imports the query's form.
 */

import type { DateSpan } from './query.ts';

const DATE = /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$/;
const AGO = /^(\d{1,5})\s*(d|w|m|y|days?|weeks?|months?|years?)$/i;
const SIZE = /^(\d{1,15}(?:\.\d{1,6})?)\s*(k|m|g|t)?i?b?$/i;
const SIZE_UNITS = { k: 1e3, m: 1e6, g: 1e9, t: 1e12 } as const;

/** Null if it is no date, or not one of the calendar. */
export function parsedDate(text: string): DateSpan | null {
  const lower = text.toLowerCase();
  if (lower === 'today') return { ago: 0, unit: 'd' };
  if (lower === 'yesterday') return { ago: 1, unit: 'd' };
  const ago = AGO.exec(lower);
  if (ago) return { ago: Number(ago[1]), unit: unitOf(ago[2] ?? '') };
  const [, years, months, days] = DATE.exec(lower) ?? [];
  if (years === undefined) return null;
  const year = Number(years);
  const month = months === undefined ? null : Number(months);
  const day = days === undefined ? null : Number(days);
  return isOfCalendar(year, month, day) ? { year, month, day } : null;
}

function unitOf(word: string): 'd' | 'w' | 'm' | 'y' {
  if (word.startsWith('w')) return 'w';
  if (word.startsWith('m')) return 'm';
  return word.startsWith('y') ? 'y' : 'd';
}

function isOfCalendar(year: number, month: number | null, day: number | null): boolean {
  if (month === null) return true;
  if (month < 1 || month > 12) return false;
  return day === null || (day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate());
}

export function printedDate(date: DateSpan): string {
  if ('ago' in date) return `${date.ago}${date.unit}`;
  const two = (number: number): string => `${number}`.padStart(2, '0');
  const month = date.month === null ? '' : `-${two(date.month)}`;
  const day = date.day === null ? '' : `-${two(date.day)}`;
  return `${`${date.year}`.padStart(4, '0')}${month}${day}`;
}

/**
 * When it begins, and when what follows begins, in milliseconds since 1970. Days are those of this
 * computer's time zone, as lists show dates. What is so long ago is the day it was.
 */
export function spanOf(
  date: DateSpan,
  now: number,
): { readonly from: number; readonly to: number } {
  if ('ago' in date) {
    const { ago, unit } = date;
    const today = new Date(now);
    const [year, month, day] = [today.getFullYear(), today.getMonth(), today.getDate()];
    if (unit === 'y') return days(year - ago, month, day);
    if (unit === 'm') return days(year, month - ago, day);
    return days(year, month, day - ago * (unit === 'w' ? 7 : 1));
  }
  const { year, month, day } = date;
  if (month === null) return { from: midnight(year, 0, 1), to: midnight(year + 1, 0, 1) };
  if (day === null) return { from: midnight(year, month - 1, 1), to: midnight(year, month, 1) };
  return days(year, month - 1, day);
}

const days = (year: number, month: number, day: number) => ({
  from: midnight(year, month, day),
  to: midnight(year, month, day + 1),
});

/** Years below 100 are meant as they stand. */
function midnight(year: number, month: number, day: number): number {
  const date = new Date(2000, 0, 1);
  date.setFullYear(year, month, day);
  return date.getTime();
}

/** In bytes, a thousand to a kilobyte as lists show it; null if it is no size. */
export function parsedSize(text: string): number | null {
  const [, number, unit] = SIZE.exec(text) ?? [];
  if (number === undefined) return null;
  const factor = SIZE_UNITS[(unit ?? '').toLowerCase() as keyof typeof SIZE_UNITS] ?? 1;
  return Math.min(Math.round(Number(number) * factor), Number.MAX_SAFE_INTEGER);
}

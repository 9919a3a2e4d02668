/** Numbers, sizes and dates as a person reads them, in the language that is spoken. */

import { say, spoken } from '../../shared/language/say.ts';

/** Formats of one locale, each made when it is asked for first: making one is slow. */
class Formats {
  readonly locale: string;
  readonly #made = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

  constructor(locale: string) {
    this.locale = locale;
  }

  number(digits: number): Intl.NumberFormat {
    const make = (): Intl.NumberFormat =>
      new Intl.NumberFormat(this.locale, { maximumFractionDigits: digits });
    return this.#kept(`number ${digits}`, make);
  }

  date(name: keyof typeof DATES): Intl.DateTimeFormat {
    return this.#kept(name, () => new Intl.DateTimeFormat(this.locale, DATES[name]));
  }

  #kept<Format extends Intl.NumberFormat | Intl.DateTimeFormat>(
    name: string,
    make: () => Format,
  ): Format {
    const format = (this.#made.get(name) as Format | undefined) ?? make();
    this.#made.set(name, format);
    return format;
  }
}

const DATES = {
  day: { dateStyle: 'medium' },
  moment: {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  },
  long: { dateStyle: 'full', timeStyle: 'short' },
  month: { year: 'numeric', month: 'short' },
  weekday: { weekday: 'long', timeZone: 'UTC' },
  'short weekday': { weekday: 'short', timeZone: 'UTC' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

let formats = new Formats('');
let order: Intl.Collator | null = null;

function here(): Formats {
  const { locale } = spoken();
  if (formats.locale !== locale) {
    formats = new Formats(locale);
    order = null;
  }
  return formats;
}

/** How names are sorted: numbers by their value, letters whatever their case. */
export function alphabet(): Intl.Collator {
  const { locale } = here();
  order ??= new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
  return order;
}

const UNITS = ['bytes', 'KB', 'MB', 'GB', 'TB'] as const;

export const formatNumber = (value: number): string => here().number(3).format(value);

/** Value and unit, such as 1.2 and MB. */
function inUnits(bytes: number): { readonly value: string; readonly unit: (typeof UNITS)[number] } {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit > 0 && value < 100 ? 1 : 0;
  return { value: here().number(digits).format(value), unit: UNITS[unit] ?? 'TB' };
}

/** `812 bytes`, `1.2 MB`. */
export function formatBytes(bytes: number): string {
  const { value, unit } = inUnits(bytes);
  return unit === 'bytes' ? say('size.bytes', { bytes }) : say(`size.${unit}`, { value });
}

/** The same for a narrow column: `812 B`. */
export function formatSize(bytes: number): string {
  const { value, unit } = inUnits(bytes);
  return unit === 'bytes' ? say('size.B', { value }) : say(`size.${unit}`, { value });
}

export const formatDay = (ms: number): string => here().date('day').format(ms);
export const formatMoment = (ms: number): string => here().date('moment').format(ms);
export const formatLong = (ms: number): string => here().date('long').format(ms);
/** `May 2003`, by the clock here. */
export const formatMonth = (ms: number): string => here().date('month').format(ms);

/** `A, B and C`. */
export const formatList = (parts: readonly string[]): string =>
  // In English without the comma that only Americans set before the "and".
  new Intl.ListFormat(here().locale.startsWith('en') ? 'en-GB' : here().locale).format(parts);

const DAY_MS = 86_400_000;

/** @param weekday 0 is Sunday. Day 4 of January 1970 was one. */
export const formatWeekday = (
  weekday: number,
  how: 'weekday' | 'short weekday' = 'weekday',
): string =>
  here()
    .date(how)
    .format((3 + weekday) * DAY_MS);

/** `about 2 minutes`, for a wait. */
export function formatWait(seconds: number): string {
  if (seconds < 2) return say('wait.moment');
  if (seconds < 60) return say('wait.seconds', { seconds: Math.ceil(seconds) });
  return say('wait.minutes', { minutes: Math.round(seconds / 60) });
}

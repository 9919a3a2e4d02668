/** Numbers, sizes and dates as a person reads them, in their language. */

const number = new Intl.NumberFormat();
const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const moment = new Intl.DateTimeFormat(undefined, {
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
});
const long = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' });

const UNITS = ['bytes', 'KB', 'MB', 'GB', 'TB'] as const;

export const formatNumber = (value: number): string => number.format(value);

/** `1 message`, `2,345 messages`. */
export function formatCount(value: number, one: string, many = `${one}s`): string {
  return `${number.format(value)} ${value === 1 ? one : many}`;
}

/** `812 bytes`, `1.2 MB`. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit > 0 && value < 100 ? 1 : 0;
  const shown = value.toLocaleString(undefined, { maximumFractionDigits: digits });
  return `${shown} ${unit === 0 && bytes === 1 ? 'byte' : UNITS[unit]}`;
}

/** The same for a narrow column: `812 B`. */
export const formatSize = (bytes: number): string => formatBytes(bytes).replace(/ bytes?$/, ' B');

export const formatDay = (ms: number): string => day.format(ms);
export const formatMoment = (ms: number): string => moment.format(ms);
export const formatLong = (ms: number): string => long.format(ms);

/** `about 2 minutes`, for a wait. */
export function formatWait(seconds: number): string {
  if (seconds < 2) return 'a moment';
  if (seconds < 60) return `${Math.ceil(seconds)} seconds`;
  return `about ${formatCount(Math.round(seconds / 60), 'minute')}`;
}

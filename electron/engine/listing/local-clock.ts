/**
 * The month, and the hour of the week, that a clock here shows at a moment: by this computer's time zone, as
 * the dates in a list are, with summer time as it was then. Imports nothing.
 *
 * To ask the system for every message is slow. It is asked twice a day of which there are messages; only
 * on days on which clocks were changed it is asked for each.
 */

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MINUTE_MS = 60_000;
export const HOURS = 24;
const WEEK = 7;
/** 1 January 1970 was a Thursday. */
const FIRST_WEEKDAY = 4;
/** Days are forgotten when they are so many: a thousand years. */
const DAYS_MAX = 365_000;
/** No date of JavaScript is farther from 1970. */
export const DATE_MAX = 8.64e15;

/** Minutes by which a clock here is behind UTC at a moment. */
type OffsetAt = (moment: number) => number;

const offsetHere: OffsetAt = (moment) => new Date(moment).getTimezoneOffset();

export class LocalClock {
  readonly #offsetAt: OffsetAt;
  /** By UTC day: the offset in milliseconds; NaN where it is not the same all day. */
  readonly #offsets = new Map<number, number>();
  /** The day asked for last: the next message is most often of the same one. */
  #last = { day: Number.NaN, offset: 0 };

  constructor(offsetAt: OffsetAt = offsetHere) {
    this.#offsetAt = offsetAt;
  }

  /** The weekday (0 for Sunday) times `HOURS` and the hour. @param moment milliseconds since 1970, UTC */
  hourOfWeek(moment: number): number {
    const local = moment - this.#offset(moment);
    const day = Math.floor(local / DAY_MS);
    const weekday = (((day + FIRST_WEEKDAY) % WEEK) + WEEK) % WEEK;
    return weekday * HOURS + Math.floor((local - day * DAY_MS) / HOUR_MS);
  }

  /**
   * Months since January of the year 0, of the proleptic Gregorian calendar: those from whose first moment
   * on, and before the next one's, it is. So a night in which clocks go back over the end of a month
   * is in one of them.
   */
  monthOf(moment: number): number {
    const month = monthIndex(moment - this.#offset(moment));
    const isPlain = !Number.isNaN(this.#last.offset);
    return isPlain || moment < startOfMonth(month + 1) ? month : month + 1;
  }

  #offset(moment: number): number {
    const day = Math.floor(moment / DAY_MS);
    if (day !== this.#last.day) this.#last = { day, offset: this.#ofDay(day) };
    const { offset } = this.#last;
    return Number.isNaN(offset) ? this.#offsetAt(moment) * MINUTE_MS : offset;
  }

  #ofDay(day: number): number {
    const known = this.#offsets.get(day);
    if (known !== undefined) return known;
    const [morning, evening] = [day, day + 1].map((one) => this.#offsetAt(one * DAY_MS));
    const offset = morning === evening ? (morning ?? 0) * MINUTE_MS : Number.NaN;
    if (this.#offsets.size >= DAYS_MAX) this.#offsets.clear();
    this.#offsets.set(day, offset);
    return offset;
  }
}

/** @param local what a clock shows, as if it were UTC */
function monthIndex(local: number): number {
  // Howard Hinnant, "chrono-compatible low-level date algorithms": days from 1 March of the year 0.
  const days = Math.floor(local / DAY_MS) + 719_468;
  const era = Math.floor(days / 146_097);
  const dayOfEra = days - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  // March is the first month of that calendar.
  return (yearOfEra + era * 400) * 12 + Math.floor((5 * dayOfYear + 2) / 153) + 2;
}

/** The first moment of a month as `monthOf` counts them; not midnight where clocks skip that. */
export function startOfMonth(month: number): number {
  const first = new Date(2000, 0, 1);
  // Years below 100 are not those of the last century.
  first.setFullYear(Math.floor(month / 12), ((month % 12) + 12) % 12, 1);
  const start = first.getTime();
  if (!Number.isNaN(start)) return start;
  return month < 0 ? -DATE_MAX : DATE_MAX;
}

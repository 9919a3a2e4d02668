/**
 * Goal: months and years of the picture over time are those of the clock here, whatever clocks did at
 * their edges. Method: beside what the engine counts, in time zones in which midnight is missing, or
 * clocks go back over the end of a month.
 */

import { afterEach, expect, it } from 'vitest';
import { LocalClock, startOfMonth } from '../../../electron/engine/listing/local-clock.ts';
import { datesName } from '../../../renderer/narrow/words.ts';
import { barsOf, monthsOf, yearsOf } from '../../../renderer/timeline/bars.ts';

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/St_Johns',
  'America/Asuncion',
  'Pacific/Kiritimati',
  'Asia/Kathmandu',
];
const HOUR = 3_600_000;
const before = process.env['TZ'];

afterEach(() => {
  if (before === undefined) delete process.env['TZ'];
  else process.env['TZ'] = before;
});

const monthOf = (start: number) => ({ start, messages: 1, bytes: 10 });

it.each(ZONES)('every moment is in the month whose bar holds it: %s', (zone) => {
  process.env['TZ'] = zone;
  const clock = new LocalClock();
  for (let year = 2004; year < 2020; year++) {
    for (let month = 0; month < 12; month++) {
      const start = new Date(year, month, 1).getTime();
      for (let at = start - 4 * HOUR; at <= start + 4 * HOUR; at += HOUR / 6) {
        const counted = clock.monthOf(at);
        expect(at).toBeGreaterThanOrEqual(startOfMonth(counted));
        expect(at).toBeLessThan(startOfMonth(counted + 1));
      }
      expect(startOfMonth(clock.monthOf(start))).toBe(start);
    }
  }
});

it.each(ZONES)('bars go from month to month and from year to year: %s', (zone) => {
  process.env['TZ'] = zone;
  const starts = Array.from({ length: 30 }, (_none, at) => new Date(2016, 5 + at, 1).getTime());
  const bars = barsOf(starts.map(monthOf));
  expect(bars.map(({ from }) => from)).toEqual(starts);
  expect(bars.map(({ messages }) => messages)).toEqual(starts.map(() => 1));
  expect(bars.slice(0, 3).map(({ label }) => label)).toEqual(['2016-06', '2016-07', '2016-08']);
  for (const [at, { to }] of bars.slice(0, -1).entries()) expect(to).toBe(bars[at + 1]?.from);
  const years = yearsOf(starts.map(monthOf));
  expect(years.map(({ label, messages }) => [label, messages])).toEqual([
    ['2018', 11],
    ['2017', 12],
    ['2016', 7],
  ]);
  const [, year] = years;
  expect(year && monthsOf(starts.map(monthOf), year)).toHaveLength(12);
  expect(year && datesName(year.from, year.to)).toBe('2017');
  expect(datesName(new Date(2017, 9, 1).getTime(), new Date(2017, 10, 1).getTime())).toContain(
    '2017',
  );
});

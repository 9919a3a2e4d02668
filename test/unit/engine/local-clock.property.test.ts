/** Goal: an hour of the week is that of a clock here, whenever clocks were changed. Method: beside a plain look. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LocalClock } from '../../../electron/engine/listing/local-clock.ts';

const DAY = 86_400_000;

/**
 * A time zone: from each moment on, so many minutes behind UTC. Clocks are changed at most once from one
 * midnight of UTC to the next, both included: nobody takes a change back within a day.
 */
const zone = fc
  .uniqueArray(
    fc.record({
      day: fc.integer({ min: -3, max: 6 }),
      within: fc.integer({ min: 1, max: DAY - 1 }),
      minutes: fc.constantFrom(-840, -330, -60, 0, 60, 150, 210, 25.35, 720),
    }),
    { selector: ({ day }) => day, maxLength: 5 },
  )
  .map((changes) => changes.sort((one, other) => one.day - other.day));

it('is the one that the offset at that moment gives', () => {
  const moment = fc.integer({ min: -4 * DAY, max: 7 * DAY });
  fc.assert(
    fc.property(zone, fc.array(moment, { minLength: 1, maxLength: 30 }), (changes, moments) => {
      const offsetAt = (when: number): number =>
        changes.findLast(({ day, within }) => day * DAY + within <= when)?.minutes ?? -60;
      const clock = new LocalClock(offsetAt);
      for (const when of moments) {
        const shown = new Date(Math.floor(when - offsetAt(when) * 60_000));
        expect(clock.hourOfWeek(when)).toBe(shown.getUTCDay() * 24 + shown.getUTCHours());
      }
    }),
    { numRuns: 2000 },
  );
});

it('is what this computer says', () => {
  const clock = new LocalClock();
  fc.assert(
    fc.property(fc.integer({ min: -3e12, max: 5e12 }), (when) => {
      const shown = new Date(when);
      expect(clock.hourOfWeek(when)).toBe(shown.getDay() * 24 + shown.getHours());
    }),
  );
});

/** Goal: a picture is found by the name that a page gives it. Method: addresses as mail holds them; hostile ones. */

import { expect, test } from 'vitest';
import { locationName } from '../../../shared/location-name.ts';

test.each([
  ['http://example.org/pictures/sea.gif', 'sea.gif'],
  ['sea.gif', 'sea.gif'],
  ['http://example.org/sea.gif?size=2/3#top', 'sea.gif'],
  ['http://example.org/pictures/', 'pictures'],
  ['/', ''],
  ['', ''],
  ['?sea.gif', ''],
])('%s is called %s', (location, name) => {
  expect(locationName(location)).toBe(name);
});

test('an address of any length takes no longer than it is', () => {
  const begun = process.cpuUsage();
  expect(locationName(`${'a'.repeat(10_000_000)}/b/c?`)).toBe('c');
  expect(process.cpuUsage(begun).user / 1000).toBeLessThan(1000);
});

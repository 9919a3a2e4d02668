/** What a time of day in a named zone is in UTC. Imports nothing; knows the zones of this platform. */

const KNOWN_MAX = 100;
const formats = new Map<string, Intl.DateTimeFormat | null>();

/**
 * The moment of a time of day in a zone.
 * @param zone such as `Europe/Berlin`
 * @param asUtc what the time of day would be in UTC, in milliseconds since 1970
 * @returns milliseconds since 1970; null if nobody knows the zone
 */
export function sameTimeIn(zone: string, asUtc: number): number | null {
  // Mozilla's names for them begin with where they were kept.
  const format = formatOf(zone.replace(/^\/mozilla\.org\/[\d_]+\//, ''));
  if (!format) return null;
  // Twice, because the offset may be another one where the first guess lands.
  const guess = asUtc - offsetAt(format, asUtc);
  return asUtc - offsetAt(format, guess);
}

function formatOf(zone: string): Intl.DateTimeFormat | null {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  if (formats.size >= KNOWN_MAX) formats.clear();
  let format: Intl.DateTimeFormat | null = null;
  try {
    // A zone by its place only: three letters mean another one in each country.
    if (zone.includes('/')) {
      format = new Intl.DateTimeFormat('en-US', {
        timeZone: zone,
        hourCycle: 'h23',
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        hour: 'numeric',
        minute: 'numeric',
        second: 'numeric',
      });
    }
  } catch {
    // No zone of that name.
  }
  formats.set(zone, format);
  return format;
}

/** How far a zone is ahead of UTC at a moment, in milliseconds. */
function offsetAt(format: Intl.DateTimeFormat, moment: number): number {
  const parts = new Map(
    format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]),
  );
  const of = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
  const local = Date.UTC(
    of('year'),
    of('month') - 1,
    of('day'),
    of('hour'),
    of('minute'),
    of('second'),
  );
  return local - Math.floor(moment / 1000) * 1000;
}

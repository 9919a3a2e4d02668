/**
 * A calendar invitation as what it says, for showing. Imports shared and clean-text; the format (RFC
 * 5545) is read by ical.js.
 *
 * Promises: null for what is no calendar; bounded; never throws; clean text. Times are those of the
 * calendar's own zones, or of the zone that its name means; without either the moment is unknown.
 */

import ICAL from 'ical.js';
import type { CalendarEntry, InvitationPart, Moment, Person } from '../../shared/message-view.ts';
import { manyLines, oneLine } from './clean-text.ts';
import { sameTimeIn } from './time-zone.ts';
import { plainLines } from './versit.ts';
import { placeOfWindowsZone } from './windows-zone.ts';

export type Invitation = Pick<InvitationPart, 'method' | 'entries' | 'omitted'>;

const LENGTH_MAX = 512 * 1024;
const ENTRIES_MAX = 50;
const ATTENDEES_MAX = 200;
const TEXT_LENGTH_MAX = 20_000;

const TYPES = {
  vevent: 'event',
  vtodo: 'task',
  vjournal: 'journal',
  vfreebusy: 'free-busy',
} as const satisfies Record<string, CalendarEntry['type']>;

const ROLES: Readonly<Record<string, string>> = {
  'REQ-PARTICIPANT': 'required',
  'OPT-PARTICIPANT': 'optional',
  'NON-PARTICIPANT': 'none',
  CHAIR: 'chair',
};

/** What a calendar says, or several one behind the other; null if it is none. */
export function invitation(text: string): Invitation | null {
  try {
    if (text.length > LENGTH_MAX) return null;
    const calendars = calendarsIn(/^VERSION:1/im.test(text) ? plainLines(text) : text);
    const [first] = calendars;
    if (!first || calendars.some(({ name }) => name !== 'vcalendar')) return null;
    const entries = calendars.flatMap((calendar) =>
      calendar.getAllSubcomponents().flatMap((component) => {
        const type = TYPES[component.name as keyof typeof TYPES];
        return type === undefined ? [] : [{ component, type, calendar }];
      }),
    );
    return {
      method: word(first.getFirstPropertyValue('method')),
      entries: entries
        .slice(0, ENTRIES_MAX)
        .map(({ component, type, calendar }) => entryOf(component, type, calendar)),
      omitted: Math.max(0, entries.length - ENTRIES_MAX),
    };
  } catch {
    return null;
  }
}

function calendarsIn(text: string): readonly ICAL.Component[] {
  let parsed: unknown[];
  try {
    parsed = ICAL.parse(text) as unknown[];
  } catch {
    parsed = ICAL.parse(mended(text)) as unknown[];
  }
  const all = Array.isArray(parsed[0]) ? parsed : [parsed];
  return all.map((one) => new ICAL.Component(one as unknown as string));
}

/** With lines that are none behind the one before, as its text goes on, and ends that are missing. */
function mended(text: string): string {
  const lines: string[] = [];
  const open: string[] = [];
  for (const line of text.replace(/\r\n?/g, '\n').split('\n')) {
    if (line.trim() === '' || (lines.length === 0 && !/^BEGIN:/i.test(line))) continue;
    const isLine = /^(?:[A-Z][A-Z\d-]*[;:]|[ \t])/.test(line);
    lines.push(isLine ? line : ` \\n${line}`);
    const name = /^BEGIN:(.*)$/i.exec(line)?.[1];
    if (name !== undefined) open.push(name.trim());
    else if (/^END:/i.test(line)) open.pop();
  }
  return [...lines, ...open.reverse().map((name) => `END:${name}`)].join('\r\n');
}

function entryOf(
  component: ICAL.Component,
  type: CalendarEntry['type'],
  calendar: ICAL.Component,
): CalendarEntry {
  const value = (name: string): unknown => component.getFirstPropertyValue(name);
  const attendees = component.getAllProperties('attendee').slice(0, ATTENDEES_MAX);
  const organizer = component.getFirstProperty('organizer');
  return {
    type,
    summary: line(value('summary')),
    description: manyLines(textOf(value('description'))),
    location: line(value('location')),
    start: momentOf(component.getFirstProperty('dtstart'), calendar),
    end: endOf(component, calendar),
    recurrence: line(value('rrule')),
    organizer: organizer ? personOf(organizer) : null,
    attendees: attendees.map((attendee) => {
      const role = String(attendee.getFirstParameter('role') ?? '');
      return {
        ...personOf(attendee),
        role: ROLES[role.toUpperCase()] ?? word(role),
        answer: word(attendee.getFirstParameter('partstat')),
      };
    }),
    status: word(value('status')),
    url: line(value('url')),
  };
}

function personOf(property: ICAL.Property): Person {
  return {
    name: line(property.getFirstParameter('cn')),
    address: line(property.getFirstValue()).replace(/^mailto:/i, ''),
  };
}

/** When it ends: as it says, or so long after it starts. */
function endOf(component: ICAL.Component, calendar: ICAL.Component): Moment | null {
  const stated = component.getFirstProperty('dtend') ?? component.getFirstProperty('due');
  if (stated) return momentOf(stated, calendar);
  const starts = component.getFirstProperty('dtstart');
  const start = starts?.getFirstValue();
  const duration = component.getFirstPropertyValue('duration');
  if (!(start instanceof ICAL.Time) || !(duration instanceof ICAL.Duration)) return null;
  const end = start.clone();
  end.addDuration(duration);
  return momentOf(starts, calendar, end);
}

function momentOf(
  property: ICAL.Property | null,
  calendar: ICAL.Component,
  time: unknown = property?.getFirstValue(),
): Moment | null {
  if (!property || !(time instanceof ICAL.Time)) return null;
  const local = time.toString().replace(/Z$/, '');
  if (time.isDate) return { at: null, local, zone: '' };
  const asUtc = Date.parse(`${local}Z`);
  if (Number.isNaN(asUtc)) return null;
  const zone = line(property.getFirstParameter('tzid'));
  if (time.zone === ICAL.Timezone.utcTimezone) return { at: asUtc, local, zone: 'UTC' };
  if (zone === '') return { at: null, local, zone };
  const at =
    sameTimeIn(zone, asUtc) ??
    byCalendar(zone, time, asUtc, calendar) ??
    // What the calendar brings with it counts more than what Windows knows by that name now.
    sameTimeIn(placeOfWindowsZone(zone) ?? '', asUtc);
  return { at, local, zone };
}

/** The moment by the zone that the calendar brings with it. */
function byCalendar(
  zone: string,
  time: ICAL.Time,
  asUtc: number,
  calendar: ICAL.Component,
): number | null {
  const component = calendar
    .getAllSubcomponents('vtimezone')
    .find((one) => one.getFirstPropertyValue('tzid') === zone);
  if (!component) return null;
  const offset = new ICAL.Timezone({ component, tzid: zone }).utcOffset(time);
  return Number.isFinite(offset) ? asUtc - offset * 1000 : null;
}

function textOf(value: unknown): string {
  return value === null || value === undefined ? '' : String(value).slice(0, TEXT_LENGTH_MAX);
}

const line = (value: unknown): string => oneLine(textOf(value));
const word = (value: unknown): string => line(value).toLowerCase();

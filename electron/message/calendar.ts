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

/** What a calendar says; null if it is none. */
export function invitation(text: string): Invitation | null {
  try {
    if (text.length > LENGTH_MAX) return null;
    const lines = /^VERSION:1/im.test(text) ? plainLines(text) : text;
    const parsed = ICAL.parse(lines) as unknown[];
    const first = Array.isArray(parsed[0]) ? parsed[0] : parsed;
    const calendar = new ICAL.Component(first as unknown as string);
    if (calendar.name !== 'vcalendar') return null;
    const components = calendar.getAllSubcomponents();
    const entries = components.flatMap((component) => {
      const type = TYPES[component.name as keyof typeof TYPES];
      return type === undefined ? [] : [{ component, type }];
    });
    return {
      method: word(calendar.getFirstPropertyValue('method')),
      entries: entries
        .slice(0, ENTRIES_MAX)
        .map(({ component, type }) => entryOf(component, type, calendar)),
      omitted: Math.max(0, entries.length - ENTRIES_MAX),
    };
  } catch {
    return null;
  }
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
    end:
      momentOf(
        component.getFirstProperty('dtend') ?? component.getFirstProperty('due'),
        calendar,
      ) ?? null,
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

function momentOf(property: ICAL.Property | null, calendar: ICAL.Component): Moment | null {
  const time = property?.getFirstValue();
  if (!property || !(time instanceof ICAL.Time)) return null;
  const local = time.toString().replace(/Z$/, '');
  if (time.isDate) return { at: null, local, zone: '' };
  const asUtc = Date.parse(`${local}Z`);
  if (Number.isNaN(asUtc)) return null;
  const zone = line(property.getFirstParameter('tzid'));
  if (time.zone === ICAL.Timezone.utcTimezone) return { at: asUtc, local, zone: 'UTC' };
  if (zone === '') return { at: null, local, zone };
  return { at: sameTimeIn(zone, asUtc) ?? byCalendar(zone, time, asUtc, calendar), local, zone };
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

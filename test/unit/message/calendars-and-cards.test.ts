/**
 * Goal: invitations and cards are shown as what they say, however badly they were written; what is none is
 * text. Method: each as a part of a message, beside what a reader sees of it.
 */

import { describe, expect, test } from 'vitest';
import { sameTimeIn } from '../../../electron/message/time-zone.ts';
import { placeOfWindowsZone, WINDOWS_PLACES } from '../../../electron/message/windows-zone.ts';
import { shownMessage } from '../../support/shown-message.ts';

const shown = (...lines: string[]) => shownMessage(Buffer.from(`${lines.join('\n')}\n`, 'latin1'));

describe('calendars and cards', () => {
  const EVENT = [
    'BEGIN:VCALENDAR',
    'METHOD:REQUEST',
    'BEGIN:VEVENT',
    'SUMMARY:Lunch\\, late',
    'DTSTART;TZID=Europe/Berlin:20240701T130000',
    'DTEND:20240701T120000Z',
    'ORGANIZER;CN=Ann:mailto:ann@x',
    'ATTENDEE;ROLE=OPT-PARTICIPANT;PARTSTAT=ACCEPTED:mailto:bob@x',
    'RRULE:FREQ=WEEKLY',
    'END:VEVENT',
    'END:VCALENDAR',
  ];

  test('an invitation', async () => {
    const view = await shown('Content-Type: text/calendar', '', ...EVENT);
    expect(view.body).toMatchObject([
      {
        kind: 'invitation',
        method: 'request',
        entries: [
          {
            type: 'event',
            summary: 'Lunch, late',
            start: {
              at: Date.UTC(2024, 6, 1, 11),
              local: '2024-07-01T13:00:00',
              zone: 'Europe/Berlin',
            },
            end: { at: Date.UTC(2024, 6, 1, 12), zone: 'UTC' },
            organizer: { name: 'Ann', address: 'ann@x' },
            attendees: [{ address: 'bob@x', role: 'optional', answer: 'accepted' }],
            recurrence: 'FREQ=WEEKLY',
          },
        ],
      },
    ]);
  });

  test('an invitation that says how long it takes ends', async () => {
    const lines = EVENT.map((line) => line.replace(/^DTEND.*/, 'DURATION:PT1H30M'));
    const view = await shown('Content-Type: text/calendar', '', ...lines);
    expect(view.body).toMatchObject([
      {
        entries: [
          {
            end: {
              at: Date.UTC(2024, 6, 1, 12, 30),
              local: '2024-07-01T14:30:00',
              zone: 'Europe/Berlin',
            },
          },
        ],
      },
    ]);
  });

  test.each([
    ['W. Europe Standard Time', 11],
    ['Eastern Standard Time', 17],
    ['"Eastern Standard Time (Mexico)"', 18],
    ['Pacific Daylight Time', 20],
    ['India Standard Time', 7.5],
    ['Tokyo Standard Time', 4],
    ['/mozilla.org/20050126_1/Europe/Berlin', 11],
    ['UTC', 13],
    ['GMT Standard Time', 12],
    ['Nowhere Standard Time', null],
    ['Pacific', null],
  ])(
    'what Outlook calls %s is that zone, though the calendar does not bring it',
    async (zone, hours) => {
      const lines = EVENT.map((line) => line.replace('Europe/Berlin', zone));
      const view = await shown('Content-Type: text/calendar', '', ...lines);
      const at = hours === null ? null : Date.UTC(2024, 6, 1) + hours * 3_600_000;
      expect(view.body).toMatchObject([
        {
          entries: [
            { start: { at, local: '2024-07-01T13:00:00', zone: zone.replaceAll('"', '') } },
          ],
        },
      ]);
    },
  );

  test('every zone that Windows has is known to this platform', () => {
    const names = [
      'Central Europe',
      'Romance',
      'GMT',
      'AUS Eastern',
      'SA Pacific',
      'UTC-11',
      'Dateline',
    ];
    const full = names.map((name) => (name.startsWith('UTC') ? name : `${name} Standard Time`));
    for (const place of [...full.map(placeOfWindowsZone), ...WINDOWS_PLACES]) {
      expect([place, sameTimeIn(place ?? '', 0)]).toEqual([place, expect.any(Number)]);
    }
  });

  test('calendars one behind the other are all shown', async () => {
    const second = EVENT.map((line) => line.replace('Lunch', 'Supper'));
    const view = await shown('Content-Type: text/calendar', '', ...EVENT, ...second);
    expect(view.body).toMatchObject([
      { entries: [{ summary: 'Lunch, late' }, { summary: 'Supper, late' }] },
    ]);
  });

  test('a calendar whose lines were broken, or whose end is missing, is still one', async () => {
    const lines = EVENT.flatMap((line) =>
      line.startsWith('RRULE') ? ['DESCRIPTION:One', 'two: and three', ''] : [line],
    );
    const view = await shown('Content-Type: text/calendar', '', ...lines.slice(0, -1));
    expect(view.body).toMatchObject([
      {
        kind: 'invitation',
        method: 'request',
        entries: [{ summary: 'Lunch, late', description: 'One\ntwo: and three' }],
      },
    ]);
  });

  test('a calendar that is none is text', async () => {
    const view = await shown('Content-Type: text/calendar', '', 'nonsense');
    expect(view.body).toMatchObject([{ kind: 'text', paragraphs: [{ text: 'nonsense' }] }]);
  });

  test('cards of both old and new versions', async () => {
    const view = await shown(
      'Content-Type: text/x-vcard',
      '',
      'BEGIN:VCARD',
      'VERSION:2.1',
      'N;CHARSET=iso-8859-1;ENCODING=QUOTED-PRINTABLE:M=FCller;J=F6rg',
      'TEL;WORK;VOICE:+49 1',
      'END:VCARD',
      'BEGIN:VCARD',
      'VERSION:4.0',
      'FN:Ann B.',
      'ORG:Firm;Unit',
      'EMAIL:ann@x',
      'END:VCARD',
    );
    expect(view.body).toMatchObject([
      {
        kind: 'contacts',
        contacts: [
          {
            name: 'Jörg Müller',
            details: [{ kind: 'phone', label: 'work, voice', value: '+49 1' }],
          },
          {
            name: 'Ann B.',
            organization: 'Firm, Unit',
            details: [{ kind: 'email', value: 'ann@x' }],
          },
        ],
      },
    ]);
  });
});

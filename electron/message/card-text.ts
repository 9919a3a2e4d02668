/** Invitations and contacts as running text. Imports shared and this folder. */

import { type CalendarEntry, type Contact, peopleText } from '../../shared/message-view.ts';
import { invitation } from './calendar.ts';
import { contactsIn } from './contacts.ts';
import { trimmedLines } from './text-part.ts';

/** What a calendar or some cards say; null if they cannot be read as such. */
export function cardText(source: string, kind: 'calendar' | 'contacts'): string | null {
  if (kind === 'calendar') {
    const found = invitation(source);
    return found && invitationText(found.entries);
  }
  const found = contactsIn(source);
  return found && contactsText(found.contacts);
}

export const invitationText = (entries: readonly CalendarEntry[]): string =>
  entries.map(entryText).join('\n\n');

export const contactsText = (contacts: readonly Contact[]): string =>
  contacts.map(contactText).join('\n\n');

function entryText(entry: CalendarEntry): string {
  const lines = [
    entry.summary,
    [entry.start, entry.end].map((moment) => moment?.local ?? '').join(' - '),
    entry.start?.zone ?? '',
    entry.location,
    entry.organizer ? peopleText([entry.organizer]) : '',
    peopleText(entry.attendees),
    '',
    entry.description,
  ];
  return trimmedLines(lines.filter((line, at) => line !== '' || at === 6).join('\n'));
}

function contactText(contact: Contact): string {
  const details = contact.details.map(
    ({ kind, label, value }) => `${kind}${label === '' ? '' : ` (${label})`}: ${value}`,
  );
  return [contact.name, contact.organization, contact.title, ...details].filter(Boolean).join('\n');
}

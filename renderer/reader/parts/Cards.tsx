/** Parts that are no text, shown as what they are: invitations, contacts, reports, what is encrypted. */

import { CalendarDays, ContactRound, LockKeyhole, MailWarning } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  type CalendarEntry,
  type Contact,
  type ContactsPart,
  type EncryptedPart,
  type InvitationPart,
  type Moment,
  personText,
  type ReportPart,
} from '../../../shared/message-view.ts';
import { formatLong } from '../../design/format.ts';
import { TextLinks } from '../text/TextLinks.tsx';
import { METHODS, PROTECTIONS, REPORTS } from './words.ts';

interface CardProps {
  readonly icon: ReactNode;
  readonly label: string;
  readonly omitted?: number;
  readonly children: ReactNode;
}

function Card({ icon, label, omitted = 0, children }: CardProps) {
  return (
    <section className="card" aria-label={label}>
      <h2 className="card-label">
        {icon} {label}
      </h2>
      {children}
      {omitted > 0 && <p className="quiet">{omitted} more are not shown.</p>}
    </section>
  );
}

/** Names and values one below the other; what is empty is left out. */
function Facts({ facts }: { readonly facts: readonly (readonly [string, string])[] }) {
  return (
    <dl className="card-facts">
      {facts
        .filter(([, value]) => value !== '')
        .map(([name, value], index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: names repeat; those of one card never move
          <div key={index}>
            <dt>{name}</dt>
            <dd>
              <TextLinks text={value} />
            </dd>
          </div>
        ))}
    </dl>
  );
}

function momentText(moment: Moment | null): string {
  if (!moment) return '';
  const zone = moment.zone === '' ? '' : ` (${moment.local.replace('T', ' ')} ${moment.zone})`;
  return moment.at === null
    ? `${moment.local.replace('T', ' ')} ${moment.zone}`.trim()
    : `${formatLong(moment.at)}${zone}`;
}

function Entry({ entry }: { readonly entry: CalendarEntry }) {
  const people = entry.attendees
    .map((one) => (one.answer === '' ? personText(one) : `${personText(one)}: ${one.answer}`))
    .join('\n');
  return (
    <>
      <h3>{entry.summary || '(no title)'}</h3>
      <Facts
        facts={[
          ['State', entry.status],
          ['Begins', momentText(entry.start)],
          ['Ends', momentText(entry.end)],
          ['Again', entry.recurrence],
          ['Where', entry.location],
          ['Organised by', entry.organizer ? personText(entry.organizer) : ''],
          ['Invited', people],
          ['About', entry.description],
          ['Page', entry.url],
        ]}
      />
    </>
  );
}

export function InvitationCard({ part }: { readonly part: InvitationPart }) {
  const label = METHODS[part.method] ?? 'Calendar';
  return (
    <Card icon={<CalendarDays size={16} aria-hidden />} label={label} omitted={part.omitted}>
      {part.entries.map((entry, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: entries of one part never move
        <Entry key={index} entry={entry} />
      ))}
    </Card>
  );
}

function ContactFacts({ contact }: { readonly contact: Contact }) {
  return (
    <>
      <h3>{contact.name || contact.organization || '(no name)'}</h3>
      <Facts
        facts={[
          ['Title', contact.title],
          ['Organisation', contact.name === '' ? '' : contact.organization],
          ...contact.details.map(
            ({ kind, label, value }) =>
              [label === '' ? kind : `${kind} (${label})`, value] as const,
          ),
        ]}
      />
    </>
  );
}

export function ContactsCard({ part }: { readonly part: ContactsPart }) {
  const label = part.contacts.length === 1 ? 'Contact' : 'Contacts';
  return (
    <Card icon={<ContactRound size={16} aria-hidden />} label={label} omitted={part.omitted}>
      {part.contacts.map((contact, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: contacts of one part never move
        <ContactFacts key={index} contact={contact} />
      ))}
    </Card>
  );
}

export function ReportCard({ part }: { readonly part: ReportPart }) {
  return (
    <Card
      icon={<MailWarning size={16} aria-hidden />}
      label={REPORTS[part.report]}
      omitted={part.omitted}
    >
      {part.groups.map((group, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: groups of one report never move
        <Facts key={index} facts={group.map(({ name, value }) => [name, value])} />
      ))}
    </Card>
  );
}

export function EncryptedCard({ part }: { readonly part: EncryptedPart }) {
  return (
    <Card icon={<LockKeyhole size={16} aria-hidden />} label="Encrypted">
      <p>
        This part is encrypted with {PROTECTIONS[part.with]}. Mailkeep has no keys; save it to open
        it with a program that has yours.
      </p>
    </Card>
  );
}

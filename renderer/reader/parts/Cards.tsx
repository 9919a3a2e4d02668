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
import { answerText, kindText, methodText, statusText } from './words.ts';
import { say } from '../../../shared/language/say.ts';

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
      {omitted > 0 && <p className="quiet">{say('part.omitted', { parts: omitted })}</p>}
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
            <dd dir="auto" translate="no">
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
    .map((one) =>
      one.answer === ''
        ? personText(one)
        : say('calendar.answered', { person: personText(one), answer: answerText(one.answer) }),
    )
    .join('\n');
  return (
    <>
      <h3 dir="auto" translate="no">
        {entry.summary || say('calendar.noTitle')}
      </h3>
      <Facts
        facts={[
          [say('calendar.status'), statusText(entry.status)],
          [say('calendar.start'), momentText(entry.start)],
          [say('calendar.end'), momentText(entry.end)],
          [say('calendar.recurrence'), entry.recurrence],
          [say('calendar.location'), entry.location],
          [say('calendar.organizer'), entry.organizer ? personText(entry.organizer) : ''],
          [say('calendar.attendees'), people],
          [say('calendar.description'), entry.description],
          [say('calendar.url'), entry.url],
        ]}
      />
    </>
  );
}

export function InvitationCard({ part }: { readonly part: InvitationPart }) {
  const label = methodText(part.method);
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
      <h3 dir="auto" translate="no">
        {contact.name || contact.organization || say('contact.noName')}
      </h3>
      <Facts
        facts={[
          [say('contact.title'), contact.title],
          [say('contact.organization'), contact.name === '' ? '' : contact.organization],
          ...contact.details.map(
            ({ kind, label, value }) => [kindText(kind, label), value] as const,
          ),
        ]}
      />
    </>
  );
}

export function ContactsCard({ part }: { readonly part: ContactsPart }) {
  const label = say('contact.cards', { contacts: part.contacts.length });
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
      label={say(`report.${part.report}`)}
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
    <Card icon={<LockKeyhole size={16} aria-hidden />} label={say('encrypted.label')}>
      <p>{say(`encrypted.${part.with}`)}</p>
    </Card>
  );
}

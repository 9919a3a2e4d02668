/** Who wrote to whom and when: the head of a letter, also of one inside of another. */

import { type Letter, peopleText, type Person } from '../../shared/message-view.ts';
import { formatLong } from '../design/format.ts';

/** More than these are a list of their own. */
const PEOPLE_SHOWN = 30;

function namesOf(people: readonly Person[]): string {
  const shown = peopleText(people.slice(0, PEOPLE_SHOWN));
  return people.length > PEOPLE_SHOWN ? `${shown} and ${people.length - PEOPLE_SHOWN} more` : shown;
}

/** Hours and minutes from UTC, as letters state it. */
function zoneText(minutes: number | null): string {
  if (minutes === null) return '';
  const absolute = Math.abs(minutes);
  const hours = String(Math.floor(absolute / 60)).padStart(2, '0');
  return ` (sent at UTC${minutes < 0 ? '−' : '+'}${hours}:${String(absolute % 60).padStart(2, '0')})`;
}

const DATES_FROM = {
  header: '',
  received: ' (from the first machine that passed it on)',
  separator: ' (from the archive: the message has none)',
  none: '',
} as const;

export function LetterFields({ letter }: { readonly letter: Letter }) {
  const date = letter.date === null ? letter.dateText : formatLong(letter.date);
  const fields = [
    ['From', namesOf(letter.from) || '(no sender)'],
    ['Sender', letter.sender.length > 0 ? namesOf(letter.sender) : ''],
    ['Reply to', namesOf(letter.replyTo)],
    ['To', namesOf(letter.to)],
    ['Cc', namesOf(letter.cc)],
    ['Bcc', namesOf(letter.bcc)],
  ] as const;
  const from = namesOf(letter.from);
  return (
    <dl className="message-fields">
      {fields
        .filter(([name, value]) => value !== '' && !(isReply(name) && value === from))
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd dir="auto">{value}</dd>
          </div>
        ))}
      {date !== '' && (
        <div>
          <dt>Date</dt>
          <dd title={letter.dateText}>
            {date}
            <span className="quiet">
              {zoneText(letter.zoneMinutes)}
              {DATES_FROM[letter.dateFrom]}
            </span>
          </dd>
        </div>
      )}
    </dl>
  );
}

/** Said only where it is another than the writer. */
function isReply(name: string): boolean {
  return name === 'Sender' || name === 'Reply to';
}

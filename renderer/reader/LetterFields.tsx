/** Who wrote to whom and when: the head of a letter, also of one inside of another. */

import { type Letter, peopleText, type Person } from '../../shared/message-view.ts';
import { formatLong } from '../design/format.ts';
import { say } from '../../shared/language/say.ts';

/** More than these are a list of their own. */
const PEOPLE_SHOWN = 30;

function namesOf(people: readonly Person[]): string {
  const shown = peopleText(people.slice(0, PEOPLE_SHOWN));
  const more = people.length - PEOPLE_SHOWN;
  return more > 0 ? say('letter.morePeople', { people: shown, more }) : shown;
}

/** Hours and minutes from UTC, as letters state it. */
function zoneText(minutes: number | null): string {
  if (minutes === null) return '';
  const absolute = Math.abs(minutes);
  const hours = String(Math.floor(absolute / 60)).padStart(2, '0');
  const zone = `${minutes < 0 ? '−' : '+'}${hours}:${String(absolute % 60).padStart(2, '0')}`;
  return ` ${say('letter.zone', { zone })}`;
}

function dateFromText({ dateFrom }: Letter): string {
  return dateFrom === 'received' || dateFrom === 'separator'
    ? ` ${say(`letter.dateFrom.${dateFrom}`)}`
    : '';
}

export function LetterFields({ letter }: { readonly letter: Letter }) {
  const date = letter.date === null ? letter.dateText : formatLong(letter.date);
  const fields = [
    ['from', namesOf(letter.from) || say('none.sender')],
    ['sender', namesOf(letter.sender)],
    ['replyTo', namesOf(letter.replyTo)],
    ['to', namesOf(letter.to)],
    ['cc', namesOf(letter.cc)],
    ['bcc', namesOf(letter.bcc)],
  ] as const;
  const from = namesOf(letter.from);
  return (
    <dl className="message-fields">
      {fields
        .filter(([name, value]) => value !== '' && !(isReply(name) && value === from))
        .map(([name, value]) => (
          <div key={name}>
            <dt>{say(`letter.${name}`)}</dt>
            <dd dir="auto" translate="no">
              {value}
            </dd>
          </div>
        ))}
      {date !== '' && (
        <div>
          <dt>{say('letter.date')}</dt>
          <dd title={letter.dateText}>
            <span translate="no">{date}</span>
            <span className="quiet">
              {zoneText(letter.zoneMinutes)}
              {dateFromText(letter)}
            </span>
          </dd>
        </div>
      )}
    </dl>
  );
}

/** Said only where it is another than the writer. */
function isReply(name: string): boolean {
  return name === 'sender' || name === 'replyTo';
}

/** Words for what a message is made of, for people who never saw its inside. */

import { say } from '../../../shared/language/say.ts';
import type { CharsetUsed, Protection } from '../../../shared/message-view.ts';

const METHODS = ['request', 'reply', 'cancel', 'counter'] as const;

/** By the method of a calendar (RFC 5546). */
export function methodText(method: string): string {
  return say(`calendar.${METHODS.find((one) => one === method) ?? 'publish'}`);
}

const STATES = ['confirmed', 'tentative', 'cancelled'] as const;
const ANSWERS = ['accepted', 'declined', 'tentative', 'needs-action', 'delegated'] as const;

/** Of an event, as iCalendar names it (RFC 5545); other words stay as they are. */
export function statusText(status: string): string {
  const known = STATES.find((one) => one === status);
  return known ? say(`calendar.is.${known}`) : status;
}

/** What somebody answered who was invited. */
export function answerText(answer: string): string {
  const known = ANSWERS.find((one) => one === answer);
  return known ? say(`calendar.answer.${known}`) : answer;
}

const KINDS = [
  'email',
  'phone',
  'address',
  'url',
  'birthday',
  'note',
  'nickname',
  'role',
  'chat',
] as const;

/** What a line of a contact is. @param label as the card has it, such as "home" */
export function kindText(kind: string, label: string): string {
  const known = KINDS.find((one) => one === kind);
  const said = known ? say(`contact.kind.${known}`) : kind;
  return label === '' ? said : say('contact.labelled', { kind: said, label });
}

/** Nothing is verified, so nothing is claimed. */
export const protectionText = ({ state, with: method }: Protection): string =>
  say(`protection.${state}.${method}`);

/** What a person should know of how bytes became letters; empty if all is as declared. */
export function charsetText({ name, how, declared }: CharsetUsed): string {
  if (how === 'chosen') return say('charset.chosen', { name });
  if (how === 'declared') return '';
  return declared === ''
    ? say('charset.unsaid', { name })
    : say('charset.wrong', { name, declared });
}

/**
 * vCards as what they say, for showing. Imports shared and this folder; the format (RFC 6350, RFC 2426
 * and version 2.1 as it was written) is read by ical.js.
 *
 * Promises: null for what is no vCard; bounded; never throws; clean text.
 */

import ICAL from 'ical.js';
import type { Contact, ContactsPart } from '../../shared/message-view.ts';
import { manyLines, oneLine } from './clean-text.ts';
import { plainLines } from './versit.ts';

export type Contacts = Pick<ContactsPart, 'contacts' | 'omitted'>;

const LENGTH_MAX = 512 * 1024;
const CONTACTS_MAX = 100;
const DETAILS_MAX = 100;
const TEXT_LENGTH_MAX = 4000;

/** What is shown of a card besides its name, and what it is called. */
const KINDS: Readonly<Record<string, string>> = {
  email: 'email',
  tel: 'phone',
  adr: 'address',
  url: 'url',
  bday: 'birthday',
  note: 'note',
  nickname: 'nickname',
  role: 'role',
  impp: 'chat',
};

/** The contacts in a text; null if there are none. */
export function contactsIn(text: string): Contacts | null {
  if (text.length > LENGTH_MAX) return null;
  const cards = text.split(/^(?=BEGIN:VCARD)/im).filter((card) => /^BEGIN:VCARD/i.test(card));
  const contacts = cards.slice(0, CONTACTS_MAX).flatMap((card) => contactOf(card) ?? []);
  if (contacts.length === 0) return null;
  return { contacts, omitted: Math.max(0, cards.length - CONTACTS_MAX) };
}

function contactOf(card: string): Contact | null {
  try {
    const component = new ICAL.Component(ICAL.parse(asVersion3(card)) as unknown as string);
    const details: Contact['details'] = [];
    for (const property of component.getAllProperties()) {
      const kind = KINDS[property.name];
      if (kind === undefined || details.length >= DETAILS_MAX) continue;
      const value = joined(property.getFirstValue(), ', ');
      if (value !== '') details.push({ kind, label: labelOf(property), value });
    }
    const names = component.getFirstPropertyValue('n');
    return {
      name: joined(component.getFirstPropertyValue('fn'), ' ') || nameOf(names),
      organization: joined(component.getFirstPropertyValue('org'), ', '),
      title: joined(component.getFirstPropertyValue('title'), ' '),
      details,
    };
  } catch {
    return null;
  }
}

/** One card to its end, in the form of version 3. */
function asVersion3(card: string): string {
  const end = card.search(/^END:VCARD/im);
  const whole = end < 0 ? `${card.trimEnd()}\nEND:VCARD\n` : `${card.slice(0, end)}END:VCARD\n`;
  const lines = plainLines(whole);
  // Programs wrote the version anywhere; the parser wants to know it first.
  return /^VERSION:2/im.test(lines)
    ? lines.replace(/^VERSION:.*\r\n/im, '').replace(/^BEGIN:VCARD/i, '$&\r\nVERSION:3.0')
    : lines;
}

/** Family, given, further, before, behind: in the order in which they are spoken. */
function nameOf(value: unknown): string {
  if (!Array.isArray(value)) return joined(value, ' ');
  const [family, given, further, before, behind] = value;
  return [before, given, further, family, behind]
    .map((one) => joined(one, ' '))
    .filter(Boolean)
    .join(' ');
}

function labelOf(property: ICAL.Property): string {
  const type: unknown = property.getParameter('type');
  const words = Array.isArray(type) ? type : [type ?? ''];
  return words
    .map((word) => oneLine(String(word)).toLowerCase())
    .filter((word) => word !== '' && word !== 'internet' && word !== 'pref')
    .slice(0, 5)
    .join(', ');
}

function joined(value: unknown, between: string): string {
  if (Array.isArray(value)) {
    return value
      .map((one) => joined(one, between))
      .filter(Boolean)
      .join(between);
  }
  if (value === null || value === undefined) return '';
  return manyLines(String(value)).trim().slice(0, TEXT_LENGTH_MAX);
}

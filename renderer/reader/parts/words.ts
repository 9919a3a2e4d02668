/** Words for what a message is made of, for people who never saw its inside. */

import type { CharsetUsed, Protection, ReportPart } from '../../../shared/message-view.ts';

/** By the method of a calendar (RFC 5546). */
export const METHODS: Readonly<Record<string, string>> = {
  request: 'Invitation',
  reply: 'Answer to an invitation',
  cancel: 'Cancelled invitation',
  counter: 'Other time proposed',
  publish: 'Calendar',
};

export const REPORTS: Readonly<Record<ReportPart['report'], string>> = {
  delivery: 'Delivery report',
  reading: 'Reading receipt',
  feedback: 'Complaint report',
};

export const PROTECTIONS: Readonly<Record<Protection['with'], string>> = {
  openpgp: 'OpenPGP',
  smime: 'S/MIME',
  other: 'a method that Mailkeep does not know',
};

/** Nothing is verified, so nothing is claimed. */
export function protectionText({ state, with: method }: Protection): string {
  return state === 'signed'
    ? `Signed with ${PROTECTIONS[method]}; Mailkeep does not check signatures.`
    : `Encrypted with ${PROTECTIONS[method]}; Mailkeep has no keys to read it.`;
}

/** What a person should know of how bytes became letters; empty if all is as declared. */
export function charsetText({ name, how, declared }: CharsetUsed): string {
  if (how === 'chosen') return `Read as ${name}, as you chose.`;
  if (how === 'declared') return '';
  return declared === ''
    ? `The message does not say its character set; it is read as ${name}.`
    : `The message says ${declared}, which cannot be; it is read as ${name}.`;
}

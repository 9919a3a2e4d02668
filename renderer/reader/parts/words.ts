/** Words for what a message is made of, for people who never saw its inside. */

import { say } from '../../../shared/language/say.ts';
import type { CharsetUsed, Protection } from '../../../shared/message-view.ts';

const METHODS = ['request', 'reply', 'cancel', 'counter'] as const;

/** By the method of a calendar (RFC 5546). */
export function methodText(method: string): string {
  return say(`calendar.${METHODS.find((one) => one === method) ?? 'publish'}`);
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

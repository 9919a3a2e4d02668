/** The catalogs of messages: English is built in, the others are loaded when they are spoken. */

import { ENGLISH, type MessageId } from './english.ts';
import { type Language, PSEUDO_TAG } from './languages.ts';
import { pseudoMessage } from './pseudo.ts';

/** Every message of a language; one that lacks an id does not compile. */
export type Catalog = Readonly<Record<MessageId, string>>;

const LOADERS: Readonly<Record<Language['tag'], () => Promise<Catalog>>> = {
  en: async () => ENGLISH,
  de: async () => (await import('./german.json')).default,
  fr: async () => (await import('./french.json')).default,
  es: async () => (await import('./spanish.json')).default,
  ja: async () => (await import('./japanese.json')).default,
  'zh-Hans': async () => (await import('./chinese.json')).default,
  ar: async () => (await import('./arabic.json')).default,
  [PSEUDO_TAG]: async () => pseudoCatalog(),
};

/** @returns all messages of a language */
export const loadCatalog = (tag: Language['tag']): Promise<Catalog> => LOADERS[tag]();

/** English, as nobody speaks it. */
export function pseudoCatalog(): Catalog {
  const messages = Object.entries(ENGLISH).map(([id, message]) => [id, pseudoMessage(message)]);
  return Object.fromEntries(messages) as Catalog;
}

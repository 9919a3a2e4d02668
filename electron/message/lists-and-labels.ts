/**
 * Which mailing list a message came by, and what labels it has, as programs write both into headers.
 * Imports the decoding of header text.
 *
 * Sources: RFC 2919 (List-Id), RFC 2369 (List-Post), X-Mailing-List (Debian and others), Mailing-List
 * (ezmlm, Yahoo! Groups); X-Gmail-Labels (Takeout), X-Mozilla-Keys (Thunderbird), X-Keywords (Dovecot,
 * UW IMAP). Linear, never throws.
 */

import { trimmed } from './byte-text.ts';
import { decodeHeaderText } from './header-text.ts';

const VALUE_LENGTH_MAX = 1000;
/** Labels of one message are kept as one text, a line each. */
const BETWEEN_LABELS = '\n';

const ID = /<(?:mailto:)?([^<>?\s]+)[^<>]*>\s*(?:$|[^<>]*$)/i;
const ADDRESS = /[^\s<>"(),;:]+@[^\s<>"(),;:]+/;
const BARE = /^[^\s<>"(),;:]+$/;

/**
 * The name of a list from one of the fields that tell it: the identifier of List-Id, or the address
 * with a dot for its at sign, which for most lists is the same; in lower case. Empty if it tells none.
 * @param fieldValue a character for each byte
 */
export function listName(fieldValue: string): string {
  const value = trimmed(fieldValue.slice(0, VALUE_LENGTH_MAX));
  const name = ID.exec(value)?.[1] ?? ADDRESS.exec(value)?.[0] ?? BARE.exec(value)?.[0] ?? '';
  const plain = decodeHeaderText(name).toLowerCase().replaceAll('@', '.');
  // `List-Post: NO` says that nobody may write to it.
  return plain.includes('.') ? plain : '';
}

/** The tags that Thunderbird has from the start, by their keys. */
const THUNDERBIRD_TAGS = new Map([
  ['$label1', 'Important'],
  ['$label2', 'Work'],
  ['$label3', 'Personal'],
  ['$label4', 'To Do'],
  ['$label5', 'Later'],
]);
/** Marks that programs put there for themselves. */
const NO_LABELS = new Set(['nonjunk', 'notjunk', '$notjunk', '$mdnsent', '$forwarded', 'unseen']);

/**
 * The labels in X-Gmail-Labels, as they are kept: commas between them, and one that holds a comma in
 * quotes. Quotes stand inside of labels too (`Kategorie: "Soziale Netzwerke"`, also doubled); they are
 * dropped, because no query could say them.
 * @param fieldValue a character for each byte
 */
export function gmailLabels(fieldValue: string): string {
  const text = decodeHeaderText(fieldValue.slice(0, VALUE_LENGTH_MAX * 8));
  const labels = text.match(/(?:"[^"]*"|[^,])+/g) ?? [];
  return keptLabels(labels.map((label) => label.replace(/"+([^"]*)"+/g, '$1')));
}

/** The labels in X-Mozilla-Keys or X-Keywords, as they are kept. @param fieldValue as above */
export function keywordLabels(fieldValue: string): string {
  const text = decodeHeaderText(fieldValue.slice(0, VALUE_LENGTH_MAX));
  return keptLabels(text.split(/[\s,]+/).map((key) => THUNDERBIRD_TAGS.get(key) ?? key));
}

/** Labels as one text; each once, in their order. */
export function keptLabels(labels: readonly string[]): string {
  const wanted = labels.map((label) => label.replace(/\s+/g, ' ').trim());
  const kept = new Set(
    wanted.filter((label) => label !== '' && !NO_LABELS.has(label.toLowerCase())),
  );
  return [...kept].join(BETWEEN_LABELS);
}

/** All labels of some kept texts, as one. */
export const joinedLabels = (texts: readonly string[]): string =>
  keptLabels(texts.flatMap(labelsOf));

export const labelsOf = (kept: string): string[] => (kept === '' ? [] : kept.split(BETWEEN_LABELS));

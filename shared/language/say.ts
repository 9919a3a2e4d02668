/**
 * Says a message of the catalog in the language that is spoken: plurals, numbers and choices by ICU
 * MessageFormat. One language at a time in a process: a window, and main.
 */

import { IntlMessageFormat } from 'intl-messageformat';
import type { Catalog } from './catalogs.ts';
import { ENGLISH, type MessageId } from './english.ts';
import { directionOf, ENGLISH_LANGUAGE, type Language } from './languages.ts';
import type { ArgumentsOf } from './message-arguments.ts';

/** The arguments of a message; those of all of them, if it is one of several. */
export type MessageValues<Id extends MessageId> = (
  Id extends MessageId
    ? (values: ArgumentsOf<(typeof ENGLISH)[Id]>) => void
    : never
) extends (values: infer All) => void
  ? All
  : never;

/** What follows the id of a message: its arguments, or nothing if it takes none. */
export type Values<Id extends MessageId> =
  unknown extends MessageValues<Id> ? readonly [] : readonly [values: MessageValues<Id>];

/** A message without arguments. */
export type PlainId = {
  readonly [Id in MessageId]: unknown extends MessageValues<Id> ? Id : never;
}[MessageId];

let language: Language = ENGLISH_LANGUAGE;
let catalog: Catalog = ENGLISH;
const formats = new Map<string, IntlMessageFormat>();

/** The language that is spoken. */
export const spoken = (): Language => language;

/** Speaks a language from now on. What has been said stays said. */
export function speak(to: Language, messages: Catalog): void {
  language = to;
  catalog = messages;
  formats.clear();
}

/** A message as plain text. */
export function say<Id extends MessageId>(id: Id, ...[values]: Values<Id>): string {
  const message = catalog[id];
  // Most messages take nothing, and are what they say: only the others are worth parsing.
  if (values === undefined && !message.includes("'")) return message;
  return String(formatOf(id, 'plain').format(apart(message, values)));
}

/** What a tag of a message does with what stands in it. */
export type Tags<Node> = Readonly<Record<string, (inside: (string | Node)[]) => Node>>;

/** A message in pieces: its tags are made into something else. */
export function sayInPieces<Id extends MessageId, Node>(
  id: Id,
  values: Values<Id>,
  tags: Tags<Node>,
): readonly (string | Node)[] {
  const said = formatOf(id, 'tagged').format<Node>({ ...apart(catalog[id], values[0]), ...tags });
  return Array.isArray(said) ? said : [said];
}

function formatOf(id: MessageId, how: 'plain' | 'tagged'): IntlMessageFormat {
  const known = formats.get(`${how} ${id}`);
  if (known) return known;
  const format = new IntlMessageFormat(catalog[id], language.locale, undefined, {
    ignoreTag: how === 'plain',
  });
  formats.set(`${how} ${id}`, format);
  return format;
}

type Given = Record<string, string | number>;

/** What stands in a message to choose between its branches. */
const CHOICE = /\{\s*(\w+)\s*,\s*select\b/g;

/**
 * A name of a file must not turn the words around it around: in languages from right to left it stands
 * apart. What chooses a branch is not shown, and stays what it is.
 */
function apart(message: string, values: unknown): Given {
  const given = (values ?? {}) as Given;
  if (directionOf(language) === 'ltr') return given;
  const choices = new Set([...message.matchAll(CHOICE)].map(([, name]) => name));
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      name,
      typeof value === 'string' && !choices.has(name) ? `\u2068${value}\u2069` : value,
    ]),
  );
}

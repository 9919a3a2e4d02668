/**
 * What may go on where a person types in the search box: operators by their beginning, what an operator
 * knows of this archive, and saved searches by their names. Imports the syntax; the archive's names and the
 * searches come from whoever asks.
 */

import type { AttachmentKind } from '../../shared/attachment-kinds.ts';
import type { Group, GroupingName } from '../../shared/overview-contract.ts';
import type { SavedSearch } from '../../shared/saved-search.ts';
import { HAS_WHAT, IS_WHAT, OPERATORS, type Operator } from '../../shared/search-syntax.ts';
import { say } from '../../shared/language/say.ts';
import { SYNTAX_HELP } from './syntax-help.ts';

/** The piece of a query in front of the caret. */
interface Typing {
  /** Where it begins: an operator in front of it included. */
  readonly from: number;
  readonly to: number;
  readonly operator: Operator | null;
  /** Behind the operator, without a quotation mark. */
  readonly typed: string;
}

/** What is offered. */
interface Offered {
  readonly insert: string;
  readonly label: string;
  readonly more: string;
}

export interface Completion extends Offered {
  /** It takes the place of what stands from there to there. */
  readonly from: number;
  readonly to: number;
}

/** What stands in the field. */
export interface Written {
  readonly text: string;
  readonly caret: number;
}

/** What an archive can tell. */
export interface KnownNames {
  /** Groups whose name holds some letters, largest first. */
  readonly groups: (by: GroupingName, filter: string) => Promise<readonly Group[]>;
  readonly attachmentKinds: () => Promise<readonly AttachmentKind[]>;
  /** Years of which there is mail, by the clock here, newest first. */
  readonly years: () => Promise<readonly number[]>;
}

export const COMPLETIONS_MAX = 8;
const PIECE = /(?:^|[\s(])-?((?:([a-z]+):)?("[^"]*|[^\s()":]*))$/i;
const BEHIND = /^(?:$|[\s)])/;
const BY_NAME = new Map<string, Operator>(OPERATORS.map((name) => [name, name]));
const GROUPED: Partial<Readonly<Record<Operator, GroupingName>>> = {
  from: 'sender',
  to: 'sender',
  cc: 'sender',
  label: 'label',
  list: 'list',
};
const DATED: ReadonlySet<Operator> = new Set(['on', 'after', 'before']);
/** Those of which one word of a query is true. */
const TYPE_WORDS: Partial<Readonly<Record<AttachmentKind, string>>> = {
  picture: 'image',
  pdf: 'pdf',
  sound: 'audio',
  video: 'video',
  message: 'message',
};

/** Null where nothing can be completed. */
function typingAt(text: string, caret: number): Typing | null {
  const [, piece = '', name, typed = ''] = PIECE.exec(text.slice(0, caret)) ?? [];
  if (piece === '' || !BEHIND.test(text.slice(caret))) return null;
  const operator = name === undefined ? null : (BY_NAME.get(name.toLowerCase()) ?? null);
  const isQuoted = typed.startsWith('"');
  if ((operator === null) !== (name === undefined) || (operator === null && isQuoted)) return null;
  return {
    from: caret - piece.length,
    to: caret,
    operator,
    typed: isQuoted ? typed.slice(1) : typed,
  };
}

/** At most `COMPLETIONS_MAX`; none that would change nothing. */
export async function completionsOf(
  { text, caret }: Written,
  names: KnownNames,
  searches: readonly SavedSearch[],
): Promise<readonly Completion[]> {
  const typing = typingAt(text, caret);
  const going = typing ? await goingOn(typing, names) : [];
  const inserts = new Set(going.map(({ insert }) => insert));
  const saved = savedFor({ text, caret }, searches).filter(({ insert }) => !inserts.has(insert));
  // Several words that a name begins with are hardly a query whose last word an operator begins with.
  const isName = /\S\s/.test(text.slice(0, caret));
  const all = isName ? [...saved, ...going] : [...going, ...saved];
  return all.slice(0, COMPLETIONS_MAX);
}

async function goingOn(typing: Typing, names: KnownNames): Promise<readonly Completion[]> {
  const { operator, typed, from, to } = typing;
  const all = operator === null ? operatorsFor(typed) : await valuesFor(operator, typed, names);
  const isMore = ({ insert }: Offered): boolean =>
    operator === null || insert.trimEnd().toLowerCase() !== `${operator}:${typed}`.toLowerCase();
  return all.filter(isMore).map((offered) => ({ ...offered, from, to }));
}

/** Searches whose name begins with all that is typed: names have blanks in them. */
function savedFor({ text, caret }: Written, searches: readonly SavedSearch[]): Completion[] {
  const beginning = text.slice(0, caret).trimStart().toLowerCase();
  if (beginning === '' || text.slice(caret).trim() !== '') return [];
  return searches
    .filter(({ name, query }) => name.toLowerCase().startsWith(beginning) && query !== text.trim())
    .map(({ name, query }) => ({
      insert: query,
      label: name,
      more: name === query ? '' : query,
      from: 0,
      to: text.length,
    }));
}

/** The query with what was chosen, and where typing goes on. */
export function completed(text: string, { from, to, insert }: Completion): Written {
  const rest = text.slice(to);
  const added = insert.endsWith(' ') && rest.startsWith(' ') ? insert.trimEnd() : insert;
  return { text: text.slice(0, from) + added + rest, caret: from + insert.length };
}

function operatorsFor(typed: string): Offered[] {
  const beginning = typed.toLowerCase();
  return OPERATORS.filter((name) => name.startsWith(beginning)).map((name) => ({
    insert: `${name}:`,
    label: `${name}:`,
    more: helpFor(name),
  }));
}

/** Of several examples the first explains an operator. */
function helpFor(operator: Operator): string {
  const lines = SYNTAX_HELP.flatMap((part) => part.lines);
  const line = lines.find(({ example }) => example.startsWith(`${operator}:`));
  return line ? say(line.says) : '';
}

async function valuesFor(
  operator: Operator,
  typed: string,
  names: KnownNames,
): Promise<readonly Offered[]> {
  const by = GROUPED[operator];
  if (by) {
    const groups = await names.groups(by, typed);
    return groups.flatMap(({ text, label }) => termFor(operator, text, label));
  }
  return (await wordsFor(operator, names))
    .filter((word) => word.startsWith(typed.toLowerCase()))
    .flatMap((word) => termFor(operator, word, word));
}

async function wordsFor(operator: Operator, names: KnownNames): Promise<readonly string[]> {
  if (operator === 'is') return IS_WHAT;
  if (operator === 'has') return HAS_WHAT;
  if (DATED.has(operator)) return (await names.years()).map(String);
  if (operator !== 'type') return [];
  return (await names.attachmentKinds()).flatMap((kind) => TYPE_WORDS[kind] ?? []);
}

/** None for what no query can say. @param called what a person calls it */
function termFor(operator: Operator, text: string, called: string): Offered[] {
  if (text.trim() === '' || /["“”„‟«»\u0000-\u001f]/.test(text)) return [];
  const value = /^[^\s()]+$/.test(text) ? text : `"${text}"`;
  const isSame = called.toLowerCase() === text.toLowerCase();
  return [{ insert: `${operator}:${value} `, label: called || text, more: isSame ? '' : text }];
}

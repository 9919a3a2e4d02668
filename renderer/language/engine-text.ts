/**
 * What an engine says for a person, in the language that is spoken. Engines speak English, here and at
 * the terminal; the window finds the message whose English words these are, and says that. Words that it
 * does not know stay English.
 */

import { ENGLISH, type MessageId } from '../../shared/language/english.ts';
import { say, spoken } from '../../shared/language/say.ts';

type EngineId = Extract<MessageId, `engine.${string}`>;

interface Pattern {
  readonly id: EngineId;
  readonly words: RegExp;
  readonly names: readonly string[];
}

/** Between the braces of a message stand the names of its arguments. */
const ARGUMENT = /\{(\w+)\}/;

const isEngineId = (id: string): id is EngineId => id.startsWith('engine.');

let patterns: readonly Pattern[] | null = null;

function allPatterns(): readonly Pattern[] {
  patterns ??= Object.keys(ENGLISH)
    .filter(isEngineId)
    .map((id) => patternOf(id));
  return patterns;
}

function patternOf(id: EngineId): Pattern {
  const pieces = ENGLISH[id].split(ARGUMENT);
  const names = pieces.filter((_piece, at) => at % 2 === 1);
  const source = pieces
    .map((piece, at) =>
      at % 2 === 1 ? '([\\s\\S]+)' : piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
    )
    .join('');
  return { id, names, words: new RegExp(`^${source}$`) };
}

/** The same in the language that is spoken; null if nobody has translated it. */
export function translated(text: string): string | null {
  if (spoken().tag === 'en' || text === '') return text;
  for (const { id, words, names } of allPatterns()) {
    const found = words.exec(text);
    if (!found) continue;
    const values = Object.fromEntries(
      names.map((name, at) => [name, engineText(found[at + 1] ?? '')]),
    );
    // Its arguments were read off its own English words.
    return say(id as 'engine.lock.held', values as { readonly holder: string });
  }
  return null;
}

/** The same where there is no other way than to leave it in English. */
export const engineText = (text: string): string => translated(text) ?? text;

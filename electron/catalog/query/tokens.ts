/**
 * A query cut into tokens. Imports the list of operators. One pass; any text is tokens.
 */

import { OPERATORS, type Operator } from '../../../shared/search-syntax.ts';

export type Token = { readonly from: number; readonly to: number } & (
  | { readonly kind: 'open' | 'close' | 'or' | 'not' | 'lone minus' }
  | { readonly kind: 'word'; readonly text: string }
  /** `closed` is false if the quotation mark at its end is missing. */
  | { readonly kind: 'quoted'; readonly text: string; readonly closed: boolean }
  | { readonly kind: 'operator'; readonly operator: Operator }
);

const SPACE = /[\s\u0000-\u001f\u007f]/;
export const QUOTES = '"“”„‟«»';
const SPECIAL = `()${QUOTES}`;
const OPERATOR_LENGTH_MAX = Math.max(...OPERATORS.map((name) => name.length));
const BY_NAME = new Map<string, Operator>(OPERATORS.map((name) => [name, name]));

export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let isValue = false;
  for (let at = 0; at < text.length; ) {
    const letter = text.charAt(at);
    if (SPACE.test(letter)) {
      isValue = false;
      at += 1;
      continue;
    }
    const token = tokenAt(text, at, letter, isValue);
    tokens.push(token);
    isValue = token.kind === 'operator';
    at = token.to;
  }
  return tokens;
}

/** True if a text that stands without quotes is one word. @param where behind an operator, or alone */
export function isOneWord(text: string, where: 'value' | 'alone'): boolean {
  const [token, more] = tokensOf(where === 'value' ? `id:${text}` : text).slice(
    where === 'value' ? 1 : 0,
  );
  return token?.kind === 'word' && token.text === text && more === undefined;
}

function tokenAt(text: string, at: number, letter: string, isValue: boolean): Token {
  if (letter === '(') return { kind: 'open', from: at, to: at + 1 };
  if (letter === ')') return { kind: 'close', from: at, to: at + 1 };
  if (QUOTES.includes(letter)) return quotedAt(text, at);
  if (!isValue) {
    if (letter === '-') {
      const next = text.charAt(at + 1);
      const isLone = next === '' || next === ')' || SPACE.test(next);
      return { kind: isLone ? 'lone minus' : 'not', from: at, to: at + 1 };
    }
    const operator = operatorAt(text, at);
    if (operator) {
      return { kind: 'operator', operator, from: at, to: at + operator.length + 1 };
    }
  }
  let to = at + 1;
  while (to < text.length && !SPACE.test(text.charAt(to)) && !SPECIAL.includes(text.charAt(to))) {
    to += 1;
  }
  const word = text.slice(at, to);
  if (!isValue && word === 'OR') return { kind: 'or', from: at, to };
  if (!isValue && word === 'NOT') return { kind: 'not', from: at, to };
  return { kind: 'word', text: word, from: at, to };
}

function operatorAt(text: string, at: number): Operator | null {
  const colon = text.slice(at, at + OPERATOR_LENGTH_MAX + 1).indexOf(':');
  return colon < 0 ? null : (BY_NAME.get(text.slice(at, at + colon).toLowerCase()) ?? null);
}

function quotedAt(text: string, at: number): Token {
  let end = at + 1;
  while (end < text.length && !QUOTES.includes(text.charAt(end))) end += 1;
  const closed = end < text.length;
  const inside = text.slice(at + 1, end);
  return { kind: 'quoted', text: inside, closed, from: at, to: closed ? end + 1 : end };
}

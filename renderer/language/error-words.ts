/**
 * What went wrong, in the language that is spoken: the sentence of its code. Where an engine says it more
 * exactly, its own sentence stands behind, in its own language if that is the only one it has.
 */

import { CODES, type ErrorValue } from '../../shared/errors.ts';
import { say, spoken } from '../../shared/language/say.ts';
import { translated } from './engine-text.ts';

export interface ErrorWords {
  readonly sentence: string;
  /** In English; empty if all is said. */
  readonly detail: string;
}

/** An error as a sentence, and what of it can only be said in English. */
export function errorWords({ code, sentence }: Pick<ErrorValue, 'code' | 'sentence'>): ErrorWords {
  if (spoken().tag === 'en') return { sentence, detail: '' };
  const exact = sentence === CODES[code].sentence ? null : translated(sentence);
  if (exact !== null) return { sentence: exact, detail: '' };
  const detail = sentence === CODES[code].sentence ? '' : sentence;
  return { sentence: say(`error.${code}`), detail };
}

/** The same where only plain text fits. */
export function errorInWords(error: ErrorValue): string {
  const { sentence, detail } = errorWords(error);
  return [sentence, detail].filter(Boolean).join(' ');
}

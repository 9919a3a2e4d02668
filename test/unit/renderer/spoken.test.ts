/**
 * Goal: a person reads in their own language what engines say in English, and is told what of it there is
 * in English only; numbers, sizes and dates follow the language.
 */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatLong,
  formatNumber,
  formatWait,
} from '../../../renderer/design/format.ts';
import { translated } from '../../../renderer/language/engine-text.ts';
import { errorInWords, errorWords } from '../../../renderer/language/error-words.ts';
import { verdictInWords } from '../../../renderer/reading/words.ts';
import type { DoubtfulLine } from '../../../shared/dialect-report.ts';
import {
  CODES,
  type ErrorCode,
  type ErrorValue,
  MailboxError,
  toErrorValue,
} from '../../../shared/errors.ts';
import { loadCatalog } from '../../../shared/language/catalogs.ts';
import { ENGLISH_LANGUAGE } from '../../../shared/language/languages.ts';
import { say, sayInPieces, speak } from '../../../shared/language/say.ts';

const errorOf = (code: ErrorCode, sentence?: string): ErrorValue =>
  toErrorValue(new MailboxError(code, {}, sentence === undefined ? {} : { sentence }));

afterEach(async () => speak(ENGLISH_LANGUAGE, await loadCatalog('en')));

describe('in English', () => {
  it('an error is what was said', () => {
    expect(errorInWords(errorOf('GONE', 'Very exact.'))).toBe('Very exact.');
    expect(errorInWords(errorOf('GONE'))).toBe(CODES.GONE.sentence);
  });
});

describe('in German', () => {
  beforeEach(async () => speak({ tag: 'de', locale: 'de-DE' }, await loadCatalog('de')));

  it('an error is told by its code', () => {
    expect(errorWords(errorOf('GONE'))).toEqual({
      sentence: 'Diese Nachricht ist nicht mehr im Archiv. Nichts wurde geändert.',
      detail: '',
    });
  });

  it('a sentence that an engine made is told with what it names', () => {
    const sentence =
      'This archive is locked by mutt (process 4711). Nothing was changed; try again when it is done.';
    expect(errorInWords(errorOf('LOCKED', sentence))).toContain('gesperrt von mutt (Prozess 4711)');
  });

  it('what nobody has translated stands behind the sentence of the code', () => {
    expect(errorWords(errorOf('MISUSE', 'Nobody has translated this.'))).toEqual({
      sentence: 'Mit dieser Anfrage kann Mailkeep nichts anfangen. Nichts wurde geändert.',
      detail: 'Nobody has translated this.',
    });
    expect(translated('Nobody has translated this.')).toBeNull();
  });

  it('why a line can be doubted is a sentence', () => {
    const line: Omit<DoubtfulLine, 'reading' | 'why'> = {
      offset: 0,
      text: '',
      choices: [],
      overruled: false,
    };
    const why = 'no empty line before it and no date in it';
    expect(verdictInWords({ ...line, reading: 'separator', why })).toBe(
      'Beginnt eine Nachricht, obwohl keine leere Zeile davor und kein Datum darin steht.',
    );
  });

  it('numbers, sizes, waits and dates are German', () => {
    expect(formatNumber(1234567)).toBe('1.234.567');
    expect(formatBytes(1_234_567)).toBe('1,2 MB');
    expect(formatWait(150)).toBe('etwa 3 Minuten');
    expect(formatLong(Date.UTC(2003, 4, 17, 12))).toContain('17. Mai 2003');
    expect(say('count.messages', { messages: 2345 })).toBe('2.345 Nachrichten');
    expect(say('count.messages', { messages: 1 })).toBe('1 Nachricht');
  });
});

it('what stands out in a message is a piece of its own', () => {
  const pieces = sayInPieces('narrow.amount', [{ messages: 2, size: '1 MB' }], {
    strong: (inside: readonly (string | { strong: string })[]) => ({ strong: inside.join('') }),
  });
  expect(pieces).toEqual([{ strong: '2 messages' }, ', 1 MB']);
});

describe('from right to left', () => {
  beforeEach(async () => speak({ tag: 'ar', locale: 'ar' }, await loadCatalog('ar')));

  it('names stand apart, and what chooses what is said still chooses it', () => {
    expect(say('app.title', { archive: 'Inbox' })).toContain('\u2068Inbox\u2069');
    const replaced = say('news.untouched', { how: 'replaced' });
    expect(replaced).not.toBe(say('news.untouched', { how: 'other' }));
    expect(replaced).not.toContain('\u2068');
  });
});

/**
 * Goal: mail that does not say its character set is read in its own script, as old Russian, Greek, Hebrew,
 * Japanese, Chinese and Korean mail was written; Western mail never becomes one of those.
 * Method: sentences, subjects and names encoded as they were.
 */

import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { decoded } from '../../../electron/message/charset.ts';
import { decodeHeaderText } from '../../../electron/message/header-text.ts';
import { openCorpus } from '../../support/corpus.ts';
import { readHeader } from '../../../electron/message/header-fields.ts';

const RUSSIAN = [
  'Привет, как дела? Это письмо на русском языке, чтобы проверить кодировку.',
  'Привет',
  'Re: Встреча в понедельник',
  'Иван Петров',
  'СРОЧНО ТРЕБУЮТСЯ МЕНЕДЖЕРЫ',
];
const JAPANESE = [
  'こんにちは、世界。日本語のメールです。',
  '山田太郎です。よろしくお願いします。',
  '会議のお知らせ',
];
const CHINESE = ['你好，这是一封中文邮件。我们明天开会。', '北京大学', '关于会议的通知'];
const TAIWANESE = ['你好，這是一封中文郵件。我們明天開會。', '臺灣大學', '他在那裡工作了很多年'];
const KOREAN = ['안녕하세요. 이것은 한국어 메일입니다.', '회의 안내', '김철수'];
const SCRIPTS = {
  'koi8-r': RUSSIAN,
  'windows-1251': RUSSIAN,
  ibm866: RUSSIAN,
  'iso-8859-5': RUSSIAN,
  shift_jis: JAPANESE,
  'euc-jp': JAPANESE,
  gbk: CHINESE,
  big5: TAIWANESE,
  'euc-kr': KOREAN,
  'windows-1253': ['Καλημέρα, αυτό είναι ένα γράμμα στα ελληνικά.', 'Συνάντηση'],
  'windows-1255': ['שלום, זה מכתב בעברית לבדיקה', 'פגישה ביום שני'],
};
const WESTERN = [
  ['windows-1252', 'Schöne Grüße aus Österreich, über Äpfel und Straßen'],
  ['windows-1252', 'ÄÖÜäöüß'],
  ['windows-1252', '„Anführung“ – ja … nein'],
  ['windows-1252', 'créée éé'],
  ['windows-1252', 'Le château était près de la forêt, où l’été fut très âpre'],
  ['iso-8859-1', 'Räksmörgås på Åland'],
  ['iso-8859-2', 'Zażółć gęślą jaźń'],
  ['iso-8859-9', 'İyi günler, nasılsınız? Şöyle böyle.'],
] as const;

describe('of what does not say its character set', () => {
  test.each(Object.entries(SCRIPTS))('%s is known by its letters', (charset, texts) => {
    for (const text of texts) {
      const bytes = iconv.encode(text, charset);
      expect(decoded(bytes, null)).toEqual({ text, charset, guessed: true });
      // A label that cannot be is none; a header never has one.
      expect(decoded(bytes, 'x-none').text).toBe(text);
      expect(decodeHeaderText(bytes.toString('latin1'))).toBe(text);
    }
  });

  test.each(WESTERN)('Western and neighbouring mail stays Western: %s, %s', (charset, text) => {
    expect(decoded(iconv.encode(text, charset), null).charset).toBe('windows-1252');
  });

  test('long text is told from its beginning, in time that does not grow with it', () => {
    const bytes = iconv.encode(`${RUSSIAN[0]} `.repeat(40_000), 'koi8-r');
    const begun = process.cpuUsage();
    expect(decoded(bytes, null).charset).toBe('koi8-r');
    expect(process.cpuUsage(begun).user / 1000).toBeLessThan(1000);
  });

  const corpus = openCorpus();
  test.skipIf(corpus === null)('real names from Taiwan are Chinese', () => {
    const month = corpus
      ?.expected()
      .find(({ path }) => /inheritance\/2006-01|inheritance\/2006-January/.test(path));
    const bytes = month && corpus?.bytesOf(month);
    let chinese = 0;
    let other = 0;
    for (const { msg_offset: from, msg_length: length } of month?.messages ?? []) {
      const { fields } = readHeader(bytes?.toString('latin1', from, from + length) ?? '');
      for (const { name, value } of fields) {
        if (!/^from$/i.test(name) || !/[\x80-\xff]{4}/.test(value)) continue;
        if (/\p{Script=Han}{2}/u.test(decodeHeaderText(value))) chinese += 1;
        else other += 1;
      }
    }
    expect(chinese).toBeGreaterThan(20);
    expect(other).toBeLessThan(chinese / 20);
  });
});

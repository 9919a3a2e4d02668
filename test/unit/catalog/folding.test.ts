/**
 * Goal: what people type finds what others wrote, whatever their keyboards have. Method: words of many languages, as
 * they are written and as they are typed.
 */

import { expect, it } from 'vitest';
import { folded } from '../../../electron/catalog/folding.ts';
import { textWords } from '../../../electron/catalog/query/text-words.ts';

it.each([
  ['Straße', 'strasse'],
  ['STRAẞE', 'strasse'],
  ['Zürich', 'zurich'],
  ['Søren', 'soren'],
  ['Ærø', 'aero'],
  ['Łódź', 'lodz'],
  ['Đorđević', 'dordevic'],
  ['Œuvre', 'oeuvre'],
  ['Þórður', 'thordur'],
  ['Ħamrun', 'hamrun'],
  ['Diyarbakır', 'diyarbakir'],
  ['İstanbul', 'istanbul'],
  ['ΟΔΟΣ', 'οδοσ'],
  ['οδος', 'οδοσ'],
  ['ёлка', 'елка'],
  ['한국어', '한국어'],
])('%s is found as %s', (written, typed) => {
  expect(folded(written)).toBe(typed);
  expect(folded(typed)).toBe(typed);
  expect(textWords(`(${written})`)).toEqual([typed]);
});

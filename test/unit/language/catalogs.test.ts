/**
 * Goal: every language says every message, with the arguments and the plural forms that it needs.
 * Method: each catalog is parsed as it is when it is spoken, and compared with English.
 */

import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { CODES } from '../../../shared/errors.ts';
import { type Catalog, loadCatalog, pseudoCatalog } from '../../../shared/language/catalogs.ts';
import { ENGLISH, type MessageId } from '../../../shared/language/english.ts';
import { directionOf, LANGUAGE_TAGS, languageFor } from '../../../shared/language/languages.ts';
import { pseudoMessage } from '../../../shared/language/pseudo.ts';
import { PREFERENCES_USUAL, preferencesSchema } from '../../../shared/preferences.ts';

type Element = ReturnType<IntlMessageFormat['getAst']>[number];
/** As the parser numbers the kinds of elements. */
const KIND = { literal: 0, select: 5, plural: 6, pound: 7, tag: 8 } as const;

const ids = Object.keys(ENGLISH) as MessageId[];
const parsed = (message: string, locale: string): readonly Element[] =>
  new IntlMessageFormat(message, locale).getAst();

/** Every element of a message, those inside of branches and tags among them. */
function allOf(elements: readonly Element[]): readonly Element[] {
  return elements.flatMap((element) => [
    element,
    ...('options' in element
      ? Object.values(element.options).flatMap(({ value }) => allOf(value))
      : []),
    ...('children' in element ? allOf(element.children) : []),
  ]);
}

/** `messages:6`, `size:1`, `strong:8`: what a message must be given, and for what. */
function needsOf(message: string, locale: string): readonly string[] {
  const needs = allOf(parsed(message, locale)).flatMap((element) =>
    element.type === KIND.literal || element.type === KIND.pound
      ? []
      : [`${element.value}:${element.type}`],
  );
  return [...new Set(needs)].sort();
}

/** Branches of a select, which the code names: no language may lack one or have another. */
function branchesOf(message: string, locale: string): readonly string[] {
  const selects = allOf(parsed(message, locale)).filter(({ type }) => type === KIND.select);
  return selects
    .flatMap((element) =>
      'options' in element ? [`${element.value}: ${Object.keys(element.options).sort()}`] : [],
    )
    .sort();
}

/** Plurals that lack a form which the language has. */
function lackingForms(message: string, locale: string): readonly string[] {
  const { pluralCategories } = new Intl.PluralRules(locale).resolvedOptions();
  return allOf(parsed(message, locale)).flatMap((element) => {
    if (element.type !== KIND.plural || !('options' in element)) return [];
    const forms = Object.keys(element.options).filter((form) => !form.startsWith('='));
    const right = [...pluralCategories].sort().join(' ');
    return forms.sort().join(' ') === right ? [] : [`${element.value}: ${forms}, not ${right}`];
  });
}

/** What is wrong with a message, by its id. */
function wrongWith(catalog: Catalog, check: (id: MessageId, message: string) => string) {
  const wrong = ids.map((id) => [id, check(id, catalog[id])]).filter(([, what]) => what !== '');
  return Object.fromEntries(wrong);
}

describe.each(LANGUAGE_TAGS)('%s', (tag) => {
  it('has exactly the messages of English, none empty', async () => {
    const catalog = await loadCatalog(tag);
    expect(Object.keys(catalog).sort()).toEqual([...ids].sort());
    expect(wrongWith(catalog, (_id, message) => (message.trim() === '' ? 'empty' : ''))).toEqual(
      {},
    );
  });

  it('gives each message the arguments and choices of English', async () => {
    const catalog = await loadCatalog(tag);
    const wrong = wrongWith(catalog, (id, message) => {
      const [own, english] = [needsOf(message, tag), needsOf(ENGLISH[id], 'en')];
      const [branches, theirs] = [branchesOf(message, tag), branchesOf(ENGLISH[id], 'en')];
      if (own.join() !== english.join()) return `${own} instead of ${english}`;
      return [...new Set(branches)].join() === [...new Set(theirs)].join() ? '' : `${branches}`;
    });
    expect(wrong).toEqual({});
  });

  it('has every plural form that it needs', async () => {
    const catalog = await loadCatalog(tag);
    expect(wrongWith(catalog, (_id, message) => lackingForms(message, tag).join('; '))).toEqual({});
  });
});

describe('English', () => {
  it('says of each error what shared/errors.ts says', () => {
    const sentences = Object.entries(CODES).map(([code, { sentence }]) => [
      `error.${code}`,
      sentence,
    ]);
    expect(ENGLISH).toMatchObject(Object.fromEntries(sentences));
  });
});

describe('the pseudo-locale', () => {
  it('has accents and brackets, and leaves alone what is no text', () => {
    expect(pseudoMessage('Open')).toBe('[Öþéñ··]');
    expect(pseudoMessage('{count, plural, one {# file} other {# files}} in <b>{name}</b>')).toMatch(
      /^\[\{count, plural, one \{# ƒîļé\} other \{# ƒîļéš\}\} îñ <b>\{name\}<\/b>·+\]$/,
    );
  });

  it('takes the arguments of English', () => {
    const pseudo = pseudoCatalog();
    expect(
      wrongWith(pseudo, (id, message) =>
        needsOf(message, 'en').join() === needsOf(ENGLISH[id], 'en').join() ? '' : message,
      ),
    ).toEqual({});
  });
});

describe('the language of the system', () => {
  it('is the first that is spoken, with its own way of writing numbers', () => {
    expect(languageFor('system', ['sv-SE', 'en-GB'])).toEqual({ tag: 'en', locale: 'en-GB' });
    expect(languageFor('system', ['C', 'no such tag at all', 'sv'])).toEqual({
      tag: 'en',
      locale: 'en',
    });
    expect(languageFor('en', ['sv-SE', 'en-AU'])).toEqual({ tag: 'en', locale: 'en-AU' });
    expect(languageFor('system', ['zh-TW', 'de-CH'])).toEqual({ tag: 'de', locale: 'de-CH' });
    expect(languageFor('system', ['zh-SG'])).toEqual({ tag: 'zh-Hans', locale: 'zh-SG' });
    expect(directionOf(languageFor('system', ['ar-EG']))).toBe('rtl');
  });
});

describe('a settings file', () => {
  it('of before there were languages, or with one of later, keeps its other choices', () => {
    const { language: _none, ...before } = { ...PREFERENCES_USUAL, theme: 'dark' } as const;
    expect(preferencesSchema.parse(before)).toEqual({ ...before, language: 'system' });
    expect(preferencesSchema.parse({ ...before, language: 'tlh' })).toEqual({
      ...before,
      language: 'system',
    });
  });
});

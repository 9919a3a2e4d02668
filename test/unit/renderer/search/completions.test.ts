/** Goal: what is offered while a person types goes on where they are, and what is taken is what a query means. */

import { expect, it } from 'vitest';
import { parse } from '../../../../electron/catalog/query/parse.ts';
import { print } from '../../../../electron/catalog/query/print.ts';
import {
  completed,
  completionsOf,
  type KnownNames,
} from '../../../../renderer/search/completions.ts';

const GROUPS = {
  sender: [
    { text: 'anna@boats.example', label: 'Anna Berg' },
    { text: 'no address', label: 'No address' },
  ],
  list: [{ text: 'bells.example', label: 'bells.example' }],
  label: [
    { text: 'Work', label: 'Work' },
    { text: 'Blumen & Gärten', label: 'Blumen & Gärten' },
    { text: 'a "quoted" one', label: 'a "quoted" one' },
  ],
};
const NAMES: KnownNames = {
  groups: async (by, filter) =>
    GROUPS[by]
      .filter(({ text, label }) => `${text} ${label}`.toLowerCase().includes(filter.toLowerCase()))
      .map((group) => ({ ...group, messages: 1, bytes: 1 })),
  attachmentKinds: async () => ['picture', 'pdf', 'other'],
  years: async () => [2004, 2003, 1998],
};

const SEARCHES = [
  { name: 'From the coast', query: 'from:boats.example OR from:ferry' },
  { name: 'Über alles', query: 'is:unread' },
  { name: 'larger:5M', query: 'larger:5M' },
];

/** The caret stands at `|`. */
const written = (marked: string) => ({ text: marked.replace('|', ''), caret: marked.indexOf('|') });

async function offered(marked: string, searches = NO_SEARCHES): Promise<readonly string[]> {
  const all = await completionsOf(written(marked), NAMES, searches);
  return all.map(({ label }) => label);
}

const NO_SEARCHES: typeof SEARCHES = [];

async function taken(marked: string, label: string): Promise<string> {
  const all = await completionsOf(written(marked), NAMES, SEARCHES);
  const one = all.find((each) => each.label === label);
  if (!one) throw new Error(`not offered: ${all.map((each) => each.label)}`);
  const { text, caret } = completed(written(marked).text, one);
  return `${text.slice(0, caret)}|${text.slice(caret)}`;
}

it('operators are offered by their beginning', async () => {
  expect(await offered('f|')).toEqual(['from:', 'file:']);
  expect(await offered('harvest -f|')).toEqual(['from:', 'file:']);
  expect(await offered('(l|)')).toEqual(['label:', 'list:', 'larger:']);
  expect(await offered('harvest|')).toEqual([]);
  expect(await offered('|')).toEqual([]);
  expect(await taken('a fr|', 'from:')).toBe('a from:|');
});

it('an operator offers what the archive knows', async () => {
  expect(await offered('from:|')).toEqual(['Anna Berg', 'No address']);
  expect(await offered('cc:ber|')).toEqual(['Anna Berg']);
  expect(await offered('list:bell|')).toEqual(['bells.example']);
  expect(await offered('label:|')).toEqual(['Work', 'Blumen & Gärten']);
  expect(await offered('type:|')).toEqual(['image', 'pdf']);
  expect(await offered('is:un|')).toEqual(['unread']);
  expect(await offered('has:|')).toContain('attachment');
  expect(await offered('after:|')).toEqual(['2004', '2003', '1998']);
  expect(await offered('on:20|')).toEqual(['2004', '2003']);
  expect(await offered('-before:1998|')).toEqual([]);
  expect(await taken('before:2|', '2003')).toBe('before:2003 |');
  expect(await offered('subject:|')).toEqual([]);
  expect(await offered('nobody:a|')).toEqual([]);
});

it('nothing is offered that is there already, in the middle of a word, or in quotation marks', async () => {
  expect(await offered('label:work|')).toEqual([]);
  expect(await offered('is:unread|')).toEqual([]);
  expect(await offered('la|bel')).toEqual([]);
  expect(await offered('"some words f|')).toEqual([]);
  expect(await offered('label:"blumen & g|')).toEqual(['Blumen & Gärten']);
});

it('what is taken is one term, and typing goes on behind it', async () => {
  expect(await taken('from:an|', 'Anna Berg')).toBe('from:anna@boats.example |');
  expect(await taken('from:an| boat', 'Anna Berg')).toBe('from:anna@boats.example |boat');
  expect(await taken('label:"blu|', 'Blumen & Gärten')).toBe('label:"Blumen & Gärten" |');
  const query = (await taken('-label:|', 'Blumen & Gärten')).replace('|', '');
  const parsed = parse(query);
  expect(parsed.hints).toEqual([]);
  expect(print(parsed.query)).toBe('-label:"blumen & garten"');
});

it('a saved search is offered by the beginning of its name, and its query is filled in', async () => {
  expect(await offered('f|', SEARCHES)).toEqual(['from:', 'file:', 'From the coast']);
  expect(await offered('  from THE c|', SEARCHES)).toEqual(['From the coast', 'cc:']);
  expect(await offered('from |', SEARCHES)).toEqual(['From the coast']);
  expect(await offered('ÜB|', SEARCHES)).toEqual(['Über alles']);
  expect(await taken('from t|', 'From the coast')).toBe('from:boats.example OR from:ferry|');
  expect(await taken(' from the coast| ', 'From the coast')).toBe(
    'from:boats.example OR from:ferry|',
  );
  // Not in the middle of another query, nor what stands there already.
  expect(await offered('ferry from t|', SEARCHES)).toEqual(['to:', 'type:']);
  expect(await offered('from t| ferry', SEARCHES)).toEqual(['to:', 'type:']);
  expect(await offered('|', SEARCHES)).toEqual([]);
  expect(await offered('larger:5|', SEARCHES)).toEqual(['larger:5M']);
  expect(await offered('larger:5M|', SEARCHES)).toEqual([]);
});

/**
 * Goal: a search over all archives offers what the open ones know as one archive would, and is not silenced by one
 * that does not answer. Method: archives of which every name is known.
 */

import { expect, it } from 'vitest';
import { namesTogether } from '../../../../renderer/everywhere/names-together.ts';
import { completionsOf, type KnownNames } from '../../../../renderer/search/completions.ts';

const knowing = (...senders: readonly (readonly [string, string, number])[]): KnownNames => ({
  groups: async (by) =>
    by === 'sender'
      ? senders.map(([text, label, messages]) => ({ text, label, messages, bytes: messages }))
      : [],
  attachmentKinds: async () => ['pdf'],
  years: async () => senders.map(([, , messages]) => 2000 + messages).reverse(),
});
const ENDED: KnownNames = {
  groups: () => Promise.reject(new Error('ended')),
  attachmentKinds: () => Promise.reject(new Error('ended')),
  years: () => Promise.reject(new Error('ended')),
};

async function offered(query: string, archives: readonly KnownNames[]): Promise<readonly string[]> {
  const written = { text: query, caret: query.length };
  const completions = await completionsOf(written, namesTogether(archives), []);
  return completions.map(({ label }) => label);
}

it('a name stands once, where all its messages put it, called as it is called most', async () => {
  const one = knowing(['anna@boats.example', 'A. B.', 2], ['ben@example.org', 'Ben', 4]);
  const other = knowing(['anna@boats.example', 'Anna Berg', 3], ['zoe@example.org', 'Zoe', 1]);
  expect(await offered('from:', [one, other])).toEqual(['Anna Berg', 'Ben', 'Zoe']);
  expect(await offered('on:', [one, other, one, ENDED])).toEqual(['2004', '2003', '2002', '2001']);
});

it('what every query may say is offered without any archive, and kinds of attachments whatever is open', async () => {
  expect(await offered('f', [])).toEqual(['from:', 'file:']);
  expect(await offered('from:', [])).toEqual([]);
  expect(await offered('is:un', [])).toEqual(['unread']);
  expect(await offered('type:', [])).toEqual(['image', 'pdf', 'audio', 'video', 'message']);
  expect(await offered('type:', [knowing()])).toContain('image');
});

it('an archive that does not answer takes nothing from the others', async () => {
  expect(await offered('from:', [ENDED, knowing(['ben@example.org', 'Ben', 1])])).toEqual(['Ben']);
});

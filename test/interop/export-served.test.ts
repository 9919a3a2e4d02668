/**
 * Goal: other programs can take messages out through `serve`, in every form, as the terminal does.
 * Method: JSON-RPC to the built engine; what is written is read back, errors carry their codes.
 */

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { EXPORT_FORMS, type Exported, isOneFile } from '../../shared/export-contract.ts';
import { filesBelow, unfinishedBelow } from '../support/exported.ts';
import { numberedLetters } from '../support/letters.ts';
import { Served } from '../support/served.ts';

const LETTERS = numberedLetters('us', 40, 300).map((letter, at) =>
  at % 4 === 0
    ? letter.replace('\n\n', '\nContent-Disposition: attachment; filename=a\n\n')
    : letter,
);
const bodyOf = (letter: string): string => letter.slice(letter.indexOf('\n') + 1, -1);

let folder = '';
let mailbox = '';
let engine: Served;

beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-served-'));
  mailbox = path.join(folder, 'box.mbox');
  writeFileSync(mailbox, LETTERS.join(''));
  engine = new Served();
  await engine.call('open', { path: mailbox });
});
afterEach(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

it.each(EXPORT_FORMS)('%s: all messages are there, and what was done is told', async (as) => {
  const to = path.join(folder, `out-${as}`);
  const exported = await engine.call<Exported>('export', { to, options: { as } });
  expect(exported).toMatchObject({ as, path: to, missed: 0, problems: [] });
  expect(exported.messages).toBe(LETTERS.length);
  if (as === 'mbox') expect(readFileSync(to, 'latin1')).toBe(LETTERS.join(''));
  if (isOneFile(as)) expect(exported.files).toBe(1);
  else {
    const files = [...filesBelow(to)].filter(([name]) => !name.endsWith('.mh_sequences'));
    expect(files).toHaveLength(as === 'attachments' ? LETTERS.length / 4 : LETTERS.length);
    if (as !== 'attachments') {
      expect(files.map(([, bytes]) => bytes).sort()).toEqual(LETTERS.map(bodyOf).sort());
    }
  }
  expect(unfinishedBelow(folder)).toEqual([]);
  expect(readFileSync(mailbox, 'latin1')).toBe(LETTERS.join(''));
});

it('some messages, in the order that was asked for; one that is gone is told', async () => {
  const { keys } = await engine.call<{ keys: string[] }>('keys');
  const [first = '', second = ''] = keys;
  await engine.call('remove', { keys: [keys[2] ?? ''] });
  await engine.call('flush');
  const to = path.join(folder, 'some.mbox');
  const asked = [second, keys[2] ?? '', first];
  const exported = await engine.call<Exported>('export', {
    keys: asked,
    to,
    options: { as: 'mbox' },
  });
  expect(exported).toMatchObject({ messages: 2, missed: 1 });
  expect(exported.problems).toMatchObject([{ key: keys[2], code: 'GONE' }]);
  expect(readFileSync(to, 'latin1')).toBe(`${LETTERS[1]}${LETTERS[0]}`);
});

it('refuses what is taken, the archive itself, and what makes no sense', async () => {
  const taken = path.join(folder, 'taken.mbox');
  writeFileSync(taken, 'mine');
  const options = { as: 'mbox' };
  await expect(engine.call('export', { to: taken, options })).rejects.toMatchObject({
    code: 'MISUSE',
  });
  expect(readFileSync(taken, 'utf8')).toBe('mine');
  for (const params of [
    { to: mailbox, options },
    { to: path.join(folder, 'x'), options: { as: 'nothing' } },
    { to: path.join(folder, 'x'), options: { as: 'eml', name: '{nothing}' } },
    { to: '', options },
    { options },
  ]) {
    await expect(engine.call('export', params)).rejects.toMatchObject({ code: 'MISUSE' });
  }
  expect(existsSync(path.join(folder, 'x'))).toBe(false);
  expect(readFileSync(mailbox, 'latin1')).toBe(LETTERS.join(''));
});

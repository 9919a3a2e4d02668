/**
 * Goal: a mailbox that another program rewrites between a mark and the flush. A mark never comes to mean
 * an equal message that was to be kept (I4, I5), and what is written is written in the format the file
 * has by then, where it is found.
 * Method: a real mailbox that is open while its file is written anew in place.
 */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { realDisk } from '../../../electron/mailbox/disk/real-disk.ts';
import type { Mailbox } from '../../../electron/mailbox/mailbox.ts';
import { QUIET } from '../../../electron/mailbox/mailbox-options.ts';
import { messageNumber } from '../../../shared/units.ts';
import { readyOn } from '../../support/fault-mailbox.ts';
import { numberedLetters } from '../../support/letters.ts';

const [A = '', B = '', C = '', D = ''] = numberedLetters('us', 4, 100);
const NEW = Buffer.from('Subject: new\n\nIt has just come in.\n');

const AS = {
  mbox: (letters: readonly string[]) => letters.join(''),
  mmdf: (letters: readonly string[]) =>
    letters.map((one) => `\x01\x01\x01\x01\n${one.trimEnd()}\n\x01\x01\x01\x01\n`).join(''),
  babyl: (letters: readonly string[]) =>
    `BABYL OPTIONS:\nVersion: 5\nLabels:\n${letters
      .map((one) => `\x1f\f\n0, unseen,,\n*** EOOH ***\n${one.slice(one.indexOf('\n') + 1)}`)
      .join('')}\x1f`,
};
const FORMATS = ['mbox', 'mmdf', 'babyl'] as const;

let folder = '';
let file = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-rewritten-'));
  file = path.join(folder, 'box');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const ready = (): Promise<Mailbox> => readyOn(realDisk, file, folder);
const read = (): string => readFileSync(file, 'latin1');

describe('of equal messages one is marked, and another program removes one', () => {
  it.each([
    ['side by side', [A, B, B, C], [A, B, C]],
    ['while others stand between', [A, B, C, B, D], [A, C, B, D]],
    ['with others', [A, B, C, B, D], [C, B]],
    ['and changes the order', [A, B, C, B, D], [D, B, A]],
    ['and everything stood there twice', [A, B, C, A, B, C], [A, B, C]],
    ['of three', [B, A, B, B], [B, A, B]],
  ] as const)('%s: what is left stays', async (_, before, after) => {
    for (const at of before.flatMap((one, number) => (one === B ? [number] : []))) {
      writeFileSync(file, before.join(''));
      const mailbox = await ready();
      const [marked] = await mailbox.mark([messageNumber(at)], QUIET);
      writeFileSync(file, after.join(''));
      const { removed, conflicts } = await mailbox.flush(QUIET);
      expect(removed.messages).toBe(0);
      expect(conflicts).toMatchObject([{ key: marked, code: 'GONE' }]);
      expect(read()).toBe(after.join(''));
      await mailbox.close();
    }
  });

  it('other messages keep their keys, and so do equal ones of which none has gone', async () => {
    writeFileSync(file, [A, B, C, B, D, D].join(''));
    const mailbox = await ready();
    const keyOf = (at: number) => mailbox.keys.keyOf(messageNumber(at));
    const before = [0, 1, 2, 3, 4, 5].map(keyOf);
    writeFileSync(file, [A, C, B, D, D].join(''));
    expect(await mailbox.sync()).toMatchObject({ arrived: 0, gone: 1, altered: 0 });
    const after = [0, 1, 2, 3, 4].map(keyOf);
    expect(after.toSpliced(2, 1)).toEqual([before[0], before[2], before[4], before[5]]);
    expect(before).not.toContain(after[2]);
    await mailbox.close();
  });
});

describe.each(FORMATS.flatMap((was) => FORMATS.map((is) => [was, is] as const)))(
  'a file that was %s and is %s by now',
  (was, is) => {
    const now = AS[is]([A, B, C]);

    it.each([
      ['rewritten', AS[was]([A, B, C, D])],
      ['filled for the first time', ''],
    ])('%s: a delivery is found, and marks do no harm', async (_, before) => {
      writeFileSync(file, before);
      const mailbox = await ready();
      if (before !== '' && was !== is) await mailbox.mark([0, 2].map(messageNumber), QUIET);
      writeFileSync(file, now);
      await mailbox.append(NEW, null, QUIET);
      expect(mailbox.format.name).toBe(is);
      await mailbox.flush(QUIET);
      await mailbox.close();
      expect(read().startsWith(now)).toBe(true);
      const again = await ready();
      expect(again.format.name).toBe(is);
      expect(again.table.count).toBe(4);
      await again.close();
    });

    it('what was accepted is not written in the other format', async () => {
      writeFileSync(file, AS[was]([A, B, C, D]));
      const mailbox = await ready();
      await mailbox.accept(NEW, null);
      writeFileSync(file, now);
      const flushed = await mailbox.flush(QUIET).then(
        () => 'flushed',
        (error: { readonly code?: string }) => error.code,
      );
      expect(flushed).toBe(was === is ? 'flushed' : 'CHANGED');
      if (was !== is) expect(read()).toBe(now);
      await mailbox.close();
    });
  },
);

it('a file that is no mailbox any more is read as before, and nothing is written into it', async () => {
  writeFileSync(file, [A, B].join(''));
  const mailbox = await ready();
  const bytes = Buffer.alloc(9000, '\x1f\x8b\x00\x00');
  writeFileSync(file, bytes);
  expect(await mailbox.sync()).toMatchObject({ gone: 2 });
  writeFileSync(file, [A, B].join(''));
  expect(await mailbox.sync()).toMatchObject({ arrived: 2 });
  writeFileSync(file, bytes);
  await expect(mailbox.append(NEW, null, QUIET)).rejects.toMatchObject({ code: 'NOT_A_MAILBOX' });
  expect(readFileSync(file).equals(bytes)).toBe(true);
  await mailbox.close();
});

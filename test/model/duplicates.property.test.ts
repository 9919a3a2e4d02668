/**
 * Goal: exactly the messages that are copies are found, one of each stays unmarked whatever else
 * happens, and what was found follows its messages through compactions and other programs' changes.
 * Method: archives whose copies are known, beside a naive search; the real engine on real files.
 */

import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Archive } from '../../electron/engine/archive/archive.ts';
import { DUPLICATES_HOW, KEPT_COPIES } from '../../shared/duplicates-contract.ts';
import { messageNumber } from '../../shared/units.ts';
import {
  type CopiedLetter,
  copiedLetter,
  naiveGroups,
  storedCopy,
  worthOf,
} from '../support/copied-letters.ts';

const letters = fc.array(copiedLetter, { minLength: 1, maxLength: 9 });
const how = fc.constantFrom(...DUPLICATES_HOW);
const keep = fc.constantFrom(...KEPT_COPIES);

describe('duplicates', () => {
  let folder = '';
  let run = 0;
  beforeAll(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-duplicates-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function withArchive(
    content: readonly CopiedLetter[],
    act: (archive: Archive, file: string) => Promise<void>,
  ): Promise<void> {
    run += 1;
    const file = path.join(folder, `box${run}`);
    writeFileSync(file, content.map(storedCopy).join(''));
    const archive = await Archive.open({
      path: file,
      access: 'read-write',
      journalFolder: path.join(folder, 'journals'),
      readingFolder: path.join(folder, 'readings'),
      copyFolder: path.join(folder, 'removed'),
      catalogFolder: null,
    });
    try {
      await archive.read();
      await act(archive, file);
    } finally {
      await archive.close();
      rmSync(file);
    }
  }

  /** Which copies there are by the numbers of their messages, and the one that is kept of each. */
  async function found(archive: Archive): Promise<{ groups: number[][]; kept: number[] }> {
    const { copies } = await archive.duplicates.rows(0, 500);
    const groups: number[][] = [];
    for (const { group, row } of copies) {
      groups[group] = [...(groups[group] ?? []), row.position];
    }
    return { groups, kept: copies.flatMap((one) => (one.kept ? [one.row.position] : [])) };
  }

  const byFirst = (groups: readonly number[][]): number[][] =>
    [...groups].sort(([one = 0], [other = 0]) => one - other);

  it('are those of a naive search, and one of each is kept', async () => {
    await fc.assert(
      fc.asyncProperty(letters, how, keep, async (content, asked, which) => {
        await withArchive(content, async (archive) => {
          const state = await archive.duplicates.find(asked, which);
          const { groups, kept } = await found(archive);
          expect(byFirst(groups)).toEqual(byFirst(naiveGroups(asked, content)));
          expect(kept).toHaveLength(groups.length);
          const worth = (number: number): number => {
            const letter = content[number];
            return letter ? worthOf(which, letter, number) : Number.NaN;
          };
          const best = groups.map((group) => Math.max(...group.map(worth)));
          const expected = groups.map((group, at) =>
            group.find((number) => worth(number) === best[at]),
          );
          expect(kept).toEqual(expected);
          const others = groups.flat().length - groups.length;
          expect([state.groups, state.others.messages]).toEqual([groups.length, others]);
        });
      }),
      { numRuns: 80 },
    );
  }, 120_000);

  it('never lose their last copy, whatever is marked before, and can be undone', async () => {
    await fc.assert(
      fc.asyncProperty(
        letters,
        how,
        keep,
        fc.array(fc.nat(8), { maxLength: 6 }),
        async (content, asked, which, marked) => {
          await withArchive(content, async (archive) => {
            const before = [...new Set(marked)].filter((number) => number < content.length);
            await archive.removing.remove(before.map(messageNumber));
            await archive.duplicates.find(asked, which);
            const { unmarked } = await archive.duplicates.removeOthers();
            expect(unmarked.messages).toBe(0);
            const isMarked = (number: number): boolean =>
              archive.listing.isMarked(messageNumber(number));
            const groups = naiveGroups(asked, content);
            for (const group of groups) {
              const all = group.every((number) => before.includes(number));
              expect(group.filter((number) => !isMarked(number))).toHaveLength(all ? 0 : 1);
            }
            // What is no copy is not touched.
            for (const number of content.keys()) {
              if (groups.flat().includes(number)) continue;
              expect(isMarked(number)).toBe(before.includes(number));
            }
            const bytes = archive.mailbox.marks.amount;
            const flushed = await archive.removing.flush('none');
            expect(flushed.removed).toEqual(bytes);
            expect((await archive.duplicates.state())?.unmarked.messages).toBe(0);
            expect((await found(archive)).groups).toEqual([]);
          });
        },
      ),
      { numRuns: 40 },
    );
  }, 120_000);

  it('follow their messages when others change the file', async () => {
    await fc.assert(
      fc.asyncProperty(
        letters,
        how,
        fc.array(fc.nat(8), { maxLength: 4 }),
        copiedLetter,
        async (content, asked, removed, arrival) => {
          await withArchive(content, async (archive, file) => {
            await archive.duplicates.find(asked, 'first');
            const gone = new Set(removed.filter((number) => number < content.length));
            await archive.removing.remove([...gone].map(messageNumber));
            await archive.removing.flush('none');
            const left = content.filter((_letter, number) => !gone.has(number));
            const still = naiveGroups(asked, content)
              .map((group) => group.filter((number) => !gone.has(number)))
              .filter((group) => group.length > 1)
              .map((group) =>
                group.map((number) => number - [...gone].filter((one) => one < number).length),
              );
            expect(byFirst((await found(archive)).groups)).toEqual(byFirst(still));
            appendFileSync(file, storedCopy(arrival));
            await archive.duplicates.removeOthers();
            await archive.duplicates.find(asked, 'first');
            expect(byFirst((await found(archive)).groups)).toEqual(
              byFirst(naiveGroups(asked, [...left, arrival])),
            );
          });
        },
      ),
      { numRuns: 40 },
    );
  }, 120_000);
});

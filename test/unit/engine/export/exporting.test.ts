/**
 * Goal: what is taken out is what is there; what is gone is said; nothing else is ever touched.
 * Method: the engine exports small archives into folders of the test, while other programs, links
 * and a person who cancels get in its way.
 */

import { linkSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ExportSource } from '../../../../electron/engine/export/source.ts';
import { Exporting } from '../../../../electron/engine/export/exporting.ts';
import type { Disk } from '../../../../electron/mailbox/disk/disk.ts';
import { MailboxError } from '../../../../shared/errors.ts';
import { EXPORT_FORMS, isOneFile } from '../../../../shared/export-contract.ts';
import { key } from '../../../../shared/units.ts';
import { allKeys, exportAll, filesBelow, unfinishedBelow } from '../../../support/exported.ts';
import { numberedLetters } from '../../../support/letters.ts';
import { openArchiveAt, openedArchive, testFolder } from '../../../support/opened-archive.ts';

const LETTERS = numberedLetters('us', 12, 300);
const bodies = (letters: readonly string[]): string[] =>
  letters.map((letter) => letter.slice(letter.indexOf('\n') + 1, -1));

describe('what is gone', () => {
  it('is reported, and the rest is there', async () => {
    const { archive, path: file } = await openedArchive(LETTERS.join(''));
    const keys = allKeys(archive);
    const kept = LETTERS.filter((_letter, at) => at !== 3 && at !== 7);
    writeFileSync(file, kept.join(''));
    const folder = testFolder();
    const exported = await exportAll(archive, folder, { as: 'eml', name: '{number}' }, { keys });
    expect(exported).toMatchObject({ messages: 10, files: 10, missed: 2 });
    expect(exported.problems.map((problem) => [problem.key, problem.code])).toEqual([
      [keys[3], 'GONE'],
      [keys[7], 'GONE'],
    ]);
    expect([...filesBelow(folder).values()].sort()).toEqual(bodies(kept).sort());
  });

  it('is never given out as another message of the same size', async () => {
    const { archive, path: file } = await openedArchive(LETTERS.join(''));
    const [one = '', other = ''] = [LETTERS[4], LETTERS[5]];
    expect(one.length).toBe(other.length);
    const keys = allKeys(archive).slice(4, 5);
    const swapped = LETTERS.with(4, other).with(5, one);
    writeFileSync(file, swapped.join(''));
    const to = path.join(testFolder(), 'one.mbox');
    await exportAll(archive, to, { as: 'mbox' }, { keys });
    expect(readFileSync(to, 'latin1')).toBe(one);
  });

  it('is an error where no such message ever was', async () => {
    const { archive } = await openedArchive(LETTERS.join(''));
    const to = path.join(testFolder(), 'x.mbox');
    const exported = await exportAll(archive, to, { as: 'mbox' }, { keys: [key('0123')] });
    expect(exported).toMatchObject({ messages: 0, missed: 1 });
  });
});

describe('the archive itself', () => {
  it.each(EXPORT_FORMS.filter(isOneFile))('is never written to by %s', async (as) => {
    const { archive, path: file } = await openedArchive(LETTERS.join(''));
    const folder = testFolder();
    const [symbolic, hard] = [path.join(folder, 'symbolic'), path.join(folder, 'hard')];
    symlinkSync(file, symbolic);
    linkSync(file, hard);
    for (const to of [file, symbolic, hard]) {
      for (const ifTaken of ['refuse', 'number'] as const) {
        const refused = exportAll(archive, to, { as }, { ifTaken });
        await expect(refused).rejects.toMatchObject({
          code: 'MISUSE',
          message: expect.stringContaining('onto itself'),
        });
      }
    }
    expect(readFileSync(file, 'latin1')).toBe(LETTERS.join(''));
    expect(filesBelow(path.dirname(file)).size).toBe(1);
  });

  it('is not written into where it is a folder', async () => {
    const bundle = path.join(testFolder(), 'Old.mbox');
    mkdirSync(bundle);
    writeFileSync(path.join(bundle, 'mbox'), LETTERS.join(''));
    const { archive } = await openArchiveAt(bundle);
    const link = path.join(testFolder(), 'link');
    symlinkSync(bundle, link);
    for (const to of [bundle, path.join(bundle, 'deeper', 'down'), path.join(link, 'x')]) {
      for (const as of ['eml', 'maildir', 'mh', 'attachments'] as const) {
        await expect(exportAll(archive, to, { as })).rejects.toMatchObject({ code: 'MISUSE' });
      }
    }
    expect([...filesBelow(bundle).keys()]).toEqual(['mbox']);
  });
});

describe('what is there', () => {
  it('is never overwritten: another name, or nothing', async () => {
    const { archive } = await openedArchive(LETTERS.join(''));
    const folder = testFolder();
    const to = path.join(folder, 'mine.mbox');
    writeFileSync(to, 'mine');
    await expect(exportAll(archive, to, { as: 'mbox' })).rejects.toMatchObject({ code: 'MISUSE' });
    const exported = await exportAll(archive, to, { as: 'mbox' }, { ifTaken: 'number' });
    expect(path.basename(exported.path)).toBe('mine (2).mbox');
    expect(filesBelow(folder)).toEqual(
      new Map([
        ['mine (2).mbox', LETTERS.join('')],
        ['mine.mbox', 'mine'],
      ]),
    );
  });

  it('gives way for messages of one name, whatever their case', async () => {
    const { archive } = await openedArchive(LETTERS.join(''));
    const folder = testFolder();
    writeFileSync(path.join(folder, 'A LETTER.EML'), 'mine');
    await exportAll(archive, folder, { as: 'eml', name: 'a letter' });
    const files = filesBelow(folder);
    expect(files.get('A LETTER.EML')).toBe('mine');
    expect(files.size).toBe(LETTERS.length + 1);
    expect(files.has('a letter.eml')).toBe(false);
    expect(files.get('a letter (2).eml')).toBe(bodies(LETTERS)[0]);
  });

  it('is no Maildir or MH folder of ours if it is something else', async () => {
    const { archive } = await openedArchive(LETTERS.join(''));
    const folder = testFolder();
    writeFileSync(path.join(folder, 'mine'), 'mine');
    for (const as of ['maildir', 'mh'] as const) {
      await expect(exportAll(archive, folder, { as })).rejects.toMatchObject({ code: 'MISUSE' });
      const inside = path.join(folder, 'box');
      const { path: made } = await exportAll(archive, inside, { as }, { ifTaken: 'number' });
      expect(path.dirname(made)).toBe(folder);
    }
    expect(readFileSync(path.join(folder, 'mine'), 'latin1')).toBe('mine');
  });

  it('of another kind is refused', async () => {
    const { archive } = await openedArchive(LETTERS.join(''));
    const folder = testFolder();
    const file = path.join(folder, 'file');
    writeFileSync(file, 'mine');
    await expect(exportAll(archive, folder, { as: 'mbox' })).rejects.toMatchObject({
      code: 'MISUSE',
    });
    await expect(exportAll(archive, file, { as: 'eml' })).rejects.toMatchObject({ code: 'MISUSE' });
  });
});

describe('an export that is cancelled', () => {
  it.each(EXPORT_FORMS)('as %s leaves whole files only, and says how many', async (as) => {
    const letters = numberedLetters('us', 500, 2000).map((letter) =>
      letter.replace(
        '\n\n',
        '\nContent-Type: application/pdf\nContent-Disposition: attachment; filename=a.pdf\n\n',
      ),
    );
    const { archive } = await openedArchive(letters.join(''));
    const { mailbox, listing, reading, tasks } = archive;
    let created = 0;
    const disk: Disk = {
      ...archive.disk,
      create: (file, mode) => {
        created += 1;
        if (isOneFile(as) || created > 200) tasks.stopAll();
        return archive.disk.create(file, mode);
      },
    };
    const source: ExportSource = {
      disk,
      mailbox,
      listing,
      reading,
      tasks,
      sync: () => archive.sync(),
    };
    const folder = testFolder();
    const to = isOneFile(as) ? path.join(folder, 'file') : path.join(folder, 'box');
    const place = { path: to, ifTaken: 'refuse' } as const;
    const running = new Exporting(source).run({ keys: allKeys(archive), place, options: { as } });
    const error = await running.then(
      () => null,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof MailboxError)) throw error ?? new Error('was not cancelled');
    expect(error.code).toBe('CANCELLED');
    const files = [...filesBelow(folder)].filter(([name]) => !name.endsWith('.mh_sequences'));
    expect(error.details['files']).toBe(files.length);
    if (isOneFile(as)) expect(files).toEqual([]);
    else expect(error.message).toContain(`${files.length} whole files are in ${to}`);
    const whole = new Set(as === 'attachments' ? [] : bodies(letters));
    if (as !== 'attachments') for (const [, bytes] of files) expect(whole.has(bytes)).toBe(true);
    expect(unfinishedBelow(folder)).toEqual([]);
  });
});

it('a place is used once, and only if a person chose it', async () => {
  const { archive } = await openedArchive(LETTERS.join(''));
  const place = { path: '/somewhere', ifTaken: 'number' } as const;
  archive.exporting.permit('word', place);
  expect(archive.exporting.take('word')).toEqual(place);
  expect(() => archive.exporting.take('word')).toThrow(MailboxError);
  expect(() => archive.exporting.take('/etc')).toThrow(MailboxError);
});

/**
 * Goal: attachments taken out in bulk stay in their folder under safe names, whatever they are called,
 * and each is what it was.
 * Method: every attack by name of test/attacks, and names that are one name on some system, exported
 * in folders and flat, beside files that are there already.
 */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { folded } from '../../../../electron/engine/export/free-names.ts';
import { allAttacks } from '../../../attacks/all.ts';
import { type Attack, attackMailbox, nameAttack } from '../../../attacks/attack.ts';
import { exportAll, filesBelow } from '../../../support/exported.ts';
import { faultsOf } from '../../../support/name-faults.ts';
import { openedArchive, testFolder } from '../../../support/opened-archive.ts';

/** Names that some file system takes for one. */
const same: readonly Attack[] = ['A.txt', 'a.TXT', 'ä.txt', 'a\u0308.txt', 'ﬁ.txt', 'fi.txt'].map(
  (name, at) => nameAttack(`same ${at}`, `filename*=utf-8''${encodeURIComponent(name)}`),
);
/** A subject becomes the name of a folder. */
const subjects: readonly Attack[] = ['../../up', '/etc/cron.d', 'CON', '..', '\u202egpj.exe'].map(
  (subject, at) => {
    const { name, message } = nameAttack(`subject ${at}`, 'filename=x.txt');
    return { name, message: message.replace(`Subject: ${name}`, `Subject: ${subject}`) };
  },
);

const ATTACKS = [
  ...allAttacks.filter(({ name }) => name.startsWith('file name: ')),
  ...same,
  ...subjects,
];
const mailbox = attackMailbox(ATTACKS).toString('latin1');

describe.each(['in-folders', 'flat'] as const)('attachments of attacks, %s', (how) => {
  it('stay in their folder, under safe names that are different names everywhere', async () => {
    const { archive, content } = await openedArchive(mailbox);
    const outside = testFolder();
    const to = path.join(outside, 'a', 'b', 'attachments');
    const options = {
      as: 'attachments',
      ...(how === 'flat' ? { attachments: 'flat' as const } : {}),
    } as const;
    const exported = await exportAll(archive, to, options);
    expect(exported.missed).toBe(0);
    expect(exported.files).toBeGreaterThanOrEqual(ATTACKS.length);
    expect(readdirSync(outside)).toEqual(['a']);
    expect(readdirSync(path.join(outside, 'a', 'b'))).toEqual(['attachments']);

    const files = [...filesBelow(to)];
    expect(files).toHaveLength(exported.files);
    const faults = files.flatMap(([file]) =>
      file.split(path.sep).flatMap((name) => faultsOf(name).map((fault) => `${fault}: ${name}`)),
    );
    expect(faults).toEqual([]);
    const names = files.map(([file]) => folded(file));
    expect(new Set(names).size).toBe(names.length);
    const harmless = files.filter(([, bytes]) => bytes.trimEnd() === 'harmless');
    expect(harmless.length).toBeGreaterThanOrEqual(same.length + subjects.length + 30);
    expect(content()).toBe(mailbox);
  });
});

it('never take the place of what is there, by whatever spelling', async () => {
  const { archive } = await openedArchive(attackMailbox(same).toString('latin1'));
  const to = testFolder();
  for (const name of ['a.txt', 'Ä.txt', 'FI.txt']) writeFileSync(path.join(to, name), 'mine');
  await exportAll(archive, to, { as: 'attachments', attachments: 'flat' });
  for (const name of ['a.txt', 'Ä.txt', 'FI.txt']) {
    expect(readFileSync(path.join(to, name), 'utf8')).toBe('mine');
  }
  const names = readdirSync(to);
  expect(names).toHaveLength(3 + same.length);
  expect(new Set(names.map(folded)).size).toBe(names.length);
});

/**
 * Goal: archives are found wherever programs keep them, by what they hold, under the names a person
 * knows, and nothing else is taken for one.
 * Method: folders as mail programs leave them are made on the real disk, and searched.
 */

import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { type Finding, findArchives } from '../../../../electron/engine/finding/find-archives.ts';
import {
  BABYL,
  MMDF,
  mbox,
  putFiles,
  putThunderbirdProfile,
} from '../../../support/mail-folders.ts';
import { testFolder } from '../../../support/opened-archive.ts';

async function findings(folder: string): Promise<readonly Finding[]> {
  const all: Finding[] = [];
  const request = { folder, catalogFolder: null, leaveOut: [path.join(folder, 'ours')] };
  for await (const one of findArchives(request)) all.push(one);
  return all;
}

/** What was found, as a person sees where it is. */
async function found(folder: string): Promise<readonly string[]> {
  const all = (await findings(folder)).flatMap((one) =>
    one.finding === 'archive' ? [one.archive] : [],
  );
  return all.map(({ place, name }) => [...place, name].join(' > '));
}

const left = (all: readonly Finding[]): readonly string[] =>
  all.flatMap((one) =>
    one.finding === 'omitted' ? [`${path.basename(one.omitted.path)}: ${one.omitted.why}`] : [],
  );

it('finds the folders of a Thunderbird profile under the names it shows', async () => {
  const folder = testFolder();
  putThunderbirdProfile(path.join(folder, 'Profiles/ab12cd34.default-release'));
  const profile = 'Thunderbird: default-release';
  expect(await found(folder)).toEqual([
    `${profile} > ann@example.org > Entwürfe`,
    `${profile} > ann@example.org > INBOX`,
    `${profile} > Local Folders > Inbox`,
    `${profile} > Local Folders > Inbox > Projects`,
    `${profile} > Local Folders > Inbox > Projects > Boat house`,
  ]);
});

it('finds them also when the profile itself is searched', async () => {
  const folder = testFolder();
  putThunderbirdProfile(folder);
  expect((await found(folder))[2]).toBe('Local Folders > Inbox');
});

it('finds what Apple Mail exports, by the folder that it is opened by', async () => {
  const folder = testFolder();
  putFiles(folder, {
    'Export/Holidays.mbox/mbox': mbox('holidays'),
    'Export/Holidays.mbox/table_of_contents': new Uint8Array(4096),
  });
  expect(await found(folder)).toEqual(['Export > Holidays']);
  const [archive] = (await findings(folder)).filter(({ finding }) => finding === 'archive');
  expect(archive).toMatchObject({
    archive: { path: path.join(folder, 'Export/Holidays.mbox'), bytes: mbox('holidays').length },
  });
});

it('finds what Google Takeout makes, and Eudora, Rmail and MMDF, whatever they are called', async () => {
  const folder = testFolder();
  putFiles(folder, {
    'Takeout/Mail/All mail Including Spam and Trash.mbox': mbox('all'),
    'Takeout/archive_browser.html': '<!DOCTYPE html><html></html>',
    'Eudora/In.mbx': mbox('eudora'),
    'emacs/RMAIL': BABYL,
    'sco/mail': MMDF,
    'spool/ann': mbox('spool'),
  });
  expect(await found(folder)).toEqual([
    'Eudora > In',
    'Takeout > Mail > All mail Including Spam and Trash',
    'emacs > RMAIL',
    'sco > mail',
    'spool > ann',
  ]);
});

it('looks into compressed files', async () => {
  const folder = testFolder();
  putFiles(folder, {
    'old.mbox.gz': gzipSync(mbox('old')),
    'older.bz2': execFileSync('bzip2', ['-c'], { input: mbox('older') }),
    'notes.txt.gz': gzipSync('From here on nothing is mail.\n'),
    'torn.gz': gzipSync(mbox('torn')).subarray(0, 12),
  });
  putFiles(path.join(folder, 'made'), { 'Mail/Inbox': mbox('inbox'), 'Mail/readme': 'Hello' });
  execFileSync('python3', ['-m', 'zipfile', '-c', '../mail.zip', 'Mail'], {
    cwd: path.join(folder, 'made'),
  });
  execFileSync('rm', ['-r', path.join(folder, 'made')]);
  expect(await found(folder)).toEqual(['mail.zip > Mail > Inbox', 'old', 'older']);
});

it('takes no pictures, programs, notes, manuals, patches or single messages for archives', async () => {
  const folder = testFolder();
  const patch =
    'From 0123456789abcdef0123456789abcdef01234567 Mon Sep 17 00:00:00 2001\nFrom: ann <ann@example.org>\nDate: Thu, 1 Jan 2004 00:00:00 +0000\nSubject: [PATCH] one\n\n---\n';
  putFiles(folder, {
    'pictures/boat.png': Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
    'src/main.c': '#include <stdio.h>\nint main(void) { return 0; }\n',
    'src/0001-one.patch': patch,
    'src/README': `An mbox looks so:\n\n${mbox('manual')}`,
    'src/fixtures/one.eml': 'From: ann@example.org\nTo: ben@example.org\nSubject: one\n\nHello\n',
    'notes/letter.txt': 'From here we went to the boat house.\n\nFrom there back.\n',
    empty: '',
    'node_modules/mailbox/test/sample.mbox': mbox('sample'),
    'ours/removed.mbox': mbox('removed'),
  });
  expect(await found(folder)).toEqual([]);
});

it('leaves mail alone that is kept in a file for each message', async () => {
  const folder = testFolder();
  putFiles(folder, {
    'Maildir/cur/1:2,S': mbox('one', 1),
    'Maildir/new/2': mbox('two', 1),
    'Maildir/tmp/.keep': '',
    'Maildir/.Sent/cur/3:2,S': mbox('three', 1),
    'Maildir/.Sent/new/.keep': '',
    'Maildir/.Sent/tmp/.keep': '',
    'Mail/inbox/.mh_sequences': 'cur: 1\n',
    'Mail/inbox/1': mbox('mh', 1),
    'News/12': mbox('nnml', 1),
    'News/13': mbox('nnml', 1),
    'News/archive': mbox('archive'),
  });
  expect(await found(folder)).toEqual(['News > archive']);
});

it('never opens a pipe, and ends where links go round in circles', async () => {
  const folder = testFolder();
  putFiles(folder, { 'mail/Inbox': mbox('inbox'), 'elsewhere/Old': mbox('old') });
  execFileSync('mkfifo', [path.join(folder, 'mail/pipe')]);
  symlinkSync('/dev/zero', path.join(folder, 'mail/zero'));
  symlinkSync('..', path.join(folder, 'mail/up'));
  symlinkSync('Inbox', path.join(folder, 'mail/again'));
  symlinkSync('nowhere', path.join(folder, 'mail/broken'));
  const outside = testFolder();
  putFiles(outside, { 'box/Linked': mbox('linked') });
  symlinkSync(path.join(outside, 'box'), path.join(folder, 'mail/box'));
  expect(await found(folder)).toEqual(['elsewhere > Old', 'mail > Inbox', 'mail > box > Linked']);
});

it('says which folders lie on another disk, or too deep', async () => {
  const folder = testFolder();
  symlinkSync('/proc/self', path.join(folder, 'proc'));
  const deep = path.join(folder, ...Array.from({ length: 60 }, () => 'd'));
  mkdirSync(deep, { recursive: true });
  writeFileSync(path.join(deep, 'Inbox'), mbox('deep'));
  const all = await findings(folder);
  expect(left(all)).toEqual(['d: too deep', 'proc: other disk']);
});

it('says that a folder is not there', async () => {
  await expect(findings('/nowhere/at/all')).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

it('goes through a folder of very many files', async () => {
  const folder = testFolder();
  for (let file = 0; file < 3000; file++) writeFileSync(path.join(folder, `note ${file}`), 'x');
  writeFileSync(path.join(folder, 'zz'), mbox('last'));
  expect(await found(folder)).toEqual(['zz']);
});

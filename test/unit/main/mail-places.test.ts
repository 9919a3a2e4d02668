/** Goal: the places where mail programs keep mail are found on each platform, and nothing else is offered. */

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { type Home, mailPlaces } from '../../../electron/main/mail-places.ts';
import { testFolder } from '../../support/opened-archive.ts';

function homeOf(platform: string): Home {
  const home = testFolder();
  return { platform, home, downloads: path.join(home, 'Downloads'), environment: {} };
}

test.each([
  ['linux', '.thunderbird'],
  ['linux', 'snap/thunderbird/common/.thunderbird'],
  ['darwin', 'Library/Thunderbird/Profiles'],
  ['win32', 'AppData/Roaming/Thunderbird/Profiles'],
])('Thunderbird on %s in %s', async (platform, folder) => {
  const home = homeOf(platform);
  const profile = path.join(home.home, folder, 'abc.default');
  mkdirSync(path.join(profile, 'Mail/Local Folders'), { recursive: true });
  mkdirSync(path.join(profile, 'ImapMail/imap.example.org'), { recursive: true });
  writeFileSync(path.join(profile, 'Mail/virtualFolders.dat'), '');
  expect(await mailPlaces(home)).toEqual([
    {
      program: 'thunderbird',
      path: path.join(profile, 'Mail/Local Folders'),
      name: 'Local Folders',
    },
    {
      program: 'thunderbird',
      path: path.join(profile, 'ImapMail/imap.example.org'),
      name: 'imap.example.org',
    },
  ]);
});

test('what Takeout packed, and what was unpacked of it', async () => {
  const home = homeOf('linux');
  mkdirSync(path.join(home.downloads, 'Takeout/Mail'), { recursive: true });
  writeFileSync(path.join(home.downloads, 'Takeout/Mail/Inbox.mbox'), '');
  writeFileSync(path.join(home.downloads, 'takeout-20240102T030405Z-001.zip'), '');
  writeFileSync(path.join(home.downloads, 'holiday.zip'), '');
  expect((await mailPlaces(home)).map(({ program, name }) => `${program}: ${name}`)).toEqual([
    `takeout: ${path.join('Takeout', 'Mail')}`,
    'takeout: takeout-20240102T030405Z-001.zip',
  ]);
});

test('nothing where nothing is', async () => {
  expect(await mailPlaces(homeOf('linux'))).toEqual([]);
  expect(await mailPlaces({ ...homeOf('win32'), home: '/nowhere', downloads: '/nowhere' })).toEqual(
    [],
  );
});

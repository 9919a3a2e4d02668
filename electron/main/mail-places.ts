/**
 * Where other programs keep mail, or leave it when they export it, and whether such a place is there on
 * this machine. Only names of folders are looked at, and no file is opened.
 */

import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { MailPlace } from '../../shared/mail-place.ts';

export interface Home {
  /** As Node names it. */
  readonly platform: string;
  readonly home: string;
  readonly downloads: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

interface Found {
  readonly program: MailPlace['program'];
  readonly path: string;
  /** What it is called to a person. */
  readonly name: string;
}

async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

async function foldersIn(folder: string): Promise<readonly string[]> {
  const entries = await entriesOf(folder);
  return entries.filter((one) => one.isDirectory()).map(({ name }) => path.join(folder, name));
}

/** Folders in which Thunderbird keeps profiles (support.mozilla.org, "Profiles - Where Thunderbird stores your messages"). */
function profileFolders({ platform, home, environment }: Home): readonly string[] {
  if (platform === 'darwin') return [path.join(home, 'Library/Thunderbird/Profiles')];
  if (platform === 'win32') {
    const roaming = environment['APPDATA'] ?? path.join(home, 'AppData/Roaming');
    return [path.join(roaming, 'Thunderbird/Profiles')];
  }
  return [
    '.thunderbird',
    'snap/thunderbird/common/.thunderbird',
    '.var/app/org.mozilla.Thunderbird/.thunderbird',
    '.mozilla-thunderbird',
  ].map((folder) => path.join(home, folder));
}

/** Each account has a folder of its own in a profile: `Mail/Local Folders`, `ImapMail/imap.example.org`. */
async function thunderbird(home: Home): Promise<readonly Found[]> {
  const profiles = (await Promise.all(profileFolders(home).map(foldersIn))).flat();
  const kinds = profiles.flatMap((one) => [path.join(one, 'Mail'), path.join(one, 'ImapMail')]);
  const accounts = (await Promise.all(kinds.map(foldersIn))).flat();
  return accounts.map((account) => ({
    program: 'thunderbird',
    path: account,
    name: path.basename(account),
  }));
}

/** Takeout packs `Takeout/Mail/… .mbox` into `takeout-<time>-001.zip` (or .tgz). */
async function takeout({ downloads }: Home): Promise<readonly Found[]> {
  const entries = await entriesOf(downloads);
  const unpacked = await entriesOf(path.join(downloads, 'Takeout', 'Mail'));
  const folder: Found = {
    program: 'takeout',
    path: path.join(downloads, 'Takeout', 'Mail'),
    name: path.join('Takeout', 'Mail'),
  };
  const packed = entries.filter((one) => one.isFile() && /^takeout-.*\.zip$/i.test(one.name));
  return [
    ...(unpacked.length > 0 ? [folder] : []),
    ...packed.map(
      ({ name }): Found => ({ program: 'takeout', path: path.join(downloads, name), name }),
    ),
  ];
}

/** Mail of the system itself: mbox(5), one file for each user. */
async function systemMail({ platform, environment }: Home): Promise<readonly Found[]> {
  const user = environment['USER'];
  if (platform === 'win32' || !user) return [];
  const there = (await entriesOf('/var/mail')).some((one) => one.isFile() && one.name === user);
  return there ? [{ program: 'system', path: path.join('/var/mail', user), name: user }] : [];
}

/** More than that are not for a person to choose from. */
const PLACES_MAX = 12;

/** The places that are there. */
export async function mailPlaces(home: Home): Promise<readonly MailPlace[]> {
  const found = await Promise.all([thunderbird(home), takeout(home), systemMail(home)]);
  return found.flat().slice(0, PLACES_MAX);
}

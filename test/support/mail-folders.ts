/** Folders as mail programs keep them, made for tests: each path with its content. */

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { numberedLetters } from './letters.ts';

/** An mbox of some letters. */
export const mbox = (name: string, count = 3): Buffer =>
  Buffer.from(numberedLetters(name, count, 300).join(''));

const MMDF_MARK = '\u0001\u0001\u0001\u0001\n';
export const MMDF = `${MMDF_MARK}From: ann@example.org\nSubject: one\n\nHello\n${MMDF_MARK}`;

export const BABYL =
  'BABYL OPTIONS: -*- rmail -*-\nVersion: 5\nLabels:\n\u001f\u000c\n1,,\n*** EOOH ***\nFrom: ann@example.org\nSubject: one\n\nHello\n\u001f';

/** Writes files below a folder, and the folders they need. */
export function putFiles(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): void {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

const PREFERENCES = [
  'user_pref("mail.server.server1.directory-rel", "[ProfD]Mail/Local Folders");',
  'user_pref("mail.server.server1.hostname", "Local Folders");',
  'user_pref("mail.server.server1.name", "Local Folders");',
  'user_pref("mail.server.server2.directory-rel", "[ProfD]ImapMail/imap.example.org");',
  'user_pref("mail.server.server2.hostname", "imap.example.org");',
  'user_pref("mail.server.server2.name", "ann@example.org");',
].join('\n');
const MORK = '// <!-- <mdb:mork:z v="1.4"/> -->\n< <(a=c)> // (f=iso-8859-1)\n';

/** A profile of Thunderbird. */
export function putThunderbirdProfile(folder: string): void {
  putFiles(folder, {
    'prefs.js': PREFERENCES,
    'Mail/Local Folders/Inbox': mbox('inbox', 5),
    'Mail/Local Folders/Inbox.msf': MORK,
    'Mail/Local Folders/Inbox.sbd/Projects': mbox('projects'),
    'Mail/Local Folders/Inbox.sbd/Projects.msf': MORK,
    'Mail/Local Folders/Inbox.sbd/Projects.sbd/Boat house': mbox('boat'),
    'Mail/Local Folders/Trash': '',
    'Mail/Local Folders/Trash.msf': MORK,
    'Mail/Local Folders/msgFilterRules.dat': 'version="9"\nlogging="no"\n',
    'ImapMail/imap.example.org/INBOX': mbox('imap'),
    'ImapMail/imap.example.org/Entw&APw-rfe': mbox('drafts'),
  });
}

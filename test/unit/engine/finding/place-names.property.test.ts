/** Names of folders and archives: whatever they are, something is left to be shown, and IMAP's alphabet is read. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  accountsIn,
  archiveName,
  folderName,
} from '../../../../electron/engine/finding/place-names.ts';

it('leaves out endings that only say what a file is', () => {
  expect(
    ['Holidays.mbox', 'old.mbx.gz', 'In.MBX', 'Inbox', '.mbox', 'v1.2'].map(archiveName),
  ).toEqual(['Holidays', 'old', 'In', 'Inbox', '.mbox', 'v1.2']);
  expect(['Inbox.sbd', 'Mail', '.sbd'].map(folderName)).toEqual(['Inbox', 'Mail', '.sbd']);
});

/** As RFC 3501 has it, made the long way. */
function inAlphabetOfImap(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]+/g, (some) => {
    const bytes = Buffer.from(some, 'utf16le').swap16();
    return `&${bytes.toString('base64').replaceAll('=', '').replaceAll('/', ',')}-`;
  });
}

it('reads the alphabet of IMAP, and never leaves a name empty', () => {
  const letters = fc.string({ unit: fc.constantFrom(...'abc &-,Üé日本😀я'), minLength: 1 });
  fc.assert(
    fc.property(letters, (name) => {
      // `&-` stands for `&`, and programs differ in whether they write it into a file's name.
      fc.pre(!name.includes('&'));
      expect(folderName(inAlphabetOfImap(name))).toBe(name);
    }),
  );
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (name) => {
      expect(folderName(name)).not.toBe('');
      expect(archiveName(name)).not.toBe('');
    }),
  );
});

it('reads accounts, and never fails', () => {
  const text =
    'user_pref("mail.server.server1.directory-rel", "[ProfD]Mail/pop");\r\nuser_pref("mail.server.server1.hostname", "pop.example.org");\r\nuser_pref("mail.server.server2.name", "torn';
  expect([...accountsIn(text)]).toEqual([['Mail/pop', 'pop.example.org']]);
  fc.assert(fc.property(fc.string(), (any) => void accountsIn(any)));
});

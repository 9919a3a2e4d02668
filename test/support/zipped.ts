/** A ZIP file with archives in it. */

import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { numberedLetters } from './letters.ts';

export const PACKED_LETTERS = {
  'Mail/Inbox': numberedLetters('in', 12, 400),
  'Mail/Sent': numberedLetters('out', 7, 400),
  'Mail/Archive 2003': numberedLetters('old', 5, 400),
};

/** A ZIP file made by Python, with something in it that is no archive. */
export function zipped(folder: string): string {
  const file = path.join(folder, 'Backup.zip');
  const entries = Object.entries(PACKED_LETTERS).map(([name, letters]) => [name, letters.join('')]);
  const script =
    'import json,sys,zipfile\nz=zipfile.ZipFile(sys.argv[1],"w",8)\nfor n,t in json.load(sys.stdin): z.writestr(n,t)\nz.close()';
  execFileSync('python3', ['-c', script, file], {
    input: JSON.stringify([...entries, ['read me.txt', 'Mail of years.']]),
  });
  return file;
}

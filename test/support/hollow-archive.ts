/** An archive that takes long to read and no room on disk. */

import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';

const MESSAGE = 'From ann@village.example Thu Jan  1 00:00:00 2004\nSubject: one\n\ntext\n\n';

/** One message, many gigabytes of a hole, and one more message. */
export function hollowArchive(file: string, bytes: number): void {
  const out = openSync(file, 'w');
  writeSync(out, MESSAGE);
  ftruncateSync(out, bytes);
  writeSync(out, `\n\n${MESSAGE}`, bytes);
  closeSync(out);
}

/**
 * What opening an archive is measured against, on the same file in the same run: `grep`, Python's
 * mailbox module and mutt. Each is a whole program, from its start to its end.
 */

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { program, timed } from './bench.ts';

const PYTHON = 'import mailbox, sys; print(len(mailbox.mbox(sys.argv[1], create=False)))';

/** `LC_ALL=C grep -c '^From '`; its output is read, since a grep that writes to nowhere stops early. */
export const grepCounts = (file: string): Promise<number> =>
  timed(() => program('grep', ['-c', '^From ', file]));

/** Python's table of contents. */
export const pythonCounts = (file: string): Promise<number> =>
  timed(() => program('python3', ['-I', '-c', PYTHON, file]));

/** mutt opens the file read-only, which reads every envelope and sorts, and quits at once. */
export async function muttOpens(file: string, folder: string): Promise<number> {
  const home = path.join(folder, 'mutt');
  mkdirSync(path.join(home, 'Mail'), { recursive: true });
  const rc = path.join(home, 'muttrc');
  writeFileSync(rc, 'set quit=yes wait_key=no mail_check=0 move=no sort=date sleep_time=0\n');
  // mutt wants a terminal, and a home with a folder for mail in it.
  const mutt = `mutt -n -F ${rc} -R -f ${file} -e 'push <exit>'`;
  const environment = { TERM: 'xterm', HOME: home };
  const ms = await timed(() =>
    program('script', ['-qec', mutt, path.join(home, 'seen')], environment),
  );
  rmSync(home, { recursive: true });
  return ms;
}

/**
 * The threads that mutt shows of a mailbox: read from its screen, which is made as high as the mailbox
 * is long. A terminal that knows nothing but to clear and to go to a place makes that easy to read.
 */

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const ROWS_MAX = 2400;
const COLUMNS = 300;
const LIMIT_MS = 60_000;

const TERMINAL = `mini|minimal terminal,
	am, cols#${COLUMNS}, lines#${ROWS_MAX + 20},
	clear=\\E[H\\E[2J, cr=\\r, cud1=\\n, cup=\\E[%i%p1%d;%p2%dH, home=\\E[H, ind=\\n,
`;
/** By references alone: what subjects add differs by taste. */
const SETTINGS = `
set quit=yes wait_key=no mail_check=0 move=no sleep_time=0 help=no
set ascii_chars=yes hide_missing=yes hide_limited=yes narrow_tree=no duplicate_threads=no
set sort=threads sort_aux=date strict_threads=yes index_format="@%C@%i@%s"
`;

export interface MuttRow {
  readonly id: string;
  readonly level: number;
}

/** @param folder to work in @param file no more than some thousand messages */
export function muttThreads(file: string, folder: string): MuttRow[] {
  const home = path.join(folder, 'home');
  mkdirSync(path.join(home, 'Mail'), { recursive: true });
  writeFileSync(path.join(folder, 'mini.ti'), TERMINAL);
  writeFileSync(path.join(folder, 'rc'), SETTINGS);
  const environment = { ...process.env, HOME: home, TERM: 'mini', LC_ALL: 'C.UTF-8' };
  const run = (command: string, words: readonly string[]): void => {
    const options = { env: environment, timeout: LIMIT_MS, stdio: 'ignore' as const };
    const { status, error } = spawnSync(command, words, options);
    if (status !== 0) throw new Error(`${command} ended with ${status} ${error?.message ?? ''}`);
  };
  run('tic', ['-o', path.join(home, '.terminfo'), path.join(folder, 'mini.ti')]);
  const seen = path.join(folder, 'seen');
  const mutt = `mutt -n -F ${path.join(folder, 'rc')} -R -f ${file} -e 'push <first-entry><exit>'`;
  run('script', ['-qec', `stty rows ${ROWS_MAX} cols ${COLUMNS}; ${mutt}`, seen]);
  return rowsOn(readFileSync(seen, 'utf8'));
}

/** The rows of an index, by the numbers in front of them. */
function rowsOn(screen: string): MuttRow[] {
  const rows = new Map<number, MuttRow>();
  for (const line of linesOn(screen)) {
    const row = /^@\s*(\d+)@(<.*?>)?@([|` ?*&=]*->)?/.exec(line);
    const [, place, id = '', tree = ''] = row ?? [];
    if (place) rows.set(Number(place), { id, level: tree === '' ? 0 : (tree.length - 1) / 2 });
  }
  return [...rows].sort(([one], [other]) => one - other).map(([, row]) => row);
}

/** What the screen shows in the end: lines may be written again in part. */
function linesOn(written: string): string[] {
  const lines: string[][] = [];
  let [row, column] = [0, 0];
  for (const [piece, to, from] of written.matchAll(/\u001b\[(\d*);?(\d*)[A-Za-z]|[\s\S]/gu)) {
    if (piece === '\r') column = 0;
    else if (piece === '\n') row += 1;
    else if (piece.endsWith('J') && piece.length > 1) lines.length = 0;
    else if (piece.length > 2 && piece.endsWith('H')) {
      [row, column] = [Number(to || 1) - 1, Number(from || 1) - 1];
    } else {
      lines[row] ??= [];
      const line = lines[row] ?? [];
      line[column++] = piece;
      if (column === COLUMNS) [row, column] = [row + 1, 0];
    }
  }
  return Array.from(lines, (line) => Array.from(line ?? [], (piece) => piece ?? ' ').join(''));
}

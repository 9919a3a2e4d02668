/**
 * What our flush is measured against, on the same bytes in the same run: `cp` with fsync, Python's
 * mailbox module, mutt, and our own terminal program from its start to its end.
 *
 * Python and mutt are timed twice: the flush alone, by their own clocks, so that reading the mailbox
 * is not held against them; and the whole program.
 */

import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { program, timed } from './bench.ts';

const CLI = path.resolve('out/main/cli.js');

/** Milliseconds of a flush alone, and of the whole program around it. */
export interface PeerTime {
  readonly flush: number;
  readonly whole: number;
}

/** `cp` to a new file, and fsync of it. @returns its milliseconds */
export function copyAndSync(from: string, to: string): Promise<number> {
  rmSync(to, { force: true });
  return timed(() => {
    program('cp', ['--reflink=never', from, to]);
    const file = openSync(to, 'r+');
    fsyncSync(file);
    closeSync(file);
  });
}

const PYTHON = `
import mailbox, sys, time
path, removed = sys.argv[1:3]
box = mailbox.mbox(path, create=False)
len(box)
for line in open(removed):
    box.discard(int(line))
begun = time.perf_counter()
box.lock()
box.flush()
box.unlock()
print((time.perf_counter() - begun) * 1000)
`;

/**
 * Python removes messages. It never writes to the file itself, but renames a new one over its name:
 * so a second name of the original is enough for it.
 */
export async function pythonRemoves(
  original: string,
  work: string,
  removed: readonly number[],
): Promise<PeerTime> {
  const list = `${work}.removed`;
  writeFileSync(list, removed.join('\n'));
  rmSync(work, { force: true });
  linkSync(original, work);
  let flush = 0;
  const whole = await timed(() => {
    flush = Number(program('python3', ['-I', '-c', PYTHON, work, list]));
  });
  rmSync(list);
  return { flush, whole };
}

const TYPE = Buffer.from('Content-Type: text/plain; charset=us-ascii\n');
const DELETED = Buffer.from(`${'X-Status: D\nContent-Type: text/plain'.padEnd(TYPE.length - 1)}\n`);
const HEADER_BYTES = 4096;

/** Flags messages as deleted, as mutt itself would in the file, but without moving a byte. */
function flagDeleted(work: string, offsets: readonly number[]): void {
  const file = openSync(work, 'r+');
  const header = Buffer.alloc(HEADER_BYTES);
  for (const offset of offsets) {
    const read = readSync(file, header, 0, header.length, offset);
    const at = header.subarray(0, read).indexOf(TYPE);
    if (at < 0) throw new Error('a message without the field that was to be replaced');
    writeSync(file, DELETED, 0, DELETED.length, offset + at);
  }
  fsyncSync(file);
  closeSync(file);
}

const MUTTRC = `
set quit=yes delete=yes confirmappend=no wait_key=no mail_check=0 move=no sort=mailbox-order sleep_time=0
set tmpdir="$MUTT_BENCH"
`;
const clock = (file: string): string => `<shell-escape>date +%s.%N >> ${file}<enter>`;

/**
 * mutt removes messages: they are flagged in the file, and then it is told to synchronise. It does
 * not sync the disk by itself; that is counted with its flush, as with everybody's.
 * @param work a copy for it to change, on the disk already
 */
export async function muttRemoves(work: string, offsets: readonly number[]): Promise<PeerTime> {
  flagDeleted(work, offsets);
  const folder = `${work}.mutt`;
  mkdirSync(path.join(folder, 'Mail'), { recursive: true });
  const [rc, times] = [path.join(folder, 'muttrc'), path.join(folder, 'times')];
  writeFileSync(rc, MUTTRC);
  const sync = `${clock(times)}<sync-mailbox><shell-escape>sync ${work}<enter>${clock(times)}<exit>`;
  const mutt = `mutt -n -F ${rc} -f ${work} -e 'push "${sync}"'`;
  // mutt wants a terminal, and a home with a folder for mail in it.
  const environment = { TERM: 'xterm', HOME: folder, MUTT_BENCH: folder };
  const whole = await timed(() =>
    program('script', ['-qec', mutt, path.join(folder, 'seen')], environment),
  );
  const [begun = 0, ended = 0] = readFileSync(times, 'utf8').trim().split('\n').map(Number);
  rmSync(folder, { recursive: true });
  return { flush: (ended - begun) * 1000, whole };
}

/**
 * Our own program, from its start to its end. It remembers nothing of the rounds before: a message
 * that it had removed, and that stands there again, would have another key (I4).
 * @returns its milliseconds
 */
export async function mailkeepRemoves(work: string, keys: readonly string[]): Promise<number> {
  const cache = `${work}.cache`;
  const environment = { XDG_CACHE_HOME: cache };
  const time = await timed(() =>
    program(process.execPath, [CLI, 'delete', work, ...keys], environment),
  );
  rmSync(cache, { recursive: true, force: true });
  return time;
}

/**
 * Postfix itself, in a folder of its own: its queue, its `local` that delivers into a mailbox, no
 * network. Only root can start it, and it must be installed; where it is not, tests are skipped by
 * name. It delivers what it was given in whatever order its queue has it.
 */

import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Peer, runPeer, startPeer, until } from './peers.ts';

const DAEMONS = '/usr/lib/postfix/sbin';
/** A user that every Debian has, and nobody is. */
const USER = 'games';

export const hasPostfix = process.getuid?.() === 0 && existsSync(path.join(DAEMONS, 'master'));

const idOf = (user: string): number =>
  Number(execFileSync('id', ['-u', user], { encoding: 'latin1' }));

const mainCf = (base: string, spool: string): string => `
compatibility_level = 3.6
queue_directory = ${base}/queue
data_directory = ${base}/data
command_directory = /usr/sbin
daemon_directory = ${DAEMONS}
mail_owner = postfix
setgid_group = postdrop
inet_interfaces = loopback-only
myhostname = example.org
mydestination = example.org
mail_spool_directory = ${spool}
alias_maps =
alias_database =
local_recipient_maps =
mailbox_size_limit = 0
biff = no
minimal_backoff_time = 2s
maximal_backoff_time = 4s
queue_run_delay = 2s
maillog_file_prefixes = ${base}
maillog_file = ${base}/log
`;

const MASTER_CF = `
pickup unix n - n 1 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 2 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
error unix - - n - - error
retry unix - - n - - error
local unix - n n - - local
showq unix n - n - - showq
postlog unix-dgram n - n - 1 postlogd
`;

export class Postfix {
  /** The mailbox that it delivers into; of its own user, and there must be none yet. */
  readonly mailbox: string;
  readonly #base = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-postfix-'));
  readonly #master: Peer;

  /** @param spool folder of the mailbox; from now on its user's */
  constructor(spool: string) {
    const base = this.#base;
    this.mailbox = path.join(spool, USER);
    for (const folder of ['etc', 'queue', 'data']) mkdirSync(path.join(base, folder));
    chmodSync(base, 0o755);
    chownSync(path.join(base, 'data'), idOf('postfix'), 0);
    writeFileSync(path.join(base, 'etc/main.cf'), mainCf(base, spool));
    writeFileSync(path.join(base, 'etc/master.cf'), MASTER_CF);
    chmodSync(spool, 0o755);
    chownSync(spool, idOf(USER), 0);
    execFileSync('postfix', ['-c', this.#etc, 'check'], { stdio: 'ignore', timeout: 30_000 });
    const words = ['-c', this.#etc, '-d'];
    this.#master = startPeer(path.join(DAEMONS, 'master'), words, { limitMs: 1_200_000 });
  }

  get #etc(): string {
    return path.join(this.#base, 'etc');
  }

  /** Lays out the mailbox: Postfix delivers only into one that is its user's. */
  layOut(content: string): void {
    writeFileSync(this.mailbox, content);
    chownSync(this.mailbox, idOf(USER), 0);
  }

  /** Hands a message to it; it delivers later. */
  async send(message: string): Promise<void> {
    const words = ['-C', this.#etc, '-i', `${USER}@example.org`];
    await runPeer('sendmail', words, { input: message });
  }

  /** Settles when it has delivered everything. */
  delivered(limitMs: number): Promise<void> {
    const queues = ['maildrop', 'incoming', 'active', 'deferred'];
    const isEmpty = (queue: string): boolean => {
      const names = readdirSync(path.join(this.#base, 'queue', queue), {
        recursive: true,
        withFileTypes: true,
      });
      return names.every((name) => !name.isFile());
    };
    return until('Postfix has delivered everything', () => queues.every(isEmpty), limitMs);
  }

  async stop(): Promise<void> {
    await this.#master.kill();
    rmSync(this.#base, { recursive: true, force: true });
  }
}

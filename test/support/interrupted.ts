/** A change that is interrupted at every operation there is, as a process that is killed there leaves it. */

import type { Disk } from '../../electron/mailbox/disk/disk.ts';
import type { Mailbox } from '../../electron/mailbox/mailbox.ts';
import { MailboxError } from '../../shared/errors.ts';
import { FailingDisk, type Fault } from './failing-disk.ts';

const NONE: Fault = { at: -1, lasts: 'for ever', code: 'IO' };
/** More operations than any change has that a test makes. */
const OPERATIONS_MAX = 1000;

export interface Interrupted {
  /** A mailbox on this disk, ready to be changed; asked before each try. */
  readonly ready: (disk: Disk) => Promise<Mailbox>;
  readonly change: (mailbox: Mailbox) => Promise<unknown>;
  /** What is there after the next open. */
  readonly left: () => Promise<string>;
}

/** @returns how often each outcome was met */
export async function interruptedEverywhere({
  ready,
  change,
  left,
}: Interrupted): Promise<ReadonlyMap<string, number>> {
  const failing = new FailingDisk(NONE);
  const outcomes = new Map<string, number>();
  for (let at = 0; at < OPERATIONS_MAX; at++) {
    failing.begin(NONE);
    const mailbox = await ready(failing.disk);
    failing.begin({ at, lasts: 'for ever', code: 'IO' });
    await quietly(change(mailbox));
    const { failed } = failing;
    failing.begin(NONE);
    await mailbox.close();
    const outcome = await left();
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    if (!failed) return outcomes;
  }
  throw new Error('it never ended');
}

/** Settles whatever becomes of it. @throws what is no error of a mailbox */
export async function quietly(work: Promise<unknown>): Promise<void> {
  await work.catch((thrown: unknown) => {
    if (!(thrown instanceof MailboxError)) throw thrown;
  });
}

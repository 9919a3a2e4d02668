/** A mailbox on a simulated disk, and a flush of it, for tests of crashes. */

import { applyPlan } from '../../electron/mailbox/flush/apply.ts';
import { type Plan, planFlush } from '../../electron/mailbox/flush/plan.ts';
import { digestOf } from '../../electron/mailbox/flush/pending.ts';
import { AheadReader } from '../../electron/mailbox/flush/read-ahead.ts';
import type { Wanted } from '../../electron/mailbox/flush/run.ts';
import { recover } from '../../electron/mailbox/flush/recover.ts';
import {
  DEFAULT_READING,
  type Format,
  type Reading,
} from '../../electron/mailbox/format/format.ts';
import { mbox } from '../../electron/mailbox/format/mbox.ts';
import type { OpenFile } from '../../electron/mailbox/disk/disk.ts';
import type { HeldLocks } from '../../electron/mailbox/lock/hold.ts';
import { identify } from '../../electron/mailbox/disk/identity.ts';
import { scan } from '../../electron/mailbox/toc/scan.ts';
import type { CurrentTable } from '../../electron/mailbox/toc/look-again.ts';
import { Table } from '../../electron/mailbox/toc/table.ts';
import { byteOffset, type MessageNumber } from '../../shared/units.ts';
import type { SimulatedDisk } from './simulated-disk.ts';

export const MAILBOX = '/mail/box';
export const STATE_FOLDER = '/state';

/** The locks are not what these tests are about: they stand. */
export const locksThatHold = {
  check: async () => undefined,
  touch: async () => undefined,
} as unknown as HeldLocks;

export const NEVER = new AbortController().signal;
export const place = (disk: SimulatedDisk) => ({
  disk,
  mailboxPath: MAILBOX,
  stateFolder: STATE_FOLDER,
});

/** One message as it stands in a mailbox. */
export function messageText(name: string, bodyBytes: number): string {
  const lines = 'every message is there exactly once, with every byte of it, whatever happens\n'
    .repeat(Math.ceil(bodyBytes / 77))
    .slice(0, bodyBytes);
  return `From ${name}@example.org Thu Jan  1 00:00:00 2004\nSubject: ${name}\nMessage-ID: <${name}@example.org>\n\n${name}\n${lines}\n\n`;
}

/** The mailbox, opened and read. */
export async function scanned(
  disk: SimulatedDisk,
  format: Format,
  reading: Reading = DEFAULT_READING,
) {
  const file = await disk.open(MAILBOX, 'read-write');
  const table = new Table();
  const identity = await identify(file);
  const { report } = await scan(
    file,
    format,
    reading,
    { from: byteOffset(0), size: identity.size },
    { into: table, signal: NEVER, onProgress: () => undefined },
  );
  return { file, table, identity, report };
}

/** The plan that removes some messages of the mailbox. */
export async function planOf(
  disk: SimulatedDisk,
  removed: readonly number[],
  format: Format = mbox,
  reading: Reading = DEFAULT_READING,
): Promise<Plan> {
  const { file, table, identity, report } = await scanned(disk, format, reading);
  const current = { contents: { table, identity, report }, held: locksThatHold };
  const wanted = await wantedOf(file, table, removed as readonly MessageNumber[]);
  return planFlush(current as unknown as CurrentTable, wanted, {
    signal: NEVER,
    file,
    format,
    reading,
  });
}

/** Messages as a person saw them who looks at the file now. */
export function wantedOf(
  file: OpenFile,
  table: Table,
  numbers: readonly MessageNumber[],
): Promise<Wanted[]> {
  return Promise.all(
    numbers.map(async (number) => {
      const span = table.span(number);
      const range = { from: span.offset, to: span.offset + span.length };
      return { number, digest: await digestOf(new AheadReader(file, [range]), span, NEVER) };
    }),
  );
}

export async function applyOn(disk: SimulatedDisk, plan: Plan, chunkBytes: number): Promise<void> {
  await applyPlan(locksThatHold, plan, {
    file: await disk.open(MAILBOX, 'read-write'),
    place: place(disk),
    signal: NEVER,
    onProgress: () => undefined,
    chunkBytes,
  });
}

export async function recoverOn(disk: SimulatedDisk, format: Format = mbox): Promise<boolean> {
  return recover(locksThatHold, {
    file: await disk.open(MAILBOX, 'read-write'),
    place: place(disk),
    format,
    reading: DEFAULT_READING,
    onProgress: () => undefined,
  });
}

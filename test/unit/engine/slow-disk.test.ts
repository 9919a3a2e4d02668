/**
 * Goal: a disk that gives out in the middle keeps reading waiting, and nobody else.
 * Method: the scan of a mailbox over a disk that stands still from the middle of the file on; what is known
 * already is asked for meanwhile, and the scan is stopped.
 */

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
// biome-ignore lint/correctness/useImportExtensions: a script with types beside it
import { bigMailbox } from '../../../build/sample/big.mjs';
import { DEFAULT_READING } from '../../../electron/mailbox/format/format.ts';
import { Mailbox } from '../../../electron/mailbox/mailbox.ts';
import { messageNumber } from '../../../shared/units.ts';
import { gate, heldDisk } from '../../support/held-disk.ts';
import { testFolder } from '../../support/opened-archive.ts';

const MESSAGES = 4000;
const BYTES_PER_MESSAGE = 4096;
/** What a scan reads at once. */
const CHUNK_BYTES = 2 * 1024 * 1024;
const MIDDLE = (MESSAGES * BYTES_PER_MESSAGE) / 2;

it('what is known is answered at once, and reading can be stopped', async () => {
  const folder = testFolder();
  const file = path.join(folder, 'archive');
  writeFileSync(
    file,
    Buffer.concat([...bigMailbox({ messages: MESSAGES, bytesPerMessage: BYTES_PER_MESSAGE })]),
  );
  const still = gate();
  const moving = gate();
  let reads = 0;
  const disk = heldDisk((position) => {
    // The end of a file is looked at before its middle.
    if (position >= MIDDLE && position < MIDDLE + CHUNK_BYTES) still.open();
    if (position < MIDDLE || !still.isOpen()) return null;
    reads += 1;
    return moving.opened;
  });
  const mailbox = await Mailbox.open({
    disk,
    path: file,
    access: 'read-only',
    reading: DEFAULT_READING,
    stateFolder: folder,
    onRegenerated: () => undefined,
  });
  onTestFinished(() => {
    moving.open();
    return mailbox.close();
  });
  const stop = new AbortController();
  const scan = mailbox.scan({ signal: stop.signal });
  await still.opened;

  expect(mailbox.state).toBe('scanning');
  expect(mailbox.table.count).toBeGreaterThan(100);
  // None waits for the disk: it does not move before all are answered.
  for (let number = 0; number < 100; number++) await mailbox.readStored(messageNumber(number));
  expect(mailbox.state).toBe('scanning');

  stop.abort();
  moving.open();
  await expect(scan).rejects.toThrow(/stopped|cancel/i);
  // Two reads may be under way: that of the scan and the one ahead of it. Half of the file would be four.
  expect(reads).toBeLessThanOrEqual(2);
  expect(mailbox.state).toBe('stopped');
});

/**
 * Goal: a disk that turns slow in the middle slows reading down, and nothing else.
 * Method: the scan of a mailbox over a disk whose reads, from the middle of the file on, take half a
 * second each; what is known already is asked for meanwhile, and the scan is stopped.
 */

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
// biome-ignore lint/correctness/useImportExtensions: a script with types beside it
import { bigMailbox } from '../../../build/sample/big.mjs';
import type { Disk, OpenFile } from '../../../electron/mailbox/disk/disk.ts';
import { realDisk } from '../../../electron/mailbox/disk/real-disk.ts';
import { DEFAULT_READING } from '../../../electron/mailbox/format/format.ts';
import { Mailbox } from '../../../electron/mailbox/mailbox.ts';
import { messageNumber } from '../../../shared/units.ts';
import { testFolder } from '../../support/opened-archive.ts';

const SLOW_MS = 500;
/** What a scan reads at once. */
const CHUNK_BYTES = 2 * 1024 * 1024;
const MESSAGES = 4000;
const BYTES_PER_MESSAGE = 4096;
const ANSWER_MS_MAX = 100;

/**
 * A disk on which reads behind an offset are slow; `onSlow` is told when reading from front to back
 * has come so far (the end of a file is looked at before).
 */
function slowBehind(offset: number, onSlow: () => void): Disk {
  const slowFile = (file: OpenFile): OpenFile =>
    new Proxy(file, {
      get(target, name) {
        if (name === 'read') {
          return async (into: Uint8Array, from: number): Promise<number> => {
            if (from >= offset) {
              if (from < offset + 2 * CHUNK_BYTES) onSlow();
              await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
            }
            return target.read(into, from as Parameters<OpenFile['read']>[1]);
          };
        }
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  return new Proxy(realDisk, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (name !== 'open') return typeof value === 'function' ? value.bind(target) : value;
      return async (...words: Parameters<Disk['open']>): Promise<OpenFile> =>
        slowFile(await target.open(...words));
    },
  });
}

it('what is known is answered at once, and reading can be stopped', async () => {
  const folder = testFolder();
  const file = path.join(folder, 'archive');
  writeFileSync(
    file,
    Buffer.concat([...bigMailbox({ messages: MESSAGES, bytesPerMessage: BYTES_PER_MESSAGE })]),
  );
  let slow = (): void => undefined;
  const turnedSlow = new Promise<void>((resolve) => {
    slow = resolve;
  });
  const mailbox = await Mailbox.open({
    disk: slowBehind((MESSAGES * BYTES_PER_MESSAGE) / 2, () => slow()),
    path: file,
    access: 'read-only',
    reading: DEFAULT_READING,
    stateFolder: folder,
    onRegenerated: () => undefined,
  });
  onTestFinished(() => mailbox.close());
  const stop = new AbortController();
  const scan = mailbox.scan({ signal: stop.signal });
  await turnedSlow;

  expect(mailbox.state).toBe('scanning');
  expect(mailbox.table.count).toBeGreaterThan(100);
  const waits: number[] = [];
  for (let number = 0; number < 100; number++) {
    const begun = performance.now();
    await mailbox.readStored(messageNumber(number));
    waits.push(performance.now() - begun);
  }
  // None waits for the disk; a single one may wait for the machine, which runs other tests.
  waits.sort((one, other) => one - other);
  expect(waits[90]).toBeLessThan(ANSWER_MS_MAX);
  expect(mailbox.state).toBe('scanning');

  const begun = performance.now();
  stop.abort();
  await expect(scan).rejects.toThrow(/stopped|cancel/i);
  // Two reads may be under way: that of the scan and the one ahead of it.
  expect(performance.now() - begun).toBeLessThan(3 * SLOW_MS);
  expect(mailbox.state).toBe('stopped');
});

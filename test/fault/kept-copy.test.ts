/**
 * Goal: a copy of what a compaction removes holds it once, also where the compaction fails without having
 * removed anything and a person tries again. Method: a disk that fails at any one operation, of the
 * archive, of the copy or of the journal; and the same compaction once more.
 */

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { QUIET } from '../../electron/mailbox/mailbox-options.ts';
import { MailboxError } from '../../shared/errors.ts';
import { messageNumber } from '../../shared/units.ts';
import { FailingDisk, type Fault } from '../support/failing-disk.ts';
import { readyOn } from '../support/fault-mailbox.ts';
import { numberedLetters } from '../support/letters.ts';

const LETTERS = numberedLetters('us', 8, 300);
const REMOVED = [1, 4];
const GOING = LETTERS.filter((_letter, at) => REMOVED.includes(at)).join('');
const AFTER = LETTERS.filter((_letter, at) => !REMOVED.includes(at)).join('');
const KEPT_BEFORE = numberedLetters('kept', 2, 200).join('');
const NONE: Fault = { at: -1, lasts: 'once', code: 'IO' };
/** More operations than a compaction has. */
const OPERATIONS_MAX = 1000;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-kept-copy-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('is there once, whatever failed before it was tried again', async () => {
  const box = path.join(folder, 'box');
  const copy = path.join(folder, 'copy');
  const failing = new FailingDisk(NONE);
  let again = 0;
  for (let at = 0; at < OPERATIONS_MAX; at++) {
    writeFileSync(box, LETTERS.join(''));
    writeFileSync(copy, KEPT_BEFORE);
    failing.begin(NONE);
    const mailbox = await readyOn(failing.disk, box, folder);
    await mailbox.mark(REMOVED.map(messageNumber), QUIET);
    const flush = (): Promise<unknown> => mailbox.flush(QUIET, () => Promise.resolve(copy));
    failing.begin({ at, lasts: 'once', code: 'IO' });
    const code = await flush().then(
      () => 'done',
      (thrown: unknown) => (thrown instanceof MailboxError ? thrown.code : String(thrown)),
    );
    const { failed } = failing;
    failing.begin(NONE);
    if (code !== 'done' && mailbox.state === 'ready') {
      again += 1;
      await flush();
    }
    const { state } = mailbox;
    await mailbox.close();
    if (state === 'ready') {
      expect(readFileSync(box, 'latin1'), `operation ${at}`).toBe(AFTER);
      expect(readFileSync(copy, 'latin1'), `operation ${at}: ${code}`).toBe(KEPT_BEFORE + GOING);
    }
    for (const name of readdirSync(folder)) rmSync(path.join(folder, name), { recursive: true });
    if (!failed) break;
  }
  expect(again).toBeGreaterThan(20);
});

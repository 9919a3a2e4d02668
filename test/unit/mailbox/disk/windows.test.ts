/**
 * Goal: what Windows says of files in words of its own is understood: a file that another program keeps to
 * itself, a disk on which a file can have one name only.
 * Method: node:fs fails as libuv has it fail there (src/win/error.c: ERROR_SHARING_VIOLATION and
 * ERROR_LOCK_VIOLATION are EBUSY, ERROR_INVALID_FUNCTION is EISDIR); the rest is the real disk.
 */

import fs, { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { realDisk } from '../../../../electron/mailbox/disk/real-disk.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-windows-'));
const file = path.join(folder, 'Inbox');
writeFileSync(file, 'From ann Thu Jan  1 00:00:00 2004\n\nhello\n');
afterEach(() => vi.restoreAllMocks());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const failing = (code: string) => Object.assign(new Error(code), { code });

it('an archive that another program keeps to itself is locked, not damaged', async () => {
  vi.spyOn(fs.promises, 'stat').mockRejectedValue(failing('EBUSY'));
  await expect(realDisk.open(file, 'read')).rejects.toMatchObject({ code: 'LOCKED' });
  await expect(realDisk.open(file, 'read-write')).rejects.toMatchObject({ code: 'LOCKED' });
});

it('on a stick without second names for files, these are made in another way', async () => {
  vi.spyOn(fs.promises, 'link').mockRejectedValue(failing('EISDIR'));
  expect(await realDisk.link(file, `${file}.lock`)).toBe('unsupported');
});

/**
 * Writes one file of main's own for a person: whole or not there, and never over another one.
 * (Exports are the engine's; this is for what main makes itself, such as a PDF.)
 */

import { randomBytes } from 'node:crypto';
import { link, open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { renameOver } from '../../shared/renaming.ts';
import { errorCode } from '../../shared/error-code.ts';
import { type ErrorCode, MailboxError } from '../../shared/errors.ts';
import { ONE_NAME_ONLY } from '../../shared/second-name.ts';

const NUMBERS_MAX = 10_000;

const CODES: Readonly<Record<string, ErrorCode>> = {
  ENOSPC: 'NO_SPACE',
  EDQUOT: 'NO_SPACE',
  EACCES: 'NO_PERMISSION',
  EPERM: 'NO_PERMISSION',
  EROFS: 'READ_ONLY',
  ENOENT: 'NOT_FOUND',
};

const SENTENCES: Partial<Record<ErrorCode, string>> = {
  NO_SPACE: 'The disk is full. Nothing was saved there; free some space and try again.',
  NO_PERMISSION: 'You are not allowed to write in this folder. Nothing was saved.',
  READ_ONLY: 'This disk can only be read. Nothing was saved; choose another folder.',
  NOT_FOUND: 'This folder is not there. Nothing was saved; choose another one.',
  IO: 'The disk reported an error. Nothing was saved.',
};

/**
 * @param wanted where a person wants it; `(2)` and so on is added to the name if it is taken
 * @returns the path it got
 * @throws NO_SPACE, NO_PERMISSION, READ_ONLY, NOT_FOUND, IO: nothing is left then
 */
export async function writeNewFile(wanted: string, bytes: Uint8Array): Promise<string> {
  const folder = path.dirname(wanted);
  const fresh = path.join(folder, `.mailkeep-${randomBytes(8).toString('hex')}.part`);
  try {
    const file = await open(fresh, 'wx', 0o666);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    return await named(fresh, wanted);
  } catch (thrown) {
    const code = CODES[errorCode(thrown)] ?? 'IO';
    const sentence = SENTENCES[code] ?? '';
    throw new MailboxError(
      code,
      { path: wanted, errno: errorCode(thrown) },
      { cause: thrown, sentence },
    );
  } finally {
    await rm(fresh, { force: true });
  }
}

async function named(fresh: string, wanted: string): Promise<string> {
  const { dir, name, ext } = path.parse(wanted);
  for (let number = 1; number < NUMBERS_MAX; number++) {
    const target = number === 1 ? wanted : path.join(dir, `${name} (${number})${ext}`);
    if (await takes(fresh, target)) return target;
  }
  throw new MailboxError('NO_PERMISSION', { path: wanted });
}

/** @returns false if the name is taken */
async function takes(fresh: string, target: string): Promise<boolean> {
  try {
    await link(fresh, target);
    return true;
  } catch (thrown) {
    if (errorCode(thrown) === 'EEXIST') return false;
    if (!ONE_NAME_ONLY.includes(errorCode(thrown))) throw thrown;
  }
  // Where a file can have one name only, the name is taken first.
  try {
    await (await open(target, 'wx')).close();
  } catch (thrown) {
    if (errorCode(thrown) === 'EEXIST') return false;
    throw thrown;
  }
  try {
    await renameOver(() => rename(fresh, target), process.platform, pause);
    return true;
  } catch (thrown) {
    // Unless somebody has written to it meanwhile.
    if ((await stat(target)).size === 0) await rm(target);
    throw thrown;
  }
}

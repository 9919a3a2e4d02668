/**
 * Gives a file of our own the name of another one, which is gone then. Imports shared/ only.
 *
 * Windows refuses that while any program, such as one that looks for viruses, has one of the two open:
 * mostly for some milliseconds, right after it was written. There it is tried again for a while. Elsewhere
 * a refusal is meant, and told at once.
 */

import { errorCode } from './error-code.ts';

/** How long to wait before each further try, in milliseconds: two thirds of a second together. */
const PAUSES_MS = [10, 20, 40, 80, 160, 320];

/** How Windows says that somebody has the file open; also how it says that it is not allowed. */
const HELD: ReadonlySet<string> = new Set(['EPERM', 'EACCES', 'EBUSY']);

const mayBeHeld = (thrown: unknown, platform: string): boolean =>
  platform === 'win32' && HELD.has(errorCode(thrown));

/**
 * @param rename tries it once
 * @param platform as Node names it
 * @param wait settles after so many milliseconds
 * @throws as `rename` does
 */
export async function renameOver(
  rename: () => Promise<void>,
  platform: string,
  wait: (milliseconds: number) => Promise<unknown>,
): Promise<void> {
  for (const pause of PAUSES_MS) {
    try {
      return await rename();
    } catch (thrown) {
      if (!mayBeHeld(thrown, platform)) throw thrown;
    }
    await wait(pause);
  }
  return rename();
}

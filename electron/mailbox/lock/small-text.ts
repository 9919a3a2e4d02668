/** Small text files read through the seam: what a dotlock says, and what /proc says of a lock. */

import { MailboxError } from '../../../shared/errors.ts';
import { byteOffset } from '../../../shared/units.ts';
import type { Disk } from '../disk/disk.ts';

/**
 * The first `maxBytes` of a file as text; null if there is none that could be read.
 * Never to be used on a mailbox: closing it would drop the process's fcntl lock.
 */
export async function readSmallText(
  disk: Disk,
  path: string,
  maxBytes: number,
): Promise<string | null> {
  try {
    const file = await disk.open(path, 'read');
    try {
      const bytes = new Uint8Array(maxBytes);
      const length = await file.read(bytes, byteOffset(0));
      return new TextDecoder().decode(bytes.subarray(0, length));
    } finally {
      await file.close();
    }
  } catch (thrown) {
    if (thrown instanceof MailboxError) return null;
    throw thrown;
  }
}

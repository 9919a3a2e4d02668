/** By what a file is known, whatever its paths are. Imports nothing of ours. */

import type { BigIntStats } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';

/** Of the file that is opened: in a folder exported by Apple Mail that is the file `mbox` inside. */
async function factsOf(archivePath: string): Promise<BigIntStats> {
  const facts = await stat(archivePath, { bigint: true });
  return facts.isDirectory() ? stat(path.join(archivePath, 'mbox'), { bigint: true }) : facts;
}

/** One name for one file. `stat` opens nothing: only the engine ever opens a mailbox. */
export async function nameOf(archivePath: string): Promise<string> {
  try {
    const facts = await factsOf(archivePath);
    return `${facts.dev}:${facts.ino}`;
  } catch {
    return realpath(archivePath).catch(() => archivePath);
  }
}

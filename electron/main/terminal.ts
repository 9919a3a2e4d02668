/**
 * The terminal program inside the packaged app, where no other Node is at hand and the fuses let the
 * executable be none: it runs in this process, which is no app then. No window is made, no instance is
 * looked for, and the one mailbox is opened by the one engine in here.
 */

import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

/** Runs a command and ends with its exit status. @param words the command and what is behind it */
export async function runTerminal(words: readonly string[]): Promise<void> {
  const program = path.join(import.meta.dirname, 'cli.js');
  process.argv = [process.execPath, program, ...words];
  await import(/* @vite-ignore */ pathToFileURL(program).href);
  await Promise.all([process.stdout, process.stderr].map(written));
  app.exit(Number(process.exitCode ?? 0));
}

/** Settles when all that was written before has left. */
function written(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write('', () => resolve());
  });
}

/**
 * Tells how long an engine lets nobody in: `node --import longest-turn.mjs` sends the CPU time of every
 * turn of the main thread that was long. CPU time, because what else the machine does is not the
 * engine's doing; a turn on a loaded machine takes no more of it. Linux only; silent elsewhere.
 */

import { openSync, readSync } from 'node:fs';

const EVERY_MS = 5;
const LONG_MS = 10;
const text = Buffer.alloc(64);

/** @param {number} descriptor */
function usedMs(descriptor) {
  const bytes = readSync(descriptor, text, 0, text.length, 0);
  return Number.parseInt(text.toString('latin1', 0, bytes), 10) / 1e6;
}

try {
  // The first number: nanoseconds that the thread has run.
  const descriptor = openSync(`/proc/self/task/${process.pid}/schedstat`, 'r');
  let before = usedMs(descriptor);
  const look = () => {
    const now = usedMs(descriptor);
    if (now - before > LONG_MS) process.send?.({ turnMs: now - before });
    before = now;
  };
  setInterval(look, EVERY_MS).unref();
} catch {
  // Not Linux.
}

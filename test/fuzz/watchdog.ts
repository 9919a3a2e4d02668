/**
 * Ends this process, and says by which input, if it works at one input for too long or takes too
 * much memory: a loop without an end cannot be stopped from inside.
 */

import { Worker } from 'node:worker_threads';

const WATCH = `
const { workerData } = require('node:worker_threads');
const { beat, limitMs, bytesMax } = workerData;
let seen = -1;
let since = Date.now();
setInterval(() => {
  const now = Atomics.load(beat, 0);
  const late = now === seen && Date.now() - since > limitMs;
  const large = process.memoryUsage.rss() > bytesMax;
  if (late || large) {
    const why = late ? 'took longer than ' + limitMs / 1000 + ' s' : 'took more than ' + bytesMax / 2 ** 20 + ' MiB';
    require('node:fs').writeSync(2, 'FAILED: input ' + now + ' ' + why + '\\n');
    process.kill(process.pid, 'SIGKILL');
  }
  if (now !== seen) since = Date.now();
  seen = now;
}, 200);
`;

export interface Watched {
  /** Say which input is about to be tried. */
  readonly beat: (index: number) => void;
  readonly stop: () => Promise<void>;
}

/** @param limitMs for one input @param bytesMax of the whole process */
export function watch(limitMs: number, bytesMax: number): Watched {
  const beat = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(WATCH, { eval: true, workerData: { beat, limitMs, bytesMax } });
  return {
    beat: (index) => {
      Atomics.store(beat, 0, index);
    },
    stop: async () => {
      await worker.terminate();
    },
  };
}

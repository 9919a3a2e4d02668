/**
 * How a script ends when it is told to: Ctrl+C, SIGTERM, a closed terminal, or npm that is gone
 * (told to end, npm's shell goes at once and leaves what it started). Nothing is left behind.
 */

import os from 'node:os';

const LOOK_EVERY_MS = 200;
const PATIENCE_MS = 2000;

/** @type {(() => void | Promise<void>)[]} */
const works = [];
let isEnding = false;

/** @param {number} status */
function endNow(status) {
  if (isEnding) return;
  isEnding = true;
  setTimeout(() => process.exit(status), PATIENCE_MS);
  void Promise.allSettled(works.map((work) => work())).then(() => process.exit(status));
}

/** @type {(status: number) => void} */
let answer = endNow;

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => answer(128 + os.constants.signals[signal]));
}

if (process.env.npm_lifecycle_event && process.platform !== 'win32') {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    answer(128 + os.constants.signals.SIGTERM);
  }, LOOK_EVERY_MS);
  timer.unref();
}

/**
 * Does this, from now on, instead of ending at once. `work` sees to it that the script ends.
 * @param {() => void} work
 */
export function whenToldToEnd(work) {
  answer = work;
}

/**
 * Does this at the end, however it comes (but for `kill -9`).
 * @param {() => void | Promise<void>} work what it does at once is done in any case; it is waited
 *   for where that can be
 */
export function atTheEnd(work) {
  works.push(work);
  process.once('exit', () => void work());
}

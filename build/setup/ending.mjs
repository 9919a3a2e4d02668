/** How a script ends when it is told to: Ctrl+C, SIGTERM, a closed terminal. Nothing is left behind. */

import os from 'node:os';

/** @type {(status: number) => void} */
let answer = (status) => process.exit(status);

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => answer(128 + os.constants.signals[signal]));
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
 * @param {() => void} work must be quick and synchronous
 */
export function atTheEnd(work) {
  process.once('exit', work);
}

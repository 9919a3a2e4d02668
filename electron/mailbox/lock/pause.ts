/**
 * The pause between two rounds: it grows, so that a long wait costs nothing, and it is jittered, so
 * that programs which pause alike do not meet for ever. Imports shared/ only.
 */

import { MailboxError } from '../../../shared/errors.ts';

const FIRST_MS = 10;
const GROWTH = 1.5;
/**
 * Kept short: a program that waits inside the kernel gets a freed lock before one that sleeps, and
 * where several of them come and go the gaps between them last some milliseconds. A round costs less
 * than one.
 */
const LONGEST_MS = 50;

/**
 * How long to pause after so many rounds in vain, in milliseconds: half of it fixed, half by chance.
 * @param chance from 0 to 1
 */
export function pauseMs(round: number, chance: number = Math.random()): number {
  const full = Math.min(FIRST_MS * GROWTH ** round, LONGEST_MS);
  return full / 2 + (full / 2) * chance;
}

/** @throws CANCELLED at once when the signal aborts */
export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(new MailboxError('CANCELLED'));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}

/** Expands compressed archives in a thread of its own, so that nobody waits for it. */

import { Worker } from 'node:worker_threads';
import { type Expander, expandHere, type Outcome } from '../../mailbox/packed/expanding.ts';
import type { ExpandingTold } from './expanding-worker.ts';

/** @param script the built `expanding-worker.ts`; null to do without, and expand here */
export function expanderWith(script: string | null): Expander {
  if (script === null) return expandHere;
  return (request, tell) => {
    const worker = new Worker(script, { workerData: request });
    const outcome = new Promise<Outcome>((resolve) => {
      worker.on('message', (told: ExpandingTold) => {
        if (told.tell === 'expanding') tell(told.expanding);
        else resolve(told.outcome);
      });
      worker.on('error', (error) => {
        console.error(error);
        resolve('failed');
      });
      worker.on('exit', () => resolve('failed'));
    });
    // When this has settled, the thread uses no descriptor any more.
    return { outcome, stop: async () => void (await worker.terminate()) };
  };
}

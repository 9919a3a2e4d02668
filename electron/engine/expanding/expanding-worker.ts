/**
 * The thread that expands a compressed archive: entry point of a worker of node:worker_threads. It is
 * given two descriptors of the engine's, of which it opens and closes neither, tells how far it is, and
 * ends with its work.
 */

import { parentPort, workerData } from 'node:worker_threads';
import { type Expanding, type ExpandRequest, expandInto } from '../../mailbox/packed/expanding.ts';
import type { Outcome } from '../../mailbox/packed/expanding.ts';

export type ExpandingTold =
  | { readonly tell: 'expanding'; readonly expanding: Expanding }
  | { readonly tell: 'over'; readonly outcome: Outcome };

const tell = (told: ExpandingTold): void => parentPort?.postMessage(told);

const outcome = await expandInto(
  workerData as ExpandRequest,
  (expanding) => tell({ tell: 'expanding', expanding }),
  () => false,
);
tell({ tell: 'over', outcome });

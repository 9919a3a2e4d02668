/**
 * The thread that decodes envelopes beside the engine: entry point of a worker of node:worker_threads.
 * It is sent stretches of the table of contents, and answers each with a batch of envelopes; columns go
 * both ways without a copy. It reads through the engine's descriptor and never opens or closes anything
 * (mailbox/disk/shared-descriptor.ts).
 */

import { parentPort } from 'node:worker_threads';
import type { FormatName } from '../../shared/dialect-report.ts';
import type { Stretch } from '../mailbox/toc/table.ts';
import { type EnvelopeBatch, memoryOf } from '../message/envelope-batch.ts';
import { StretchReader } from './stretch-reader.ts';

export interface WorkerRequest {
  readonly descriptor: number;
  readonly format: FormatName;
  readonly stretch: Stretch;
}

/** The answer to one request, in their order; null if the file could not be read. */
export type WorkerAnswer = EnvelopeBatch | null;

const reader = new StretchReader();

function answerTo({ descriptor, format, stretch }: WorkerRequest): WorkerAnswer {
  try {
    return reader.read(descriptor, format, stretch);
  } catch {
    // The engine reads it itself then, and says what is wrong.
    return null;
  }
}

parentPort?.on('message', (request: WorkerRequest) => {
  const answer = answerTo(request);
  parentPort?.postMessage(answer, answer ? memoryOf(answer) : []);
});

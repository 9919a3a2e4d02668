/**
 * The thread that reads beside the engine: entry point of a worker of node:worker_threads. It is sent
 * sections of the file, of which it makes tables of contents and envelopes, or stretches of a table of
 * contents, of which it decodes the envelopes; it answers each request in turn, and columns go both ways
 * without a copy. It reads through the engine's descriptor and never opens or closes anything
 * (mailbox/disk/shared-descriptor.ts).
 */

import { parentPort } from 'node:worker_threads';
import type { FormatName } from '../../../shared/dialect-report.ts';
import type { SectionRequest } from '../../mailbox/section-readers.ts';
import { memoryOfRows } from '../../mailbox/toc/rows.ts';
import type { Stretch } from '../../mailbox/toc/table.ts';
import { type EnvelopeBatch, memoryOf } from '../../message/envelope-batch.ts';
import { EnvelopeDecoder } from '../../message/envelope-decoder.ts';
import { type SectionRead, SectionReader } from './section-reader.ts';
import { StretchReader } from './stretch-reader.ts';

export interface StretchRequest {
  readonly descriptor: number;
  readonly format: FormatName;
  readonly stretch: Stretch;
}

export type WorkerRequest = StretchRequest | SectionRequest;

/** The answer to one request, in their order; null if it could not be done. */
export type WorkerAnswer = EnvelopeBatch | SectionRead | null;

const decoder = new EnvelopeDecoder();
const stretches = new StretchReader(decoder);
const sections = new SectionReader(decoder);

function answer(request: WorkerRequest): void {
  if ('section' in request) {
    const read = sections.read(request);
    const memory = read && [...memoryOfRows(read.found.rows), ...memoryOf(read.envelopes)];
    parentPort?.postMessage(read, memory ?? []);
  } else {
    const { descriptor, format, stretch } = request;
    const batch = stretches.read(descriptor, format, stretch);
    parentPort?.postMessage(batch, memoryOf(batch));
  }
}

parentPort?.on('message', (request: WorkerRequest) => {
  try {
    answer(request);
  } catch {
    // The engine reads it itself then, and says what is wrong.
    parentPort?.postMessage(null);
  }
});

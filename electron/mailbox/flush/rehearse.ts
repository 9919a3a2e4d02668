/**
 * A rehearsal: the file as it will be when a plan has been carried out is scanned before a byte of it
 * is written, and every kept message must be found where the plan says.
 *
 * Seams are judged by what stands near them, and that is enough where every line is clear. In an
 * archive with doubtful lines one may be read as it is because of something further away, such as a
 * header behind several `From ` lines. Only such archives are rehearsed.
 */

import { byteOffset, messageNumber } from '../../../shared/units.ts';
import { stepByStep } from '../../../shared/steps.ts';
import { scan } from '../toc/scan.ts';
import { Table } from '../toc/table.ts';
import type { Plan } from './plan.ts';
import { tableAfterSteps } from './table-after.ts';
import { Kept } from './removal.ts';
import type { PlanRequest } from './run.ts';

/** Reads the file as it will be. */
function futureOf({ file }: PlanRequest, plan: Plan) {
  const kept = new Kept(plan.removals);
  return {
    path: file.path,
    read: async (into: Uint8Array, position: number): Promise<number> => {
      const end = Math.min(position + into.length, plan.sizeAfter);
      const border = Math.max(position, Math.min(end, kept.start));
      let filled = 0;
      if (border > position) {
        filled = await file.read(into.subarray(0, border - position), byteOffset(position));
        if (filled < border - position) return filled;
      }
      for (const stretch of kept.stretches(
        border - kept.start,
        Math.max(border, end) - kept.start,
      )) {
        const part = into.subarray(filled, filled + stretch.length);
        const read = await file.read(part, byteOffset(stretch.source));
        filled += read;
        if (read < stretch.length) break;
      }
      return filled;
    },
  };
}

/** Of so many messages in front of a removal one may be read by what is removed; of no more. */
const REACH_MESSAGES = 32;

/** Where a scan must begin to read everything that the first removal may change; 0 or a message. */
function startOf(expected: Table, plan: Plan): number {
  const first = plan.removals[0]?.offset ?? 0;
  let before = 0;
  while (before < expected.count && expected.offset(messageNumber(before)) < first) before += 1;
  const start = before - REACH_MESSAGES;
  return start <= 0 ? 0 : expected.offset(messageNumber(start));
}

/**
 * Where the first kept message would be read otherwise than the plan says.
 * @returns null if none is; an offset in the file as it will be
 * @throws CANCELLED, IO
 */
export async function rehearse(plan: Plan, request: PlanRequest): Promise<number | null> {
  const { format, reading, signal } = request;
  const { table: expected } = await stepByStep(tableAfterSteps(plan));
  const from = startOf(expected, plan);
  const found = new Table();
  await scan(
    futureOf(request, plan),
    format,
    reading,
    { from: byteOffset(from), size: plan.sizeAfter },
    { into: found, signal, onProgress: () => undefined },
  );
  let at = 0;
  for (let number = 0; number < expected.count; number++) {
    const offset = expected.offset(messageNumber(number));
    if (offset < from) continue;
    const there = at < found.count ? found.offset(messageNumber(at)) : Number.POSITIVE_INFINITY;
    if (there !== offset) return Math.min(there, offset);
    at += 1;
  }
  return at < found.count ? found.offset(messageNumber(at)) : null;
}

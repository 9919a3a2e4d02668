/**
 * Whether messages fit: one byte for each, yes, no, or not known yet. Both, either and not are then the
 * smaller, the larger and the opposite (Kleene). Imports steps, and the answers of an index.
 */

import type { Steps } from '../../../shared/steps.ts';
import { inStretches } from '../../../shared/steps.ts';
import { HOLDS, LACKS, UNKNOWN } from './text-search.ts';

export const NO = 0;
export const MAYBE = 1;
export const YES = 2;
/** The bit of a verdict that only a yes has. */
export const YES_BIT = 1;

/** The messages from `from` on to before `to`; verdicts stand at `number - from`. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** For some messages, those not wanted excepted: there a verdict may be anything. */
export type Verdicts = Uint8Array<ArrayBuffer>;

/** By what an index answers. No condition: which of a million holds, no processor can foresee. */
const VERDICT_OF = new Uint8Array(3);
VERDICT_OF[LACKS] = NO;
VERDICT_OF[HOLDS] = YES;
VERDICT_OF[UNKNOWN] = MAYBE;

/** What an index answered, as verdicts; it may know of fewer messages. */
export function* fromAnswer(answer: Uint8Array | null, { from, to }: Range): Steps<Verdicts> {
  const verdicts = new Uint8Array(to - from).fill(MAYBE);
  if (!answer) return verdicts;
  yield* inStretches(from, Math.min(to, answer.length), (first, end) => {
    for (let number = first; number < end; number++) {
      verdicts[number - from] = VERDICT_OF[answer[number] ?? UNKNOWN] ?? MAYBE;
    }
  });
  return verdicts;
}

export function* opposite(verdicts: Verdicts): Steps<Verdicts> {
  yield* inStretches(0, verdicts.length, (first, end) => {
    for (let at = first; at < end; at++) verdicts[at] = YES - (verdicts[at] ?? 0);
  });
  return verdicts;
}

/** Makes the first the smaller of the two for each message. */
export function* takeSmaller(all: Verdicts, more: Verdicts): Steps<void> {
  yield* inStretches(0, all.length, (first, end) => {
    for (let at = first; at < end; at++) {
      all[at] = Math.min(all[at] ?? NO, more[at] ?? NO);
    }
  });
}

/** Makes the first the larger of the two for each message. */
export function* takeLarger(any: Verdicts, more: Verdicts): Steps<void> {
  yield* inStretches(0, any.length, (first, end) => {
    for (let at = first; at < end; at++) {
      any[at] = Math.max(any[at] ?? NO, more[at] ?? NO);
    }
  });
}

/** Those that are wanted and do not fit yet. */
export function* stillWanted(wanted: Verdicts, found: Verdicts): Steps<Verdicts> {
  const rest = new Uint8Array(wanted.length);
  yield* inStretches(0, wanted.length, (first, end) => {
    for (let at = first; at < end; at++) {
      rest[at] = wanted[at] !== NO && found[at] !== YES ? YES : NO;
    }
  });
  return rest;
}

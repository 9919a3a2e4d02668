/**
 * Whether messages fit: one byte for each, yes, no, or not known yet. Both, either and not are then the
 * smaller, the larger and the opposite (Kleene). Imports steps, and the answers of an index.
 */

import type { Steps } from '../../../shared/steps.ts';
import { inStretches } from '../../../shared/steps.ts';
import { HOLDS, UNKNOWN } from './text-search.ts';

export const NO = 0;
export const MAYBE = 1;
export const YES = 2;

/** The messages from `from` on to before `to`; verdicts stand at `number - from`. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** For some messages, those not wanted excepted: there a verdict may be anything. */
export type Verdicts = Uint8Array<ArrayBuffer>;

/** What an index answered, as verdicts; it may know of fewer messages. */
export function* fromAnswer(answer: Uint8Array | null, { from, to }: Range): Steps<Verdicts> {
  const verdicts = new Uint8Array(to - from).fill(MAYBE);
  if (!answer) return verdicts;
  yield* inStretches(from, Math.min(to, answer.length), (first, end) => {
    for (let number = first; number < end; number++) {
      const said = answer[number];
      if (said !== UNKNOWN) verdicts[number - from] = said === HOLDS ? YES : NO;
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
      const verdict = more[at] ?? 0;
      if (verdict < (all[at] ?? 0)) all[at] = verdict;
    }
  });
}

/** Makes the first the larger of the two for each message. */
export function* takeLarger(any: Verdicts, more: Verdicts): Steps<void> {
  yield* inStretches(0, any.length, (first, end) => {
    for (let at = first; at < end; at++) {
      const verdict = more[at] ?? 0;
      if (verdict > (any[at] ?? 0)) any[at] = verdict;
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

/** Runs many inputs over many targets, and tells which of them failed so that each can be had again. */

import { Chance } from './chance.ts';
import { contentsTargets } from './contents-targets.ts';
import { contractTargets } from './contract-targets.ts';
import { journalTargets } from './journal-targets.ts';
import { lockTargets } from './lock-targets.ts';
import { messageTargets } from './message-targets.ts';
import { scanTargets } from './scan-targets.ts';
import type { Target } from './target.ts';

export const TARGETS: readonly Target[] = [
  ...scanTargets,
  ...contentsTargets,
  ...journalTargets,
  ...lockTargets,
  ...messageTargets,
  ...contractTargets,
];

/** An input that something of ours did not bear. */
export interface Failure {
  readonly target: string;
  readonly index: number;
  readonly why: string;
  readonly input: Uint8Array | string | null;
}

export interface Campaign {
  readonly seed: number;
  readonly from: number;
  readonly inputs: number;
  readonly targets: readonly Target[];
  /** Told before each input. */
  readonly onInput?: (target: string, index: number) => void;
}

export interface Outcome {
  readonly failures: readonly Failure[];
  /** For each target how many inputs it had, and the milliseconds they took. */
  readonly spent: ReadonlyMap<string, { readonly inputs: number; readonly ms: number }>;
}

/** So many failures are enough to look at. */
const FAILURES_MAX = 20;

/** The target of an input follows from the seed and the input's number alone. */
function targetOf(chance: Chance, targets: readonly Target[]): Target {
  const all = targets.reduce((sum, { share }) => sum + share, 0);
  let left = chance.integer(1, all);
  for (const target of targets) {
    left -= target.share;
    if (left <= 0) return target;
  }
  throw new Error('no target');
}

/** Tries every input; ends early only if too many fail. */
export async function runCampaign(campaign: Campaign): Promise<Outcome> {
  const { seed, from, inputs, targets, onInput } = campaign;
  const failures: Failure[] = [];
  const spent = new Map(targets.map(({ name }) => [name, { inputs: 0, ms: 0 }]));
  for (let index = from; index < from + inputs && failures.length < FAILURES_MAX; index++) {
    const chance = new Chance(seed, index);
    const target = targetOf(chance, targets);
    onInput?.(target.name, index);
    const begun = performance.now();
    try {
      await target.attempt(chance);
    } catch (error) {
      const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
      failures.push({ target: target.name, index, why, input: chance.noted });
    }
    const one = spent.get(target.name);
    if (one) {
      one.inputs += 1;
      one.ms += performance.now() - begun;
    }
  }
  return { failures, spent };
}

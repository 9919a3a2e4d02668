/**
 * Long computations in steps, between which others may have their turn: for every room of the engine.
 * Imports nothing.
 *
 * A step is what stands between two yields: a few milliseconds. The same computation runs at once
 * where somebody waits for nothing else, and in turns where somebody does.
 */

// Both are there wherever this runs, and this room knows no platform.
declare const setImmediate: (act: () => void) => unknown;
declare const performance: { now(): number };

export type Steps<Result> = Generator<undefined, Result, undefined>;

/** So many items are a step, where each is little work. */
export const STEP_ITEMS = 1 << 15;
/** Steps run together for so long. */
const TURN_MS = 8;

/** Lets others have their turn. */
export const breath = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * For what is long and waits for things in between.
 * @returns to be awaited before each piece: others have their turn then, if ours has been long enough
 */
export function sharing(): () => Promise<void> {
  let turnEnd = performance.now() + TURN_MS;
  return async () => {
    if (performance.now() < turnEnd) return;
    await breath();
    turnEnd = performance.now() + TURN_MS;
  };
}

/** Runs all steps one after the other. */
export function atOnce<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/**
 * Runs the steps in short turns.
 * @param isWanted asked between turns
 * @returns null if it was no longer wanted
 */
export async function inTurns<Result>(
  steps: Steps<Result>,
  isWanted: () => boolean,
): Promise<{ readonly value: Result } | null> {
  for (let turnEnd = performance.now() + TURN_MS; ; ) {
    const { done, value } = steps.next();
    if (done) return { value };
    if (performance.now() < turnEnd) continue;
    await breath();
    if (!isWanted()) return null;
    turnEnd = performance.now() + TURN_MS;
  }
}

/** Runs all steps in short turns. */
export async function stepByStep<Result>(steps: Steps<Result>): Promise<Result> {
  for (;;) {
    const made = await inTurns(steps, () => true);
    if (made) return made.value;
  }
}

/** Calls `act` for stretches of the numbers from `from` on to before `to`, each a step. */
export function* inStretches(
  from: number,
  to: number,
  act: (from: number, to: number) => void,
): Steps<void> {
  for (let at = from; at < to; at += STEP_ITEMS) {
    act(at, Math.min(to, at + STEP_ITEMS));
    yield;
  }
}

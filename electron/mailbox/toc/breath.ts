/** Long computations, between whose steps others have their turn. Imports nothing. */

/** Gives calls that wait their turn. */
export function breath(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** A computation; what stands between two yields takes a few milliseconds. */
export type Steps<Result> = Generator<undefined, Result, undefined>;

/** So many messages are a step, where there is little to do with each. */
export const STEP_MESSAGES = 1 << 17;

/** One step after the other; whoever waits has a turn between them. */
export async function stepByStep<Result>(steps: Steps<Result>): Promise<Result> {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    await breath();
  }
}

/** All steps in one go. */
export function stepsAtOnce<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

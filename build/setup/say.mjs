/** How set-up speaks: one line a step on standard error, and one plain sentence when it cannot go on. */

/** What a person has to do before set-up can go on. Shown without a stack trace. */
export class SetupError extends Error {}

/** @param {string} line */
export function say(line) {
  process.stderr.write(`mailkeep: ${line}\n`);
}

/**
 * Runs a script's work; a SetupError becomes its sentence and exit status 1.
 * @param {() => Promise<unknown>} work
 */
export async function told(work) {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    process.stderr.write(`\nmailkeep: ${error.message}\n`);
    process.exit(1);
  }
}

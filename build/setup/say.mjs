/** How set-up speaks: one line a step on standard error, and one plain sentence when it cannot go on. */

/** What a person has to do before set-up can go on. Shown without a stack trace. */
export class SetupError extends Error {
  /**
   * @param {string} sentence what happened and what to do
   * @param {string} [evidence] what a failed program said, shown before the sentence
   */
  constructor(sentence, evidence = '') {
    super(sentence);
    this.evidence = evidence;
  }
}

/** @param {string} line */
export function say(line) {
  process.stderr.write(`mailkeep: ${line}\n`);
}

/**
 * The sentence for what nobody has foreseen: mostly the disk.
 * @param {NodeJS.ErrnoException} error
 */
function sentenceOf(error) {
  const place = error.path ?? 'the disk';
  switch (error.code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'The disk is full. Free about 1 GB, then try again.';
    case 'EACCES':
    case 'EPERM':
      return `There is no permission to write ${place}. Make it yours (sudo chown -R "$USER" "${place}"), then try again.`;
    case 'EROFS':
      return `${place} is on a read-only disk. Set MAILKEEP_RUNTIME_CACHE to a folder that can be written, then try again.`;
    default:
      return `Set-up failed: ${error.message}. MAILKEEP_TRACE=1 before the command shows where.`;
  }
}

/**
 * Runs a script's work; whatever goes wrong becomes one sentence and exit status 1.
 * @param {() => Promise<unknown>} work
 */
export async function told(work) {
  try {
    await work();
  } catch (error) {
    if (process.env.MAILKEEP_TRACE || !(error instanceof Error)) throw error;
    const foreseen = error instanceof SetupError;
    const evidence = foreseen ? error.evidence.replace(/^\s+at .*\n?/gm, '').trim() : '';
    if (evidence) process.stderr.write(`${evidence}\n`);
    process.stderr.write(`\nmailkeep: ${foreseen ? error.message : sentenceOf(error)}\n`);
    process.exit(1);
  }
}

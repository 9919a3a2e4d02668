/** Runs a program and waits for it. */

import { spawn } from 'node:child_process';
import { SetupError } from './say.mjs';

/**
 * @typedef {object} Finished
 * @property {number} status
 * @property {string} output standard output and error together
 */

/**
 * Runs a program without a shell and without input.
 * @param {string} program
 * @param {readonly string[]} words
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, limitMs?: number, show?: 'output' | 'nothing' }} [options]
 * @returns {Promise<Finished>}
 */
export function run(program, words, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, words, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32' && program === 'npm',
    });
    let output = '';
    /** @param {Buffer} bytes */
    const take = (bytes) => {
      output += bytes;
      if (options.show === 'output') process.stderr.write(bytes);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    const timer = options.limitMs && setTimeout(() => child.kill('SIGKILL'), options.limitMs);
    child.on('error', (error) => {
      clearTimeout(timer || undefined);
      resolve({ status: 127, output: String(error) });
    });
    child.on('close', (status) => {
      clearTimeout(timer || undefined);
      resolve({ status: status ?? 1, output });
    });
  });
}

/**
 * Like `run`, but a failure ends set-up.
 * @param {string} program
 * @param {readonly string[]} words
 * @param {string} remedy what a person can do about it
 * @param {Parameters<typeof run>[2]} [options]
 */
export async function mustRun(program, words, remedy, options) {
  const { status, output } = await run(program, words, options);
  if (status === 0) return output;
  const last = output.trim().split('\n').slice(-12).join('\n');
  throw new SetupError(`"${program} ${words.join(' ')}" failed. ${remedy}\n${last}`);
}

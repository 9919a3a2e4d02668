/** Runs a program and waits for it. */

import { spawn } from 'node:child_process';
import { atTheEnd } from './ending.mjs';
import { SetupError } from './say.mjs';

/**
 * @typedef {object} Finished
 * @property {number} status
 * @property {string} output standard output and error together
 */

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
atTheEnd(() => {
  for (const child of running) child.kill();
});

/**
 * Runs a program without a shell and without input. It does not outlive the script.
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
    running.add(child);
    let output = '';
    /** @param {Buffer} bytes */
    const take = (bytes) => {
      output += bytes;
      if (options.show === 'output') process.stderr.write(bytes);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    const timer = options.limitMs && setTimeout(() => child.kill('SIGKILL'), options.limitMs);
    /** @param {Finished} finished */
    const finish = (finished) => {
      clearTimeout(timer || undefined);
      running.delete(child);
      resolve(finished);
    };
    child.on('error', (error) => finish({ status: 127, output: error.message }));
    child.on('close', (status) => finish({ status: status ?? 1, output }));
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
  const name = program === process.execPath ? 'node' : program;
  throw new SetupError(`"${name} ${words.join(' ')}" failed. ${remedy}`, last);
}

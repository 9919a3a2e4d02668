/** Runs a command so that it finds the Electron in use, and a display: `node build/with-runtime.mjs COMMAND...` */

import { spawn } from 'node:child_process';
import { openTestDisplays } from './setup/display.mjs';
import { electronEnvironment, prepareElectron } from './setup/electron.mjs';
import { whenToldToEnd } from './setup/ending.mjs';
import { prepareSandbox } from './setup/sandbox.mjs';
import { SetupError, told } from './setup/say.mjs';

/**
 * @param {string} command @param {readonly string[]} words @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>} the exit status
 */
function follow(command, words, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, words, { env, stdio: 'inherit' });
    whenToldToEnd(() => child.kill());
    child.on('error', (error) => {
      reject(new SetupError(`"${command}" does not start: ${error.message}.`));
    });
    child.on('close', (status) => resolve(status ?? 1));
  });
}

await told(async () => {
  const [command, ...words] = process.argv.slice(2);
  if (!command) throw new SetupError('Usage: node build/with-runtime.mjs COMMAND...');
  const runtime = await prepareElectron();
  await prepareSandbox(runtime, 'tests');
  const display = await openTestDisplays();
  const status = await follow(command, words, { ...electronEnvironment(runtime), ...display.env });
  await display.stop();
  process.exit(status);
});

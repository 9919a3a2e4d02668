/** Runs a command so that it finds the Electron in use, and a display: `node build/with-runtime.mjs COMMAND...` */

import { spawn } from 'node:child_process';
import { openDisplay } from './setup/display.mjs';
import { electronEnvironment, prepareElectron } from './setup/electron.mjs';
import { told } from './setup/say.mjs';

await told(async () => {
  const [command = 'true', ...words] = process.argv.slice(2);
  const display = await openDisplay();
  const env = { ...electronEnvironment(await prepareElectron()), ...display.env };
  const child = spawn(command, words, { env, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => process.stderr.write(`${error.message}\n`));
  child.on('close', (status) => {
    display.stop();
    process.exit(status ?? 1);
  });
});

/** `npm run -s electron:path`: prints the Electron binary in use, and nothing else. */

import { prepareElectron } from './setup/electron.mjs';
import { installPackages } from './setup/packages.mjs';
import { told } from './setup/say.mjs';
import { prepareSystem } from './setup/system.mjs';

await told(async () => {
  await prepareSystem('app');
  await installPackages();
  const { binary } = await prepareElectron();
  process.stdout.write(`${binary}\n`);
});

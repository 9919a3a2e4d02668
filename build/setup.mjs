/** `npm run setup`: everything that must be there before the app or the tests can start. */

import { pathToFileURL } from 'node:url';
import { buildAll } from './setup/bundle.mjs';
import { prepareElectron } from './setup/electron.mjs';
import { installPackages } from './setup/packages.mjs';
import { say, told } from './setup/say.mjs';
import { prepareSystem } from './setup/system.mjs';

/**
 * Does what is missing; quick if nothing is.
 * @param {'app' | 'tests' | 'bench'} purpose
 * @returns {Promise<import('./setup/electron.mjs').Runtime>}
 */
export async function setUp(purpose) {
  await prepareSystem(purpose);
  await installPackages();
  const runtime = await prepareElectron();
  await buildAll();
  return runtime;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await told(async () => {
    await setUp('app');
    say('ready: "npm start" opens the app, "npm test" runs every test');
  });
}

/** `npm run fuzz [-- --seed N --inputs N]`: runs test/fuzz/fuzz.ts under plain Node. */

import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { bundleForNode } from './bundle-for-node.mjs';
import { root } from './setup/places.mjs';
import { say, told } from './setup/say.mjs';
import { setUp } from './setup.mjs';

await told(async () => {
  await setUp('app');
  const script = await bundleForNode(path.join(root, 'test/fuzz/fuzz.ts'), 'fuzz');
  say('--- fuzz');
  const words = [script, ...process.argv.slice(2)];
  const { status } = spawnSync(process.execPath, words, { cwd: root, stdio: 'inherit' });
  process.exitCode = status ?? 1;
});

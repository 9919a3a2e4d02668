/**
 * `npm run bench -- NAME [WORDS...]`: runs test/bench/NAME.bench.ts under plain Node, without a test
 * runner in between; the words are its arguments. Without a name it lists what can be measured.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { bundleForNode } from './bundle-for-node.mjs';
import { root } from './setup/places.mjs';
import { SetupError, say, told } from './setup/say.mjs';
import { setUp } from './setup.mjs';

const folder = path.join(root, 'test/bench');
const ENDING = '.bench.ts';
/** These open windows: they need Electron and a display. */
const IN_WINDOWS = ['package', 'window'];
const WITH_RUNTIME = path.join(root, 'build/with-runtime.mjs');

function names() {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => file.endsWith(ENDING));
  return files.map((file) => file.slice(0, -ENDING.length));
}

await told(async () => {
  const [name, ...words] = process.argv.slice(2);
  if (!name || !names().includes(name)) {
    throw new SetupError(`Which one? npm run bench -- ${names().join(' | ') || '(none yet)'}`);
  }
  await setUp('bench');
  const script = await bundleForNode(path.join(folder, name + ENDING), 'bench');
  // What an engine starts beside itself stands beside the script.
  for (const worker of ['envelopes/envelope-worker.ts', 'indexing/text-worker.ts']) {
    await bundleForNode(path.join(root, 'electron/engine', worker), 'bench');
  }
  say(`--- ${name}`);
  const nodeWords = ['--expose-gc', script, ...words];
  const before = IN_WINDOWS.includes(name) ? [WITH_RUNTIME, process.execPath] : [];
  const { status } = spawnSync(process.execPath, [...before, ...nodeWords], {
    cwd: root,
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
});

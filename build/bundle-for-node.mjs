/** Bundles one TypeScript file of ours, with all it imports, into a script that plain Node runs. */

import path from 'node:path';
import { out, root } from './setup/places.mjs';

/**
 * Packages stay outside.
 * @param {string} entry path of the file
 * @param {string} folder below `out`
 * @returns {Promise<string>} the script
 */
export async function bundleForNode(entry, folder) {
  const { build } = await import('vite');
  const outDir = path.join(out, folder);
  const name = `${path.basename(entry).split('.')[0]}.mjs`;
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: entry,
      target: 'node20.18',
      outDir,
      emptyOutDir: false,
      rolldownOptions: { output: { entryFileNames: name, codeSplitting: false } },
    },
  });
  return path.join(outDir, name);
}

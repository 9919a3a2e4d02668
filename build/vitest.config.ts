/** Vitest: everything that runs under plain Node. Forks, never threads: fcntl locks belong to a process. */

import path from 'node:path';
import { defineConfig } from 'vitest/config';

const root = path.resolve(import.meta.dirname, '..');

export default defineConfig({
  root,
  cacheDir: path.join(root, 'out/vite-cache'),
  test: {
    include: ['test/{unit,model,interop,fault,fuzz,house}/**/*.test.ts'],
    environment: 'node',
    // What tests open leaves no catalog in the person's own cache.
    env: { XDG_CACHE_HOME: path.join(root, 'out/test-cache') },
    pool: 'forks',
    isolate: true,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});

/** Vitest: everything that runs under plain Node. Forks, never threads: fcntl locks belong to a process. */

import { availableParallelism } from 'node:os';
import path from 'node:path';
import { defineConfig } from 'vitest/config';

const root = path.resolve(import.meta.dirname, '..');

/** Tests of these folders side by side, on `workers` processors, once those of the groups before have ended. */
const group = (name: string, folders: string, order: number, workers: number) => ({
  extends: true as const,
  test: {
    name,
    include: [`test/${folders}/**/*.test.ts`],
    maxWorkers: workers,
    sequence: { groupOrder: order },
  },
});

export default defineConfig({
  root,
  cacheDir: path.join(root, 'out/vite-cache'),
  test: {
    environment: 'node',
    // What tests open leaves no catalog in the person's own cache.
    env: { XDG_CACHE_HOME: path.join(root, 'out/test-cache') },
    pool: 'forks',
    isolate: true,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      group('side by side', '{unit,model,house,fuzz}', 0, availableParallelism()),
      // Races with other programs, and kills, have the machine for themselves.
      group('alone', '{interop,fault}', 1, 1),
    ],
  },
});

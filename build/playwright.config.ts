/** Playwright: the real window. One at a time, never a second try. */

import path from 'node:path';
import { defineConfig } from '@playwright/test';

const root = path.resolve(import.meta.dirname, '..');

export default defineConfig({
  testDir: path.join(root, 'test/e2e'),
  outputDir: path.join(root, 'out/e2e'),
  workers: 1,
  retries: 0,
  timeout: 120_000,
  // Long enough for an engine to start on a machine that has much else to do: it tells a hang, not a speed.
  expect: { timeout: 20_000 },
  reporter: [['list'], ['json', { outputFile: path.join(root, 'out/reports/e2e.json') }]],
});

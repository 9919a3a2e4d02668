/** Playwright: the real window. One at a time on each display, never a second try. */

import path from 'node:path';
import { defineConfig } from '@playwright/test';

const root = path.resolve(import.meta.dirname, '..');

/** Virtual displays by name, one for each worker: two windows on one would take the keyboard from each other. */
const displays = process.env['MAILKEEP_DISPLAYS']?.split(' ') ?? [];
/** This process's own, where it is a worker. */
const display = displays[Number(process.env['TEST_PARALLEL_INDEX'])];
if (display) process.env['DISPLAY'] = display;

export default defineConfig({
  testDir: path.join(root, 'test/e2e'),
  outputDir: path.join(root, 'out/e2e'),
  workers: Math.max(1, displays.length),
  retries: 0,
  timeout: 120_000,
  // Long enough for an engine to start on a machine that has much else to do: it tells a hang, not a speed.
  expect: { timeout: 20_000 },
  reporter: [['list'], ['json', { outputFile: path.join(root, 'out/reports/e2e.json') }]],
});

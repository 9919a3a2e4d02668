/**
 * `npm test [-- PATTERN]`: sets up what is missing and runs every test: types, lint, everything
 * under plain Node, and the real window. Part after part, whatever fails; the last line counts.
 */

import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { openTestDisplays } from './setup/display.mjs';
import { electronEnvironment } from './setup/electron.mjs';
import { modules, out, root } from './setup/places.mjs';
import { readPlaywright, readVitest } from './setup/report.mjs';
import { run } from './setup/run.mjs';
import { prepareSandbox } from './setup/sandbox.mjs';
import { say, told } from './setup/say.mjs';
import { setUp } from './setup.mjs';

const patterns = process.argv.slice(2);
const reports = path.join(out, 'reports');

/** @typedef {import('./setup/report.mjs').Count} Count */

/**
 * @param {string} name @param {string} program path below node_modules
 * @param {readonly string[]} words @param {NodeJS.ProcessEnv} env
 */
async function part(name, program, words, env) {
  say(`--- ${name}`);
  const script = path.join(modules, program);
  const { status } = await run(process.execPath, [script, ...words], {
    cwd: root,
    env,
    show: 'output',
  });
  return status;
}

/** @param {number} status @returns {Count} */
const asOneTest = (status) => ({
  passed: status === 0 ? 1 : 0,
  failed: status === 0 ? 0 : 1,
  skipped: [],
});

await told(async () => {
  const runtime = await setUp('tests');
  await prepareSandbox(runtime, 'tests');
  const display = await openTestDisplays();
  const env = { ...electronEnvironment(runtime), ...display.env, NO_COLOR: '1' };
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  /** @type {Count[]} */
  const counts = [];

  if (patterns.length === 0) {
    counts.push(asOneTest(await part('types', 'typescript/bin/tsc', ['-b'], env)));
    const lint = ['check', '--config-path=build/lint.jsonc', '.'];
    counts.push(asOneTest(await part('lint', '@biomejs/biome/bin/biome', lint, env)));
  }
  const unit = path.join(reports, 'unit.json');
  const vitest = [
    'run',
    '--config=build/vitest.config.ts',
    '--reporter=default',
    '--reporter=json',
  ];
  const chosen = [...vitest, `--outputFile.json=${unit}`, '--passWithNoTests', ...patterns];
  counts.push(readVitest(unit, await part('under Node', 'vitest/vitest.mjs', chosen, env)));
  const e2e = ['test', '--config=build/playwright.config.ts', '--pass-with-no-tests', ...patterns];
  const window = await part('in the window', '@playwright/test/cli.js', e2e, env);
  counts.push(readPlaywright(path.join(reports, 'e2e.json'), window));
  await display.stop();

  const skipped = counts.flatMap((count) => count.skipped);
  for (const name of skipped) process.stdout.write(`skipped: ${name}\n`);
  const passed = counts.reduce((sum, count) => sum + count.passed, 0);
  const failed = counts.reduce((sum, count) => sum + count.failed, 0);
  process.stdout.write(`${passed} passed, ${failed} failed, ${skipped.length} skipped\n`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
});

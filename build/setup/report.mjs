/** Reads what the test runners wrote, as one count and one list of names. */

import { readFileSync } from 'node:fs';

/**
 * @typedef {object} Count
 * @property {number} passed
 * @property {number} failed
 * @property {readonly string[]} skipped names
 */

/** @param {string} file @returns {any} */
function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

/**
 * A runner that failed without counting a failure (a file that does not load) counts as one.
 * @param {Count} count @param {number} status
 * @returns {Count}
 */
function withStatus(count, status) {
  return status !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
}

/**
 * A file that does not load, or fails outside its tests, counts as one failed test.
 * @param {string} file @param {number} status @returns {Count}
 */
export function readVitest(file, status) {
  const report = read(file);
  /** @type {{ status: string, fullName: string }[]} */
  const tests = (report?.testResults ?? []).flatMap(
    /** @param {{ assertionResults: { status: string, fullName: string }[] }} result */
    (result) => result.assertionResults,
  );
  /** @type {{ status: string, assertionResults: { status: string }[] }[]} */
  const files = report?.testResults ?? [];
  const brokenFiles = files.filter(
    (file) =>
      file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  );
  return withStatus(
    {
      passed: tests.filter((test) => test.status === 'passed').length,
      failed: tests.filter((test) => test.status === 'failed').length + brokenFiles.length,
      skipped: tests
        .filter((test) => test.status !== 'passed' && test.status !== 'failed')
        .map((test) => test.fullName),
    },
    status,
  );
}

/** @param {string} file @param {number} status @returns {Count} */
export function readPlaywright(file, status) {
  const report = read(file);
  /** @type {string[]} */
  const skipped = [];
  /** @param {{ suites?: any[], specs?: any[] }} suite */
  const visit = (suite) => {
    for (const spec of suite.specs ?? []) {
      if (spec.tests.every((/** @type {any} */ test) => test.status === 'skipped')) {
        skipped.push(spec.title);
      }
    }
    for (const inner of suite.suites ?? []) visit(inner);
  };
  visit({ suites: report?.suites ?? [] });
  const stats = report?.stats ?? { expected: 0, unexpected: 0, flaky: 0 };
  const count = { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped };
  return withStatus(count, status);
}

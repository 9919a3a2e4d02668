/**
 * Goal: what Python's single-file mailboxes promise their callers, ours keep too, and where they do
 * not, one of our promises forbids it.
 * Method: CPython's own test.test_mailbox, as the system's package installs it, runs against
 * `mailkeep serve --stdio` through cpython/adapter.py. What does not pass must be in
 * cpython/expected.ts, and what is there must not pass, and say so.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runPeer } from '../support/peers.ts';
import { RUNS, type Run } from './cpython/expected.ts';

const CLI = path.resolve(import.meta.dirname, '../../out/main/cli.js');
const RUN = path.resolve(import.meta.dirname, 'cpython/run.py');
/** The system's own Python: the suite is installed for it, and for no other on the PATH. */
const PYTHON = '/usr/bin/python3';
const LIMIT_MS = 300_000;

interface Outcome {
  readonly ran: readonly string[];
  readonly skipped: readonly string[];
  /** What was said of each test that did not pass. */
  readonly failed: Readonly<Record<string, string>>;
}

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-cpython-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function outcomeOf({ suite, rule }: Run): Promise<Outcome> {
  const { output } = await runPeer(PYTHON, ['-BEs', RUN, suite], {
    folder,
    limitMs: LIMIT_MS,
    environment: {
      MAILKEEP_SERVE: JSON.stringify([process.execPath, CLI, 'serve', '--stdio']),
      MAILKEEP_RULE: rule,
      XDG_STATE_HOME: path.join(folder, 'state'),
    },
  });
  return JSON.parse(output) as Outcome;
}

it.each(RUNS)(
  'CPython $suite passes, read by rule $rule, but for what a promise forbids',
  async (run) => {
    const { ran, skipped, failed } = await outcomeOf(run);
    // Newer versions have more tests, among them some that only root can run.
    expect(ran.length - skipped.length).toBeGreaterThanOrEqual(run.testsMin);
    const unlisted = { ...failed };
    for (const { test, says } of run.differences) {
      expect(failed[test] ?? 'it passes: strike it from the table', test).toContain(says);
      delete unlisted[test];
    }
    expect(unlisted, 'fails, and no promise is named').toEqual({});
  },
  LIMIT_MS + 10_000,
);

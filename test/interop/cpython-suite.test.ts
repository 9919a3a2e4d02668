/**
 * Goal: what Python's single-file mailboxes promise their callers, ours keep too, and where they do
 * not, one of our promises forbids it.
 * Method: CPython's own test.test_mailbox, as the system's package installs it, runs against
 * `mailkeep serve --stdio` through cpython/adapter.py. What does not pass must be in
 * cpython/expected.ts, and what is there must not pass.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runPeer } from '../support/peers.ts';
import { DIFFERENCES, type Suite } from './cpython/expected.ts';

const CLI = path.resolve(import.meta.dirname, '../../out/main/cli.js');
const RUN = path.resolve(import.meta.dirname, 'cpython/run.py');
/** The system's own Python: the suite is installed for it, and for no other on the PATH. */
const PYTHON = '/usr/bin/python3';
const LIMIT_MS = 300_000;

/** Of the inherited tests alone there are more; fewer would mean that something was not run. */
const TESTS_MIN: Readonly<Record<Suite, number>> = { TestMbox: 50, TestMMDF: 48, TestBabyl: 40 };

interface Outcome {
  readonly ran: readonly string[];
  readonly skipped: readonly string[];
  /** What was said of each test that did not pass. */
  readonly failed: Readonly<Record<string, readonly string[]>>;
}

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-cpython-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function runSuite(suite: Suite): Promise<Outcome> {
  const { output } = await runPeer(PYTHON, ['-BEs', RUN, suite], {
    folder,
    limitMs: LIMIT_MS,
    environment: {
      MAILKEEP_SERVE: JSON.stringify([process.execPath, CLI, 'serve', '--stdio']),
      XDG_STATE_HOME: path.join(folder, 'state'),
    },
  });
  return JSON.parse(output) as Outcome;
}

it.each(['TestMbox', 'TestMMDF', 'TestBabyl'] as const)(
  'CPython %s passes, but for what a promise forbids',
  async (suite) => {
    const { ran, skipped, failed } = await runSuite(suite);
    expect(ran.length).toBeGreaterThanOrEqual(TESTS_MIN[suite]);
    expect(skipped).toEqual([]);
    const listed = DIFFERENCES[suite].map(({ test }) => test).filter((test) => ran.includes(test));
    const unlisted = Object.entries(failed).filter(([test]) => !listed.includes(test));
    expect(Object.fromEntries(unlisted), 'fails, and no promise is named').toEqual({});
    expect(
      listed.filter((test) => !(test in failed)),
      'passes by now: strike it from the table',
    ).toEqual([]);
  },
  LIMIT_MS + 10_000,
);

/**
 * Whether Chromium can put windows into its sandbox. Ubuntu since 23.10, hardened kernels and most
 * containers deny the user namespaces it is made of; then the helper that comes with Electron has to
 * belong to root. Without either Electron would end at once with a page of text.
 */

import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { run } from './run.mjs';
import { SetupError, say } from './say.mjs';

/** Ubuntu lets anybody make a namespace, but one that is good for nothing. */
const APPARMOR = '/proc/sys/kernel/apparmor_restrict_unprivileged_userns';

async function hasNamespaces() {
  if (existsSync(APPARMOR) && readFileSync(APPARMOR, 'utf8').trim() === '1') return false;
  const { status } = await run('unshare', ['--user', '--map-root-user', 'true']);
  // 127: there is no such program to ask with. Electron itself will tell.
  return status === 0 || status === 127;
}

/**
 * For the app a missing sandbox is a reason to stop; tests run what they know, and go on without.
 * @param {{ readonly dist: string }} runtime
 * @param {'app' | 'tests'} purpose
 */
export async function prepareSandbox({ dist }, purpose) {
  if (process.platform !== 'linux' || process.getuid?.() === 0) return;
  if (process.env.ELECTRON_DISABLE_SANDBOX || (await hasNamespaces())) return;
  const door = path.join(dist, 'chrome-sandbox');
  const facts = statSync(door, { throwIfNoEntry: false });
  if (facts?.uid === 0 && facts.mode & 0o4000) return;
  if (purpose === 'tests') {
    say('this system denies Chromium its sandbox: the tests run without');
    process.env.ELECTRON_DISABLE_SANDBOX = '1';
    return;
  }
  throw new SetupError(
    `This system denies Chromium its sandbox unless root helps. Run this once, then try again:\n\n    sudo chown root:root "${door}" && sudo chmod 4755 "${door}"\n\nIn a container that you trust, set ELECTRON_DISABLE_SANDBOX=1 instead.`,
  );
}

/**
 * Whether Chromium can put windows into its sandbox. Ubuntu since 23.10 and hardened kernels deny
 * the user namespaces it is made of; then the package's own helper has to belong to root.
 */

import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { SetupError } from './say.mjs';

/** Kernel settings under which a program of an ordinary user gets no namespace. */
const DENIED = {
  '/proc/sys/kernel/apparmor_restrict_unprivileged_userns': '1',
  '/proc/sys/kernel/unprivileged_userns_clone': '0',
  '/proc/sys/user/max_user_namespaces': '0',
};

/** Without it Electron ends at once with a page of text. As root there is no sandbox anyway. */
export function checkSandbox(/** @type {{ readonly dist: string }} */ { dist }) {
  if (process.platform !== 'linux' || process.getuid?.() === 0) return;
  if (process.env.ELECTRON_DISABLE_SANDBOX) return;
  const denied = Object.entries(DENIED).some(
    ([file, value]) => existsSync(file) && readFileSync(file, 'utf8').trim() === value,
  );
  if (!denied) return;
  const door = path.join(dist, 'chrome-sandbox');
  const facts = statSync(door, { throwIfNoEntry: false });
  if (facts?.uid === 0 && facts.mode & 0o4000) return;
  throw new SetupError(
    `This system lets Electron make its sandbox only with root's help. Run this once, then try again:\n\n    sudo chown root:root "${door}" && sudo chmod 4755 "${door}"\n`,
  );
}

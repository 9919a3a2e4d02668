/** Where things lie: the project, its ignored output, and the cache that checkouts share. */

import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const out = path.join(root, 'out');
export const modules = path.join(root, 'node_modules');

/** Survives `npm ci` and is shared by checkouts. */
export const cache =
  process.env.MAILKEEP_RUNTIME_CACHE ||
  path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'mailkeep-build');

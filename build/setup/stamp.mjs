/** Remembers for what state of its inputs a step was last done, so that it is not done again. */

import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * The digest of files by name, size and time of change: quick, and right for a working copy.
 * @param {readonly string[]} places files and folders; what is missing counts as missing
 */
export function stateOf(places) {
  const hash = createHash('sha256');
  /** @param {string} place */
  const visit = (place) => {
    const facts = statSync(place, { throwIfNoEntry: false });
    if (facts?.isDirectory()) {
      for (const name of readdirSync(place).sort()) visit(path.join(place, name));
    } else hash.update(`${place} ${facts?.size} ${facts?.mtimeMs}\n`);
  };
  for (const place of places) visit(place);
  return hash.digest('hex');
}

/**
 * @param {string} file
 * @param {string} state
 */
export function isStamped(file, state) {
  try {
    return readFileSync(file, 'utf8') === state;
  } catch {
    return false;
  }
}

/**
 * @param {string} file
 * @param {string} state
 */
export function stamp(file, state) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, state);
}

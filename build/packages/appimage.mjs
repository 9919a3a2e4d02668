/**
 * Stands in for the tools with which electron-builder makes an AppImage, where its own cannot be fetched:
 * the system's mksquashfs, and a runtime that needs unsquashfs where the real one needs nothing.
 */

import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../setup/places.mjs';

/** Where the file system begins; `appimage-runtime.sh` knows it, too. */
const OFFSET = 4096;

/** Lays the tools out as electron-builder looks for them. @returns {string} the folder */
export function appImageTools() {
  const folder = path.join(root, 'out/appimage-tools');
  rmSync(folder, { recursive: true, force: true });
  for (const name of ['runtimes', 'lib/x64'])
    mkdirSync(path.join(folder, name), { recursive: true });
  symlinkSync('/usr/bin/mksquashfs', path.join(folder, 'mksquashfs'));
  // Asked for, and never run: a test validates the entry.
  symlinkSync('/bin/true', path.join(folder, 'desktop-file-validate'));
  const runtime = readFileSync(path.join(import.meta.dirname, 'appimage-runtime.sh'));
  writeFileSync(
    path.join(folder, 'runtimes/runtime-x64'),
    Buffer.concat([runtime, Buffer.alloc(OFFSET - runtime.length, '\n')]),
  );
  return folder;
}

/** Exports of an archive by the engine in this process, and what then stands in a folder. */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Archive } from '../../electron/engine/archive/archive.ts';
import type { Exported, ExportOptions } from '../../shared/export-contract.ts';
import { type Key, messageNumber } from '../../shared/units.ts';

export function allKeys(archive: Archive): Key[] {
  return Array.from({ length: archive.count }, (_none, at) => archive.keyOf(messageNumber(at)));
}

/** Exports all messages, or those of `keys`, as the terminal does. @throws as the engine */
export function exportAll(
  archive: Archive,
  to: string,
  options: ExportOptions,
  more: { readonly keys?: readonly Key[]; readonly ifTaken?: 'number' | 'refuse' } = {},
): Promise<Exported> {
  const { keys = allKeys(archive), ifTaken = 'refuse' } = more;
  return archive.exporting.run({ keys, place: { path: to, ifTaken }, options });
}

/** A name under which a file is being written. */
export const isUnfinished = (name: string): boolean => /^\.mailkeep-[0-9a-f-]+\.part$/.test(name);

/** Every finished file below a folder, by its path from there, with its bytes as Latin-1. */
export function filesBelow(folder: string, within = ''): Map<string, string> {
  const files = new Map<string, string>();
  for (const name of readdirSync(path.join(folder, within)).sort()) {
    const inner = path.join(within, name);
    if (isUnfinished(name)) continue;
    if (statSync(path.join(folder, inner)).isDirectory()) {
      for (const [file, bytes] of filesBelow(folder, inner)) files.set(file, bytes);
    } else files.set(inner, readFileSync(path.join(folder, inner), 'latin1'));
  }
  return files;
}

/** Names that were left though nothing is being written any more. */
export function unfinishedBelow(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => isUnfinished(path.basename(name)));
}

/** What the commands that compact have in common: where copies go, and what they say at the end. */

import type { Flushed } from '../../shared/contract.ts';
import type { Copy } from '../engine/archive-request.ts';
import type { Words } from './command.ts';
import type { Print } from './print.ts';

/** Where what is removed is kept, by `--keep-copy FILE`. */
export function copyOption(options: Words['options']): Copy {
  const copy = options['keep-copy'];
  return typeof copy === 'string' ? { path: copy } : 'none';
}

export function printFlushed(result: Flushed, print: Print): void {
  const freed = result.bytesBefore - result.bytesAfter;
  const conflicts = result.conflicts.map(({ key, sentence }) => `${key}: ${sentence}`);
  const done = `${result.removed.messages} removed, ${freed} bytes freed`;
  print.value(result, [done, ...conflicts].join('\n'));
}

/** What the commands that compact have in common: where copies go, and what they say at the end. */

import type { Flushed } from '../../shared/contract.ts';
import { MailboxError } from '../../shared/errors.ts';
import type { Copy } from '../engine/archive/archive-request.ts';
import type { Words } from './command.ts';
import type { Print } from './print.ts';

/** Where what is removed is kept, by `--keep-copy FILE`. */
export function copyOption(options: Words['options']): Copy {
  const copy = options['keep-copy'];
  return typeof copy === 'string' ? { path: copy } : 'none';
}

/** @throws the code of the first conflict if anything was to go and stays */
export function printFlushed(result: Flushed, print: Print): void {
  const freed = result.bytesBefore - result.bytesAfter;
  const conflicts = result.conflicts.map(({ key, sentence }) => `${key}: ${sentence}`);
  const done = `${result.removed.messages} removed, ${freed} bytes freed`;
  print.value(result, [done, ...conflicts].join('\n'));
  const [first] = result.conflicts;
  if (!first) return;
  const details = { key: first.key, conflicts: conflicts.length };
  throw new MailboxError(first.code, details, { sentence: first.sentence });
}

/**
 * Writes a mailbox of any size, for measurements:
 * node build/sample/write-big.mjs OUTFILE --messages N [--bytes N] [--seed N]
 */

import { closeSync, openSync, writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
// biome-ignore lint/correctness/useImportExtensions: it mistakes the types beside it for the module
import { bigMailbox } from './big.mjs';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    messages: { type: 'string' },
    bytes: { type: 'string', default: '2048' },
    seed: { type: 'string', default: '1' },
  },
});
const [target] = positionals;
const size = {
  messages: Number(values.messages),
  bytesPerMessage: Number(values.bytes),
  seed: Number(values.seed),
};
if (
  !target ||
  !Object.values(size).every((number) => Number.isSafeInteger(number) && number >= 0)
) {
  console.error('usage: write-big.mjs OUTFILE --messages N [--bytes N] [--seed N]');
  process.exitCode = 2;
} else {
  const file = openSync(target, 'w');
  for (const chunk of bigMailbox(size)) {
    for (let written = 0; written < chunk.length; ) written += writeSync(file, chunk, written);
  }
  closeSync(file);
}

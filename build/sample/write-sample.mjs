/** Writes the sample archive: node build/sample/write-sample.mjs OUTFILE. Set-up calls it. */

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
// biome-ignore lint/correctness/useImportExtensions: it mistakes the types beside it for the module
import { sampleMailbox } from './sample.mjs';

const [target] = process.argv.slice(2);
if (!target) {
  console.error('usage: write-sample.mjs OUTFILE');
  process.exitCode = 2;
} else {
  mkdirSync(path.dirname(path.resolve(target)), { recursive: true });
  writeFileSync(target, sampleMailbox());
}

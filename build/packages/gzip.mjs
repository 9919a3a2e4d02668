#!/usr/bin/env node
/**
 * Stands in for 7-Zip where electron-builder's own cannot be fetched, for the one thing that a tar.gz
 * needs of it: `7za a [-OPTION...] TARGET SOURCE` with a target that is gzip. Anything else is refused.
 */

import { createReadStream, createWriteStream } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

const words = process.argv.slice(2);
const [command, target = '', source = '', ...more] = words.filter((word) => !word.startsWith('-'));
if (command !== 'a' || path.extname(target) !== '.gz' || source === '' || more.length > 0) {
  process.stderr.write(`only a tar.gz can be made here, not: ${words.join(' ')}\n`);
  process.exit(1);
}
// What is made here is only tried, so that speed matters and size does not.
await pipeline(createReadStream(source), createGzip({ level: 1 }), createWriteStream(target));

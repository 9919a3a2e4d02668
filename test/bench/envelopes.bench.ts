/**
 * `npm run bench -- envelopes [MESSAGES] [BYTES_PER_MESSAGE]`: a generated mailbox opened until every
 * envelope is decoded, sorted by every column and searched, against mutt opening the same file. Medians;
 * page cache warm. Each run is a process of its own, whose memory is that of an engine.
 */

import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Envelopes } from '../../electron/catalog/envelopes.ts';
import { Archive } from '../../electron/engine/archive/archive.ts';
import { COLUMNS } from '../../shared/row.ts';
import { messageNumber } from '../../shared/units.ts';
import { muttOpens } from './archive-peers.ts';
import { inFolder, MIB, median, printMachine, program, timed, writeMailbox } from './bench.ts';

const RUNS = 3;
const ROWS_ON_SCREEN = 40;
const POLL_MS = 2;

type Figures = Readonly<Record<string, number>>;

/** One run, in a process of its own. */
async function measured(file: string, folder: string): Promise<Figures> {
  const begun = performance.now();
  const since = (): number => performance.now() - begun;
  const archive = await Archive.open({
    path: file,
    access: 'read-only',
    journalFolder: path.join(folder, 'journals'),
    readingFolder: path.join(folder, 'readings'),
    catalogFolder: null,
    copyFolder: path.join(folder, 'removed'),
    workerScript: path.join(import.meta.dirname, 'envelope-worker.mjs'),
  });
  const { listing } = archive;
  const reading = archive.read();
  const firstRows = seen(archive).then(since);
  const scanned = whenScanned(archive).then(since);
  await reading;
  const figures: Record<string, number> = {
    'first rows': await firstRows,
    'table of contents': await scanned,
    'every envelope': since(),
  };
  const { user, system } = process.cpuUsage();
  figures['CPU'] = (user + system) / 1000;
  figures['read'] = listing.read;
  const all = { view: 'all', direction: 'ascending', query: '' } as const;
  for (const sort of COLUMNS) {
    figures[`sorted by ${sort}`] = await timed(() => listing.arranged({ ...all, sort }));
  }
  figures['again by subject'] = await timed(() => listing.arranged({ ...all, sort: 'subject' }));
  for (const query of ['ledger', 'marrowfield 17', 'no such thing']) {
    figures[`search "${query}"`] = await timed(() =>
      listing.arranged({ ...all, sort: 'position', query }),
    );
  }
  figures['timeline'] = await timed(() => listing.counting.ready());
  figures['RSS at the end, MiB'] = process.memoryUsage.rss() / MIB;
  figures['RSS at its highest, MiB'] = process.resourceUsage().maxRSS / 1024;
  globalThis.gc?.();
  figures['RSS after a collection, MiB'] = process.memoryUsage.rss() / MIB;
  await archive.close();
  return { ...figures, ...restoring(listing.envelopes) };
}

/** The first rows that somebody could see. */
async function seen(archive: Archive): Promise<void> {
  while (archive.count < ROWS_ON_SCREEN && archive.mailbox.state === 'scanning') {
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  for (let row = 0; row < Math.min(ROWS_ON_SCREEN, archive.count); row++) {
    await archive.listing.row(messageNumber(row), false);
  }
}

async function whenScanned(archive: Archive): Promise<void> {
  while (archive.mailbox.state === 'scanning') {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** From bytes of their own, as a catalog gives them. */
function restoring(envelopes: Envelopes): Figures {
  const bytes = [...envelopes.columns()].map(([name, column]) => [name, column.slice()] as const);
  const begun = performance.now();
  const restored = Envelopes.restored(new Map(bytes), envelopes.count);
  const took = performance.now() - begun;
  if (restored?.count !== envelopes.count) throw new Error('not restored');
  const size = bytes.reduce((sum, [, column]) => sum + column.length, 0);
  return { 'restored from bytes': took, 'bytes a message': size / Math.max(1, envelopes.count) };
}

async function compare(messages: number, bytesPerMessage: number, folder: string): Promise<void> {
  const file = path.join(folder, 'archive');
  writeMailbox(file, { messages, bytesPerMessage });
  printMachine(folder);
  console.log(
    `${(statSync(file).size / MIB).toFixed(0)} MiB, ${messages} messages; medians of ${RUNS}\n`,
  );
  const runs: Figures[] = [];
  const mutt: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const answer = path.join(folder, 'answer');
    program(process.execPath, ['--expose-gc', import.meta.filename, '--run', file, folder, answer]);
    runs.push(JSON.parse(readFileSync(answer, 'utf8')));
    mutt.push(await muttOpens(file, folder));
  }
  for (const name of Object.keys(runs[0] ?? {})) {
    const values = runs.map((figures) => figures[name] ?? Number.NaN);
    const all = values.map((value) => value.toFixed(0)).join(', ');
    console.log(`${name.padEnd(36)} ${median(values).toFixed(1).padStart(10)}   (${all})`);
  }
  const theirs = median(mutt);
  const ours = median(runs.map((figures) => figures['every envelope'] ?? 0));
  console.log(`${'mutt opens it'.padEnd(36)} ${theirs.toFixed(1).padStart(10)}`);
  console.log(`\nevery envelope: ${(theirs / ours).toFixed(1)} times faster than mutt`);
}

const [first, ...rest] = process.argv.slice(2);
if (first === '--run') {
  const [file = '', folder = '', answer = ''] = rest;
  writeFileSync(answer, JSON.stringify(await measured(file, folder)));
} else {
  await inFolder((folder) => compare(Number(first ?? 42_000), Number(rest[0] ?? 25_600), folder));
}

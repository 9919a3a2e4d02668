/**
 * `npm run bench -- export [MIB]`: a generated mailbox taken out as one mbox, beside `cp` and fsync,
 * and as a file for each message, beside Python's loop over its mailbox module, in one run. Medians;
 * page cache warm. Ours is synced file by file, Python's is not synced at all.
 */

import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
// biome-ignore lint/correctness/useImportExtensions: a script with types beside it
import { bigMailbox } from '../../build/sample/big.mjs';
import { Archive } from '../../electron/engine/archive/archive.ts';
import type { ExportForm } from '../../shared/export-contract.ts';
import { messageNumber } from '../../shared/units.ts';

const RUNS = 3;
const BYTES_PER_MESSAGE = 24 * 1024;
const mebibytes = Number(process.argv[2] ?? 1024);
const folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-bench-'));
const original = path.join(folder, 'original.mbox');
const out = path.join(folder, 'out');

function fresh(): void {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out);
}

async function median(name: string, run: () => Promise<unknown> | unknown): Promise<number> {
  const times: number[] = [];
  for (let at = 0; at <= RUNS; at++) {
    fresh();
    const begun = performance.now();
    await run();
    times.push(performance.now() - begun);
  }
  const sorted = times.slice(1).sort((one, other) => one - other);
  const middle = sorted[Math.floor(RUNS / 2)] ?? 0;
  const [least = 0, most = 0] = [sorted[0], sorted.at(-1)];
  console.log(
    `${name.padEnd(44)} ${middle.toFixed(0).padStart(7)} ms   (${least.toFixed(0)} to ${most.toFixed(0)})`,
  );
  return middle;
}

function program(command: string, words: readonly string[]): void {
  const { status } = spawnSync(command, words, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw new Error(`${command} ended with ${status}`);
}

const PYTHON = `
import mailbox, os, sys
box = mailbox.mbox(sys.argv[1], create=False)
for number, key in enumerate(box.keys()):
    with open(os.path.join(sys.argv[2], '%06d.eml' % number), 'wb') as file:
        file.write(box.get_bytes(key))
`;

try {
  const file = openSync(original, 'w');
  const messages = Math.round((mebibytes * 1024 * 1024) / BYTES_PER_MESSAGE);
  for (const chunk of bigMailbox({ messages, bytesPerMessage: BYTES_PER_MESSAGE }))
    writeSync(file, chunk);
  closeSync(file);
  const size = (statSync(original).size / 1024 / 1024).toFixed(0);
  console.log(`${os.cpus()[0]?.model}, ${os.cpus().length} cores, Node ${process.versions.node}`);
  console.log(`${size} MiB, ${messages} messages; medians of ${RUNS}\n`);

  const archive = await Archive.open({
    path: original,
    access: 'read-only',
    journalFolder: path.join(folder, 'journals'),
    readingFolder: path.join(folder, 'readings'),
    copyFolder: path.join(folder, 'removed'),
    catalogFolder: path.join(folder, 'catalogs'),
  });
  await archive.read();
  const keys = Array.from({ length: archive.count }, (_none, at) =>
    archive.keyOf(messageNumber(at)),
  );
  const taken = (as: ExportForm, name: string) => () =>
    archive.exporting.run({
      keys,
      place: { path: path.join(out, name), ifTaken: 'refuse' },
      options: { as, name: '{number}' },
    });
  const target = path.join(out, 'copy.mbox');
  const copy = await median('cp and fsync', () => {
    program('cp', ['--reflink=never', original, target]);
    program('sync', [target]);
  });
  const mbox = await median('export as mbox', taken('mbox', 'mbox'));
  const mboxrd = await median('export as mboxrd', taken('mboxrd', 'mboxrd'));
  const python = await median('Python, a file a message', () =>
    program('python3', ['-I', '-c', PYTHON, original, out]),
  );
  const eml = await median('export as eml', taken('eml', '.'));
  const maildir = await median('export as Maildir', taken('maildir', 'maildir'));
  const csv = await median('export as CSV', taken('csv', 'csv'));
  await archive.close();
  console.log(
    `\nmbox ${(mbox / copy).toFixed(2)}, mboxrd ${(mboxrd / copy).toFixed(2)} times cp; eml ${(eml / python).toFixed(2)}, Maildir ${(maildir / python).toFixed(2)} times Python; CSV ${csv.toFixed(0)} ms`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

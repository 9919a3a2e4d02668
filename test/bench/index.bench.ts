/**
 * The index of texts beside `notmuch new` and `mairix`, on the same mail: the real mailbox of the corpus,
 * or a generated one where that is not. notmuch reads one file for each message, mairix that or the
 * mailbox. Wall time and processor time; how large each index is of what it covers; how long the engine
 * keeps others waiting while it builds; then searches of an archive of a million messages.
 */

import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { IndexState } from '../../shared/index-state.ts';
import type { Arrangement } from '../../shared/row.ts';
import { openCorpus } from '../support/corpus.ts';
import { EngineProcess } from '../support/engine-process.ts';
import {
  inFolder,
  MIB,
  median,
  printMachine,
  printTarget,
  program,
  timed,
  writeMailbox,
} from './bench.ts';

const ROOT = path.resolve('.');
const ROUNDS = 3;
const GENERATED = { messages: 40_000, bytesPerMessage: 2400 };
const QUERIES = [
  'body:the',
  'body:harvest',
  'body:harv',
  'body:zzz',
  'body:the -body:harvest',
  'a',
];
const byDate = (query: string): Arrangement => ({
  view: 'all',
  sort: 'date',
  direction: 'descending',
  query,
});

interface Built {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly bytes: number;
}

const bytesIn = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(path.join(parentPath, name)).size, 0);

/** A program, and the processor time of it and its children (time(1), `%U %S`). */
async function measured(
  folder: string,
  words: readonly string[],
  environment = {},
): Promise<Omit<Built, 'bytes'>> {
  let said = '';
  const wallMs = await timed(() => {
    const times = path.join(folder, 'times');
    // The file for the times is `$0`.
    const script = `TIMEFORMAT='%U %S'; { time "$@" >/dev/null 2>&1; } 2>"$0"`;
    program('/bin/bash', ['-c', script, times, ...words], environment);
    said = readFileSync(times, 'latin1');
  });
  return {
    wallMs,
    cpuMs: said
      .trim()
      .split(' ')
      .reduce((sum, part) => sum + Number(part) * 1000, 0),
  };
}

const isWhole = ({ texts }: { readonly texts: IndexState }): boolean =>
  texts.state === 'complete' && texts.covered === texts.total;

/** Settles when every text is indexed. */
function indexed(engine: EngineProcess): Promise<IndexState> {
  return new Promise((resolve, reject) => {
    const look = (texts: IndexState): void => {
      if (texts.state === 'failed') reject(new Error(texts.why));
      if (isWhole({ texts })) resolve(texts);
    };
    engine.listen((note) => {
      if (note.notify === 'texts') look(note.params.texts);
    });
    engine.call('indexTexts', { order: 'resume' }).then(look, reject);
  });
}

interface Ours extends Built {
  readonly textBytes: number;
  readonly longestTurnMs: number;
}

async function ours(file: string, folder: string, asked: 'while building' | 'not'): Promise<Ours> {
  mkdirSync(folder);
  const engine = await EngineProcess.open(file, { root: ROOT, folder });
  try {
    await engine.whole();
    const cpuBefore = engine.cpuMs();
    const begun = performance.now();
    const building = indexed(engine);
    const longest = asked === 'not' ? 0 : (await engine.answering(building)).longestTurnMs;
    const { bytesOnDisk: bytes, textBytes } = await building;
    const [wallMs, cpuMs] = [performance.now() - begun, engine.cpuMs() - cpuBefore];
    return { wallMs, cpuMs, bytes, textBytes, longestTurnMs: longest };
  } finally {
    engine.kill();
    await engine.ended;
  }
}

async function notmuch(maildir: string, folder: string): Promise<Built> {
  mkdirSync(folder);
  const config = path.join(folder, 'config');
  const database = path.join(folder, 'database');
  mkdirSync(database);
  writeFileSync(
    config,
    `[database]\npath=${database}\nmail_root=${maildir}\n[user]\nname=a\nprimary_email=a@example.org\n`,
  );
  const took = await measured(folder, ['notmuch', 'new', '--no-hooks', '--quiet'], {
    NOTMUCH_CONFIG: config,
  });
  return { ...took, bytes: bytesIn(database) };
}

async function mairix(kind: 'maildir' | 'mbox', source: string, folder: string): Promise<Built> {
  mkdirSync(folder);
  const rc = path.join(folder, 'rc');
  const database = path.join(folder, 'database');
  const { dir, base } = path.parse(source);
  writeFileSync(rc, `base=${dir}\n${kind}=${base}\nmfolder=found\ndatabase=${database}\n`);
  const took = await measured(folder, ['mairix', '-f', rc]);
  return { ...took, bytes: statSync(database).size };
}

/** The beginning of the corpus's mailbox, or generated mail; the same as one file for each message. */
function mail(
  folder: string,
  mebibytes: number,
): { readonly file: string; readonly maildir: string } {
  const file = path.join(folder, 'mail');
  const corpus = openCorpus();
  if (corpus)
    program('/bin/sh', ['-c', `head -c ${mebibytes * MIB} "$0" > "$1"`, corpus.bigMailbox, file]);
  else
    writeMailbox(file, { ...GENERATED, messages: (mebibytes * MIB) / GENERATED.bytesPerMessage });
  const maildir = path.join(folder, 'maildir');
  program(
    process.execPath,
    [path.join(ROOT, 'out/main/cli.js'), 'export', file, '--to', maildir, '--as', 'maildir'],
    {
      XDG_CACHE_HOME: path.join(folder, 'cache'),
    },
  );
  return { file, maildir };
}

async function building(folder: string, mebibytes: number): Promise<void> {
  const { file, maildir } = mail(folder, mebibytes);
  const { size } = statSync(file);
  console.log(
    `\n${(size / MIB).toFixed(0)} MiB of mail; each once a round, ${ROUNDS} rounds; medians`,
  );
  const runs: Record<string, (at: string) => Promise<Built>> = {
    'mailkeep, mbox': (at) => ours(file, at, 'not'),
    'mairix, mbox': (at) => mairix('mbox', file, at),
    'mairix, Maildir': (at) => mairix('maildir', maildir, at),
    'notmuch new, Maildir': (at) => notmuch(maildir, at),
  };
  const found = new Map<string, Built[]>(Object.keys(runs).map((name) => [name, []]));
  let count = 0;
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, run] of Object.entries(runs)) {
      found.get(name)?.push(await run(path.join(folder, `run-${++count}`)));
    }
  }
  const middle = (name: string, of: keyof Built): number =>
    median((found.get(name) ?? []).map((one) => one[of]));
  console.log(
    `${''.padEnd(24)}${'wall s'.padStart(10)}${'CPU s'.padStart(10)}${'index MiB'.padStart(12)}`,
  );
  for (const name of Object.keys(runs)) {
    const [wall, cpu] = [middle(name, 'wallMs') / 1000, middle(name, 'cpuMs') / 1000];
    const mib = middle(name, 'bytes') / MIB;
    console.log(
      `${name.padEnd(24)}${wall.toFixed(1).padStart(10)}${cpu.toFixed(1).padStart(10)}${mib.toFixed(1).padStart(12)}`,
    );
  }
  const us = 'mailkeep, mbox';
  for (const peer of Object.keys(runs).filter((name) => name !== us)) {
    printTarget(
      `index building, share of ${peer}`,
      middle(us, 'wallMs') / middle(peer, 'wallMs'),
      1 / 3,
      'of the time',
    );
  }
  const watched = await ours(file, path.join(folder, 'watched'), 'while building');
  printTarget('index, share of the text', watched.bytes / watched.textBytes, 0.35, 'of the bytes');
  printTarget('longest turn of the engine while building', watched.longestTurnMs, 20, 'ms');
}

async function searching(folder: string, messages: number): Promise<void> {
  const file = path.join(folder, 'many');
  writeMailbox(file, { messages, bytesPerMessage: 1000 });
  mkdirSync(path.join(folder, 'many-kept'));
  const engine = await EngineProcess.open(file, {
    root: ROOT,
    folder: path.join(folder, 'many-kept'),
  });
  try {
    await engine.whole();
    const took = await timed(() => indexed(engine));
    console.log(
      `\n${messages} messages indexed in ${(took / 1000).toFixed(0)} s; first page, by date, ms`,
    );
    await engine.rows(byDate(''));
    for (const query of QUERIES) {
      const all: number[] = [];
      let found = 0;
      for (let round = 0; round < ROUNDS; round++) {
        // Nothing is remembered of another query.
        for (let other = 0; other < 9; other++)
          await engine.call('arrange', byDate(`body:other${other}`));
        all.push(
          await timed(async () => {
            const { generation, rows } = await engine.call('arrange', byDate(query));
            await engine.call('rows', { generation, from: 0, count: 50 });
            found = rows;
          }),
        );
      }
      printTarget(`first page of ${query} (${found} found)`, median(all), 100, 'ms');
    }
  } finally {
    engine.kill();
    await engine.ended;
  }
}

await inFolder(async (folder) => {
  printMachine(folder);
  const [mebibytes = 60, messages = 1_000_000] = process.argv.slice(2).map(Number);
  if (mebibytes > 0) await building(folder, mebibytes);
  if (messages > 0) await searching(folder, messages);
});

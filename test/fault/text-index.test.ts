/**
 * Goal: an index of texts is right, and whole in the end, whatever ends those who build it: SIGKILL, one
 * of two engines, a full disk. Method: the built engine, real kills, a small disk; each letter has words
 * that tell which others have them too.
 */

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { IndexState } from '../../shared/index-state.ts';
import { EngineProcess } from '../support/engine-process.ts';
import { smallDisk } from '../support/file-systems.ts';
import { found, indexed, opened } from '../support/indexed-archive.ts';
import { testFolder } from '../support/opened-archive.ts';
import { canMount, emptyDisk, fillDisk, whereMountable } from '../support/small-disk.ts';

const MESSAGES = 30_000;
const GROUPS = 97;
const KILLS = 5;

/** Each letter is long enough that an index takes a while, and has a word of its group. */
function letters(count: number): string {
  return Array.from({ length: count }, (_none, number) => {
    const filler = Array.from({ length: 60 }, (_word, at) => `w${(number * 31 + at * 7) % 5003}`);
    return `From a@example.org Thu Jan  1 00:00:00 1970\nFrom: a@example.org\nSubject: ${number}\nMessage-ID: <${number}@example.org>\n\ngroup${number % GROUPS} ${filler.join(' ')}\n\n`;
  }).join('');
}

const written = (folder: string, count = MESSAGES): string => {
  const file = path.join(folder, 'archive');
  writeFileSync(file, letters(count));
  return file;
};

async function started(file: string, folder: string): Promise<EngineProcess> {
  const root = path.resolve('.');
  const engine = await EngineProcess.open(file, { root, folder, indexTexts: true });
  onTestFinished(() => engine.kill());
  return engine;
}

/** Settles with the first state that is what was waited for. */
function reached(engine: EngineProcess, is: (state: IndexState) => boolean): Promise<IndexState> {
  return new Promise((resolve, reject) => {
    const leave = engine.listen((note) => {
      if (note.notify === 'texts') look(note.params.texts);
      else if (note.notify === 'changed') look(note.params.status.texts);
    });
    const look = (state: IndexState): void => {
      if (!is(state)) return;
      leave();
      resolve(state);
    };
    engine.call('status', {}).then(({ texts }) => look(texts), reject);
  });
}

const isWhole = ({ state, covered, total }: IndexState): boolean =>
  state === 'complete' && covered === total && total === MESSAGES;

async function findsAll(engine: EngineProcess): Promise<void> {
  for (const group of [0, 1, 50, GROUPS - 1]) {
    const query = `body:"group${group}"`;
    const order = { view: 'all', sort: 'position', direction: 'ascending', query } as const;
    const { rows, search } = await engine.call('arrange', order);
    expect(search).toMatchObject({ unknown: 0, covered: MESSAGES });
    const expected = Math.floor((MESSAGES - 1 - group) / GROUPS) + 1;
    expect(rows, query).toBe(expected);
  }
}

it(`goes on after each of ${KILLS} kills, and is right in the end`, {
  timeout: 300_000,
}, async () => {
  const folder = testFolder();
  const file = written(folder);
  let stands = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const engine = await started(file, folder);
    const begun = await reached(
      engine,
      ({ state }) => state === 'building' || state === 'complete',
    );
    if (begun.covered > 0) stands += 1;
    await reached(engine, (state) => state.covered > begun.covered || isWhole(state));
    engine.kill();
    await engine.ended;
  }
  // What was committed before a kill.
  expect(stands).toBeGreaterThan(0);
  const engine = await started(file, folder);
  await reached(engine, isWhole);
  await findsAll(engine);
});

it('two engines share one index; when the one that builds is killed, the other goes on', {
  timeout: 300_000,
}, async () => {
  const folder = testFolder();
  const file = written(folder);
  const engines = [await started(file, folder), await started(file, folder)];
  const builds = ({ state, covered, total }: IndexState): boolean =>
    (state === 'building' && covered > 0) || (state === 'complete' && covered === total);
  const [builder, other] = await Promise.race(
    engines.map(async (engine, at) => {
      await reached(engine, builds);
      return [engine, engines[1 - at]] as const;
    }),
  );
  builder.kill();
  await builder.ended;
  if (!other) throw new Error('there are two');
  await reached(other, isWhole);
  await findsAll(other);
});

it.skipIf(!canMount)(
  `a full disk is said, and texts are indexed when there is room${whereMountable}`,
  {
    timeout: 300_000,
  },
  async () => {
    const folder = testFolder();
    const disk = smallDisk(64 * 1024 * 1024);
    fillDisk(disk, 512 * 1024);
    const file = written(folder, 10_000);
    const archive = await opened(file, folder, { catalogFolder: path.join(disk, 'catalogs') });
    const full = await indexed(archive);
    expect(full.state).toBe('failed');
    expect(full.why).toMatch(/disk is full/);
    // Nothing is said of what is not indexed.
    const term = { in: 'text', words: ['group1'], match: 'exact' } as const;
    const { holds, unknown } = await found(archive, term);
    expect(holds.every((number) => number % GROUPS === 1)).toBe(true);
    expect(unknown.length).toBeGreaterThan(0);
    emptyDisk(disk);
    await archive.indexing.order('resume');
    expect(await indexed(archive)).toMatchObject({ state: 'complete', covered: 10_000 });
    expect((await found(archive, term)).holds).toHaveLength(Math.floor((10_000 - 2) / GROUPS) + 1);
  },
);

/**
 * Goal: the terminal program reads an unchanged archive from its catalog, says the same as if it had
 * read it from the start, and is right whatever became of archive and catalog in between.
 * Method: the built program, told to say what it does with catalogs (NODE_DEBUG).
 */

import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
// biome-ignore lint/correctness/useImportExtensions: it mistakes the types beside it for the module
import { bigMailbox } from '../../build/sample/big.mjs';
import { startPeer } from '../support/peers.ts';
import { CLI } from '../support/served.ts';

const MESSAGES = 3000;

describe('the terminal program and catalogs', () => {
  let folder = '';
  let file = '';
  beforeAll(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-cli-catalog-'));
    file = path.join(folder, 'archive.mbox');
    writeFileSync(file, Buffer.concat([...bigMailbox({ messages: MESSAGES })]));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  interface Run {
    readonly output: string;
    /** What became of catalogs: `read`, `saved`. */
    readonly did: readonly string[];
  }

  function run(words: readonly string[], cache = 'cache', input?: string): Run {
    const { stdout, stderr, status } = spawnSync(process.execPath, [CLI, ...words], {
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      ...(input === undefined ? {} : { input }),
      env: {
        ...process.env,
        XDG_CACHE_HOME: path.join(folder, cache),
        XDG_STATE_HOME: path.join(folder, 'state'),
        NODE_DEBUG: 'mailkeep-catalog',
      },
    });
    expect(status, stderr).toBe(0);
    const did = [...stderr.matchAll(/^MAILKEEP-CATALOG \d+: (read|saved) /gm)];
    return { output: stdout, did: did.map(([, what = '']) => what) };
  }

  /** What a run says that knows nothing from before. */
  const fromStart = (words: readonly string[]): string => {
    rmSync(path.join(folder, 'empty'), { recursive: true, force: true });
    return run(words, 'empty').output;
  };

  const LIST = ['list', '--json', '--sort', 'date', '--digest', '--limit', '50'];
  const catalogs = () => path.join(folder, 'cache', 'mailkeep', 'catalogs');

  it('read an unchanged archive from its catalog the second time', () => {
    const first = run(['info', file, '--json']);
    expect(first.did).toEqual(['saved']);
    expect(JSON.parse(first.output)).toMatchObject({ messages: MESSAGES, format: 'mbox' });
    const second = run(['info', file, '--json']);
    expect(second).toEqual({ output: first.output, did: ['read'] });
    const list = run([...LIST, file]);
    expect(list.did).toEqual(['read']);
    expect(list.output).toBe(fromStart([...LIST, file]));
    const [row = ''] = list.output.split('\n');
    const { key } = JSON.parse(row) as { key: string };
    const shown = run(['show', file, key, '--raw']);
    expect(shown.did).toEqual(['read']);
    expect(shown.output).toBe(fromStart(['show', file, key, '--raw']));
    expect(readdirSync(folder)).toContain('archive.mbox');
    expect(readdirSync(folder).filter((name) => name.startsWith('archive'))).toEqual([
      'archive.mbox',
    ]);
  });

  it('another reading of it is not taken from there', () => {
    const any = run(['info', file, '--json', '--rule', 'any-from']);
    expect(any.output).toBe(fromStart(['info', file, '--json', '--rule', 'any-from']));
    expect(run(['info', file, '--json']).output).toBe(fromStart(['info', file, '--json']));
  });

  it('what was appended, removed or edited is seen, and what is told is right', () => {
    run(['info', file]);
    appendFileSync(file, Buffer.concat([...bigMailbox({ messages: 7, seed: 9 })]));
    const grown = run([...LIST, file]);
    expect(grown.did).toEqual(['read', 'saved']);
    expect(grown.output).toBe(fromStart([...LIST, file]));
    expect(run(['info', file, '--json']).did).toEqual(['read']);

    // An edit in the middle and an append at once: a look at the end alone would not tell.
    const bytes = readFileSync(file);
    bytes.write('XXXX', Math.floor(bytes.length / 2));
    bytes.write('From nobody', bytes.indexOf('\nFrom ', Math.floor(bytes.length / 3)) + 1);
    writeFileSync(file, Buffer.concat([bytes, ...bigMailbox({ messages: 1, seed: 10 })]));
    expect(run([...LIST, file]).output).toBe(fromStart([...LIST, file]));
    expect(run(['info', file, '--json']).output).toBe(fromStart(['info', file, '--json']));

    const { key } = JSON.parse(run([...LIST, file]).output.split('\n')[0] ?? '') as { key: string };
    run(['delete', file, key]);
    expect(run([...LIST, file]).output).toBe(fromStart([...LIST, file]));
    run(['append', file], 'cache', 'Subject: one more\n\nbody\n');
    expect(run([...LIST, file]).output).toBe(fromStart([...LIST, file]));
    expect(run(['info', file, '--json']).output).toBe(fromStart(['info', file, '--json']));
  });

  it('a damaged catalog is made anew; one that cannot be written is done without', () => {
    run(['info', file]);
    for (const name of readdirSync(catalogs())) {
      const catalog = path.join(catalogs(), name);
      const bytes = readFileSync(catalog);
      writeFileSync(catalog, bytes.subarray(0, Math.floor(bytes.length / 2)));
    }
    const after = run(['info', file, '--json']);
    expect(after).toEqual({ output: fromStart(['info', file, '--json']), did: ['saved'] });
    expect(run(['info', file]).did).toEqual(['read']);
    rmSync(catalogs(), { recursive: true });
    writeFileSync(catalogs(), 'a file where the folder belongs');
    expect(run(['info', file, '--json']).output).toBe(after.output);
    rmSync(catalogs());
  });

  it('several at once say the same, and nobody is in the way of another', async () => {
    rmSync(catalogs(), { recursive: true, force: true });
    const environment = {
      XDG_CACHE_HOME: path.join(folder, 'cache'),
      XDG_STATE_HOME: path.join(folder, 'state'),
    };
    for (let round = 0; round < 3; round++) {
      const expected = fromStart(['info', file, '--json']);
      const peers = [1, 2, 3, 4].map(() =>
        startPeer(process.execPath, [CLI, 'info', file, '--json'], { environment }),
      );
      for (const ended of await Promise.all(peers.map((peer) => peer.ended))) {
        expect(ended).toMatchObject({ status: 0, output: expected });
      }
      if (round === 0) appendFileSync(file, '\n');
    }
    const last = run(['info', file, '--json']);
    expect(last.output).toBe(fromStart(['info', file, '--json']));
    expect(run(['info', file, '--json']).did).toEqual(['read']);
  });

  it('verify never believes a catalog; a small archive has none', () => {
    expect(run(['verify', file]).did).toEqual([]);
    const small = path.join(folder, 'small.mbox');
    writeFileSync(small, Buffer.concat([...bigMailbox({ messages: 10 })]));
    expect(run(['info', small]).did).toEqual([]);
    expect(statSync(small).size).toBeLessThan(1 << 20);
  });
});

/**
 * What is taken out is whole or not there: the terminal program is killed with SIGKILL in the middle
 * of exports, its disk is full, read-only or forbidden. The archive is never touched.
 */

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ErrorValue } from '../../shared/errors.ts';
import { EXPORT_FORMS, isOneFile } from '../../shared/export-contract.ts';
import { filesBelow, isUnfinished, unfinishedBelow } from '../support/exported.ts';
import { Disk, smallDisk } from '../support/file-systems.ts';
import { numberedLetters } from '../support/letters.ts';
import { startPeer, until } from '../support/peers.ts';
import { CLI } from '../support/served.ts';
import { seeded } from '../support/simulated-disk.ts';
import { boundByPermissions } from '../support/unprivileged.ts';
import { canMount, fillDisk, whereMountable } from '../support/small-disk.ts';

const KILLS = Number(process.env['MAILKEEP_EXPORT_KILLS'] ?? 5);
const MIB = 1024 * 1024;
const LETTERS = numberedLetters('us', 3000, 8000);
const bodyOf = (letter: string): string => letter.slice(letter.indexOf('\n') + 1, -1);
const WHOLE = new Set(LETTERS.map(bodyOf));

let folder = '';
let archive = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-export-'));
  archive = path.join(folder, 'box.mbox');
  writeFileSync(archive, LETTERS.join(''));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const untouched = (file = archive, letters = LETTERS): boolean =>
  readFileSync(file, 'latin1') === letters.join('');

interface Refused {
  readonly status: number | null;
  readonly error: ErrorValue;
}

function refused(file: string, to: string, as: string, before: readonly string[] = []): Refused {
  const words = [process.execPath, CLI, 'export', file, '--to', to, '--as', as, '--json'];
  const [command = '', ...rest] = [...before, ...words];
  const { status, stderr } = spawnSync(command, rest, { encoding: 'utf8', timeout: 60_000 });
  return { status, error: JSON.parse(stderr) as ErrorValue };
}

describe('kill -9 during an export', () => {
  const random = seeded(11);

  it.each(['eml', 'maildir', 'mh'])(
    `as %s leaves whole files under their names (${KILLS} times)`,
    async (as) => {
      let killed = 0;
      for (let round = 0; round < KILLS; round++) {
        const to = path.join(folder, `${as}-${round}`);
        const words = [CLI, 'export', archive, '--to', to, '--as', as];
        const peer = startPeer(process.execPath, words, { limitMs: 60_000 });
        const wanted = 1 + Math.floor(random() * 2000);
        let over = false;
        void peer.ended.then(() => {
          over = true;
        });
        const there = (): number => namesBelow(to).length;
        await until('files', () => over || there() >= wanted, 60_000);
        const { signal } = await peer.kill();
        if (signal === 'SIGKILL') killed += 1;
        const files = [...filesBelow(to)].filter(([name]) => !name.endsWith('.mh_sequences'));
        expect(files.length).toBeGreaterThanOrEqual(Math.min(wanted, LETTERS.length));
        for (const [, bytes] of files) expect(WHOLE.has(bytes)).toBe(true);
        rmSync(to, { recursive: true });
      }
      expect(killed).toBeGreaterThan(0);
      expect(untouched()).toBe(true);
    },
  );

  it('leaves unfinished files, and the next export to the same folder removes them', async () => {
    const to = path.join(folder, 'left');
    mkdirSync(to);
    // Of a process that lives (ours), of another machine, and of nobody that we know.
    const machine = createHash('sha256').update(os.hostname()).digest('hex').slice(0, 8);
    const theirs = [
      `.mailkeep-${process.pid}-00000000-${'0'.repeat(16)}.part`,
      `.mailkeep-${process.pid}-${machine}-${'1'.repeat(16)}.part`,
      `.mailkeep-2-00000000-${'2'.repeat(16)}.part`,
      `.mailkeep-${'3'.repeat(16)}.part`,
    ];
    for (const one of theirs) writeFileSync(path.join(to, one), 'theirs');
    let left: readonly string[] = [];
    for (let round = 0; round < 20 && left.length === 0; round++) {
      const words = [
        CLI,
        'export',
        archive,
        '--to',
        path.join(to, `all-${round}`),
        '--as',
        'mboxrd',
      ];
      const peer = startPeer(process.execPath, words, { limitMs: 60_000 });
      await until(
        'an unfinished file',
        () => readdirSync(to).length > theirs.length + round,
        60_000,
      );
      await peer.kill();
      left = unfinishedBelow(to).filter((one) => !theirs.includes(one));
    }
    expect(left.length).toBeGreaterThan(0);
    const few = path.join(folder, 'two.mbox');
    writeFileSync(few, LETTERS.slice(0, 2).join(''));
    const again = spawnSync(process.execPath, [CLI, 'export', few, '--to', to, '--as', 'eml']);
    expect(again.status).toBe(0);
    expect(unfinishedBelow(to).sort()).toEqual([...theirs].sort());
  }, 240_000);

  it('as one file leaves none under its name', async () => {
    for (const as of ['mbox', 'mboxrd', 'csv', 'json']) {
      const place = path.join(folder, `one-${as}`);
      mkdirSync(place);
      const words = [CLI, 'export', archive, '--to', path.join(place, 'file'), '--as', as];
      const peer = startPeer(process.execPath, words, { limitMs: 60_000 });
      await until('a beginning', () => readdirSync(place).length > 0, 60_000);
      const { signal } = await peer.kill();
      const finished = readdirSync(place).filter((name) => !isUnfinished(name));
      // It may have been quicker; then it is whole.
      if (signal === 'SIGKILL' && finished.length === 0) continue;
      expect(finished).toEqual(['file']);
      if (as === 'mbox') expect(untouched(path.join(place, 'file'))).toBe(true);
    }
    expect(untouched()).toBe(true);
  });

  it('Ctrl+C stops between two messages, says so, and leaves nothing unfinished', async () => {
    const to = path.join(folder, 'interrupted');
    const words = [CLI, 'export', archive, '--to', to, '--as', 'eml', '--json'];
    const peer = startPeer(process.execPath, words, { limitMs: 60_000 });
    await until('files', () => namesBelow(to).length > 0, 60_000);
    process.kill(peer.pid, 'SIGINT');
    const { status, errors } = await peer.ended;
    const files = [...filesBelow(to).values()];
    expect(status).toBe(1);
    const error = JSON.parse(errors) as ErrorValue;
    expect(error).toMatchObject({ code: 'CANCELLED', details: { files: files.length } });
    expect(error.sentence).toContain(`${files.length} whole files are in ${to}`);
    for (const bytes of files) expect(WHOLE.has(bytes)).toBe(true);
    expect(unfinishedBelow(to)).toEqual([]);
  });
});

function namesBelow(to: string): string[] {
  try {
    const names = readdirSync(to, { recursive: true, encoding: 'utf8' });
    return names.filter((name) => /\.eml$|\/\d|^\d+$/.test(name) && !name.startsWith('tmp'));
  } catch {
    return [];
  }
}

describe.skipIf(!canMount)(`the disk to export to${whereMountable}`, () => {
  it.each(EXPORT_FORMS)('is full: %s leaves whole files, and says how many', (as) => {
    const disk = smallDisk(8 * MIB);
    // Small messages, each of which takes a page: together they seem to fit.
    const letters = numberedLetters('us', 4000, 200).map((letter) =>
      as === 'attachments'
        ? letter.replace('\n\n', '\nContent-Disposition: attachment; filename=a\n\n')
        : letter,
    );
    const file = path.join(folder, `small-${as}.mbox`);
    writeFileSync(file, letters.join(''));
    if (isOneFile(as)) fillDisk(disk, 64 * 1024);
    const to = path.join(disk, 'out');
    const { status, error } = refused(file, to, as);
    expect(status).toBe(1);
    expect(error.code).toBe('NO_SPACE');
    expect(error.sentence).toContain('The disk to export to is full.');
    expect(error.sentence).toContain('The archive was not touched.');
    const left = [...filesBelow(disk)].filter(([name]) => !/filler|\.mh_sequences/.test(name));
    expect(error.details['files']).toBe(left.length);
    if (isOneFile(as)) expect(left).toEqual([]);
    else {
      expect(left.length).toBeGreaterThan(100);
      const whole = new Set(letters.map(bodyOf));
      if (as !== 'attachments') for (const [, bytes] of left) expect(whole.has(bytes)).toBe(true);
      else expect(new Set(left.map(([, bytes]) => bytes.length)).size).toBe(1);
    }
    expect(unfinishedBelow(disk)).toEqual([]);
    expect(untouched(file, letters)).toBe(true);
  });

  it('has no room for all: nothing is begun', () => {
    const disk = smallDisk(4 * MIB);
    for (const as of ['eml', 'mbox', 'mboxrd', 'maildir', 'mh']) {
      const { status, error } = refused(archive, path.join(disk, 'out'), as);
      expect([status, error.code]).toEqual([1, 'NO_SPACE']);
      expect(readdirSync(disk)).toEqual([]);
    }
  });

  it('can only be read: nothing is written, and that is said', () => {
    const disk = new Disk(16);
    disk.becomeReadOnly();
    const letters = LETTERS.slice(0, 10);
    const few = path.join(folder, 'few.mbox');
    writeFileSync(few, letters.join(''));
    for (const as of EXPORT_FORMS) {
      const deep = isOneFile(as) ? 'out' : path.join('deep', 'er');
      const { status, error } = refused(few, path.join(disk.folder, deep), as);
      expect([as, status, error.code]).toEqual([as, 1, 'READ_ONLY']);
      expect(error.sentence).toContain('can only be read. Nothing was left there.');
      expect(error.sentence).toContain('The archive was not touched.');
    }
    expect(untouched(few, letters)).toBe(true);
  });
});

it('a folder that one may not write in: nothing is written, and that is said', () => {
  const closed = path.join(folder, 'closed');
  mkdirSync(closed);
  chmodSync(closed, 0o555);
  for (const as of ['eml', 'mbox', 'csv']) {
    const { status, error } = refused(archive, path.join(closed, 'out'), as, boundByPermissions);
    expect([status, error.code]).toEqual([1, 'NO_PERMISSION']);
    expect(error.sentence).toContain('not allowed to write');
  }
  expect(readdirSync(closed)).toEqual([]);
});

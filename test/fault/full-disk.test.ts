/**
 * A disk with no room left, for real: nothing is begun that cannot be finished, what was begun is
 * taken back or finished later, and the person is told that the disk is full.
 */

import { spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CODES } from '../../shared/errors.ts';
import type { Status } from '../../shared/status.ts';
import { smallDisk } from '../support/file-systems.ts';
import { numberedLetters } from '../support/letters.ts';
import { CLI, Served } from '../support/served.ts';
import { canMount, emptyDisk, fillDisk, whereMountable } from '../support/small-disk.ts';

const MIB = 1024 * 1024;
const LETTERS = numberedLetters('us', 200, 5000);

async function opened(mailbox: string): Promise<{ engine: Served; keys: readonly string[] }> {
  const engine = new Served();
  onTestFinished(() => engine.close());
  await engine.call('open', { path: mailbox });
  const { keys } = await engine.call<{ keys: string[] }>('keys');
  return { engine, keys };
}

const read = (file: string): string => readFileSync(file, 'latin1');
const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe.skipIf(!canMount)(`a full disk${whereMountable}`, () => {
  it('a flush without room for its journal changes nothing, and succeeds when there is room', async () => {
    const folder = smallDisk(16 * MIB);
    const mailbox = path.join(folder, 'box.mbox');
    writeFileSync(mailbox, LETTERS.join(''));
    const { engine, keys } = await opened(mailbox);
    await engine.call('remove', { keys: [keys[0], keys[77]] });
    fillDisk(folder);
    await expect(engine.call('flush')).rejects.toMatchObject({
      code: 'NO_SPACE',
      message: CODES.NO_SPACE.sentence,
    });
    expect(read(mailbox)).toBe(LETTERS.join(''));
    expect(readdirSync(folder).sort()).toEqual(['box.mbox', 'filler']);
    expect(await engine.call<Status>('status')).toMatchObject({
      state: 'ready',
      marked: { messages: 2 },
    });
    emptyDisk(folder);
    await engine.call('flush');
    expect(read(mailbox)).toBe(LETTERS.filter((_letter, at) => at !== 0 && at !== 77).join(''));
    expect(readdirSync(folder)).toEqual(['box.mbox']);
  });

  it('removing from the end needs no room', async () => {
    const folder = smallDisk(4 * MIB);
    const mailbox = path.join(folder, 'box.mbox');
    writeFileSync(mailbox, LETTERS.join(''));
    const { engine, keys } = await opened(mailbox);
    fillDisk(folder);
    await engine.call('remove', { keys: keys.slice(150) });
    await engine.call('flush');
    expect(read(mailbox)).toBe(LETTERS.slice(0, 150).join(''));
  });

  it('a delivery without room is taken back, whoever delivers', async () => {
    const folder = smallDisk(4 * MIB);
    const mailbox = path.join(folder, 'box.mbox');
    writeFileSync(mailbox, LETTERS.join(''));
    const { engine } = await opened(mailbox);
    fillDisk(folder, 128 * 1024);
    const long = `Subject: long\n\n${'It goes on and on.\n'.repeat(20_000)}`;
    await expect(engine.call('add', { message: base64(long) })).rejects.toMatchObject({
      code: 'NO_SPACE',
    });
    expect(read(mailbox)).toBe(LETTERS.join(''));
    const { status, stderr } = spawnSync(process.execPath, [CLI, 'append', mailbox], {
      input: long,
      encoding: 'utf8',
      timeout: 60_000,
    });
    expect([status, stderr.trim()]).toEqual([1, expect.stringContaining(CODES.NO_SPACE.sentence)]);
    expect(read(mailbox)).toBe(LETTERS.join(''));
    await engine.call('add', { message: base64('Subject: short\n\nfits\n') });
    emptyDisk(folder);
    await engine.call('add', { message: base64(long) });
    expect(read(mailbox).slice(LETTERS.join('').length)).toMatch(
      /^From .*\nSubject: short\n\nfits\n\nFrom .*\nSubject: long\n\n(?:It goes on and on\.\n){20000}\n$/,
    );
  });

  it('where the copy of what goes does not fit, nothing goes', async () => {
    const folder = smallDisk(4 * MIB);
    const copy = path.join(folder, 'removed.mbox');
    const before = LETTERS.slice(0, 3).join('');
    writeFileSync(copy, before);
    const own = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-full-'));
    onTestFinished(() => rmSync(own, { recursive: true, force: true }));
    const mailbox = path.join(own, 'box.mbox');
    writeFileSync(mailbox, LETTERS.join(''));
    const { engine, keys } = await opened(mailbox);
    fillDisk(folder, 64 * 1024);
    await engine.call('remove', { keys: keys.slice(100) });
    await expect(engine.call('flush', { copyTo: copy })).rejects.toMatchObject({
      code: 'NO_SPACE',
    });
    expect(read(mailbox)).toBe(LETTERS.join(''));
    expect(read(copy)).toBe(before);
    expect(readdirSync(own)).toEqual(['box.mbox']);
    emptyDisk(folder);
    await engine.call('flush', { copyTo: copy });
    expect(read(mailbox)).toBe(LETTERS.slice(0, 100).join(''));
    expect(read(copy)).toBe(before + LETTERS.slice(100).join(''));
  });

  it('moving a file with holes may need room after all: then it is finished when there is some', async () => {
    const [first = '', second = '', ...rest] = LETTERS;
    const hole = 2 * MIB;
    const kept = second + '\0'.repeat(hole) + rest.join('');
    const seen = new Set<string>();
    for (let leave = 16 * 1024; leave <= 8 * MIB; leave *= 2) {
      const folder = smallDisk(16 * MIB);
      const mailbox = path.join(folder, 'box.mbox');
      const descriptor = openSync(mailbox, 'w');
      writeSync(descriptor, first + second, 0);
      writeSync(descriptor, rest.join(''), first.length + second.length + hole);
      closeSync(descriptor);
      const { engine, keys } = await opened(mailbox);
      fillDisk(folder, leave);
      await engine.call('remove', { keys: [keys[0]] });
      const code = await engine.call('flush').then(
        () => 'done',
        (refused: { code: string }) => refused.code,
      );
      seen.add(code);
      await engine.close();
      if (code === 'NO_SPACE') {
        expect(read(mailbox)).toBe(first + kept);
        continue;
      }
      expect(['done', 'UNSURE']).toContain(code);
      expect(existsSync(`${mailbox}.mailkeep-journal`)).toBe(code === 'UNSURE');
      emptyDisk(folder);
      const { engine: again, keys: left } = await opened(mailbox);
      expect(left).toHaveLength(keys.length - 1);
      await again.close();
      expect(read(mailbox)).toBe(kept);
      expect(readdirSync(folder)).toEqual(['box.mbox']);
    }
    expect(seen).toContain('done');
    expect(seen).toContain('NO_SPACE');
  });
});

/**
 * I8: the disk goes away, or goes read-only, or the right to write is taken away, before or in the
 * middle of a flush by the real engine. What it says is clear, nothing is lost, and as soon as the
 * disk is back the next open finishes the work.
 *
 * Method: a real ext4 on a disk of our own, which is pulled out without so much as a sync: what the
 * engine has not synced is gone. Permissions are taken from an engine that gave up root's rights.
 */

import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Status } from '../../shared/status.ts';
import { Disk } from '../support/file-systems.ts';
import { KeptMessages } from '../support/kept-messages.ts';
import { numberedLetters } from '../support/letters.ts';
import { until } from '../support/peers.ts';
import { type Refused, Served, type ServedOptions } from '../support/served.ts';
import { seeded } from '../support/simulated-disk.ts';
import { boundByPermissions } from '../support/unprivileged.ts';
import { canMount, whereMountable } from '../support/small-disk.ts';

const PULLS = Number(process.env['MAILKEEP_PULLS'] ?? 4);
const ROUNDS_MAX = 5 * PULLS;
/** 24 MB: more than one step of a flush, whose gap is narrow. */
const LETTERS = numberedLetters('us', 2500, 9000);
const BYTES = LETTERS.map((letter) => Buffer.from(letter));
/** Long enough for the kernel to be told in the middle. */
const MANY = [BYTES, BYTES, BYTES, BYTES].flat();

interface Opened {
  readonly engine: Served;
  readonly keys: readonly string[];
  readonly status: Status;
}

async function opened(mailbox: string, options: ServedOptions = {}): Promise<Opened> {
  const engine = new Served(options);
  onTestFinished(() => engine.close());
  const status = await engine.call<Status>('open', { path: mailbox });
  const { keys } = await engine.call<{ keys: string[] }>('keys');
  return { engine, keys, status };
}

function aFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-lost-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const journalOf = (mailbox: string): string => `${mailbox}.mailkeep-journal`;

/**
 * Stops an engine as soon as something has come true, or so long after it. What is done to a disk
 * takes longer than a flush on a fast one, so the engine must wait for it; looks without a pause,
 * for the same reason.
 */
function stopOnce(what: string, engine: Served, isTrue: () => boolean, waitMs = 0): void {
  const limit = performance.now() + 10_000;
  while (!isTrue()) {
    if (performance.now() > limit) throw new Error(`not in time: ${what}`);
  }
  const end = performance.now() + waitMs;
  while (performance.now() < end);
  engine.child.kill('SIGSTOP');
}

const codeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => '',
    (refused: Refused) => refused.code,
  );

/** One in a hundred goes, the first among them. */
function someOf(random: () => number): ReadonlySet<number> {
  return new Set([0, ...LETTERS.keys()].filter((at) => at === 0 || random() < 0.01));
}

describe.skipIf(!canMount)(`a disk${whereMountable}`, () => {
  it(`that is pulled out in the middle of a flush, ${PULLS} times, loses nothing`, async () => {
    const random = seeded(3);
    const disk = new Disk(400);
    const mailbox = path.join(disk.folder, 'box.mbox');
    let inTheMiddle = 0;
    /** How long a flush may take; learnt from pulls that came too late. */
    let mayTakeMs = 60;
    // Whoever stops the engine may be late each time, where the machine has much else to do.
    const enough = Math.ceil(PULLS / 4);
    for (let round = 0; round < PULLS || (inTheMiddle < enough && round < ROUNDS_MAX); round++) {
      writeFileSync(mailbox, Buffer.concat(MANY));
      execFileSync('sync', ['--file-system', mailbox]);
      const { engine, keys } = await opened(mailbox);
      const removed = someOf(random);
      await engine.call('remove', { keys: [...removed].map((at) => keys[at]) });
      const flushed = codeOf(engine.call('flush'));
      const journal = journalOf(mailbox);
      stopOnce('the journal stands', engine, () => existsSync(journal), random() * mayTakeMs);
      disk.pullOut();
      engine.child.kill('SIGCONT');
      const code = await flushed;
      if (code === '') mayTakeMs /= 2;
      else inTheMiddle += 1;
      expect(['', 'UNSURE', 'IO'], `round ${round}`).toContain(code);
      await engine.close();
      disk.putIn();
      const { engine: again, status } = await opened(mailbox);
      expect(status.state).toBe('ready');
      await again.close();
      const outcome = new KeptMessages(MANY).settle(mailbox, { removed, delivered: [] });
      if (code === '') expect(outcome).toBe('removed');
      expect(readdirSync(disk.folder).sort()).toEqual(['box.mbox', 'lost+found']);
    }
    expect(inTheMiddle).toBeGreaterThanOrEqual(enough);
  }, 300_000);

  it('that goes read-only in the middle of a flush is told, and the flush finished later', async () => {
    const disk = new Disk(400);
    const mailbox = path.join(disk.folder, 'box.mbox');
    writeFileSync(mailbox, Buffer.concat(MANY));
    execFileSync('sync', ['--file-system', mailbox]);
    const { engine, keys } = await opened(mailbox);
    await engine.call('remove', { keys: [keys[0]] });
    const { mtimeNs } = statSync(mailbox, { bigint: true });
    const flushed = engine.call('flush');
    const code = codeOf(flushed);
    const moved = (): boolean => statSync(mailbox, { bigint: true }).mtimeNs !== mtimeNs;
    stopOnce('bytes move', engine, moved);
    disk.becomeReadOnly();
    engine.child.kill('SIGCONT');
    expect(await code).toBe('UNSURE');
    await expect(flushed).rejects.toThrow(/half way.*journal/);
    expect((await engine.call<Status>('status')).state).toBe('unsure');
    // As long as it is read-only, the archive can be looked at, and says why it cannot be changed.
    await engine.close();
    const { engine: looking, status } = await opened(mailbox);
    expect(status).toMatchObject({ journal: 'present', readOnly: expect.stringMatching(/./) });
    await looking.close();
    disk.putIn();
    const { engine: again, status: healed } = await opened(mailbox);
    expect(healed).toMatchObject({ journal: 'recovered', readOnly: '', state: 'ready' });
    await again.close();
    expect(readFileSync(mailbox).equals(Buffer.concat(MANY.slice(1)))).toBe(true);
  }, 120_000);
});

/** Whether files here can be made immutable: ext4 can, and only for root. */
function canFreeze(): boolean {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-frozen-'));
  const file = path.join(folder, 'file');
  writeFileSync(file, '');
  const frozen = spawnSync('chattr', ['+i', file], { stdio: 'ignore' }).status === 0;
  if (frozen) execFileSync('chattr', ['-i', file]);
  rmSync(folder, { recursive: true });
  return frozen;
}
const freezable = canFreeze();

describe.skipIf(!freezable)(
  `a file made immutable${freezable ? '' : ' (skipped: needs root, and ext4)'}`,
  () => {
    it.each([
      ['in the middle', [0]],
      ['at the end', [LETTERS.length - 1]],
    ])('while it is open keeps its message %s, until it may be written again', async (_, gone) => {
      const mailbox = path.join(aFolder(), 'box.mbox');
      writeFileSync(mailbox, Buffer.concat(BYTES));
      const { engine, keys } = await opened(mailbox);
      await engine.call('remove', { keys: gone.map((at) => keys[at]) });
      execFileSync('chattr', ['+i', mailbox]);
      onTestFinished(() => void spawnSync('chattr', ['-i', mailbox]));
      expect(['UNSURE', 'NO_PERMISSION']).toContain(await codeOf(engine.call('flush')));
      expect(readFileSync(mailbox).equals(Buffer.concat(BYTES))).toBe(true);
      await engine.close();
      execFileSync('chattr', ['-i', mailbox]);
      const { engine: again } = await opened(mailbox);
      const outcome = new KeptMessages(BYTES).settle(mailbox, {
        removed: new Set(gone),
        delivered: [],
      });
      await again.close();
      expect(['removed', 'as it was']).toContain(outcome);
      expect(readdirSync(path.dirname(mailbox))).toEqual(['box.mbox']);
    });

    it('before it is opened is read, and says why it cannot be changed', async () => {
      const mailbox = path.join(aFolder(), 'box.mbox');
      writeFileSync(mailbox, LETTERS.slice(0, 3).join(''));
      execFileSync('chattr', ['+i', mailbox]);
      onTestFinished(() => void spawnSync('chattr', ['-i', mailbox]));
      const { engine, keys, status } = await opened(mailbox);
      expect(status.readOnly).toBe('You are not allowed to change this file.');
      expect(await codeOf(engine.call('remove', { keys }))).toBe('READ_ONLY');
    });
  },
);

describe('a folder that may no longer be written', () => {
  /** A mailbox, its folder, and a state folder outside of it. */
  async function inItsFolder(): Promise<
    Opened & { readonly mailbox: string; readonly own: string; readonly options: ServedOptions }
  > {
    const base = aFolder();
    const own = path.join(base, 'own');
    mkdirSync(own);
    onTestFinished(() => chmodSync(own, 0o755));
    const mailbox = path.join(own, 'box.mbox');
    writeFileSync(mailbox, Buffer.concat(BYTES));
    const options = {
      command: boundByPermissions,
      environment: { XDG_STATE_HOME: path.join(base, 'state') },
    };
    return { ...(await opened(mailbox, options)), mailbox, own, options };
  }

  const journalsIn = (options: ServedOptions): string[] => {
    const folder = path.join(options.environment?.['XDG_STATE_HOME'] ?? '', 'mailkeep/journals');
    return existsSync(folder) ? readdirSync(folder) : [];
  };

  it('before the flush has its journal elsewhere, also if the engine is killed', async () => {
    const { engine, keys, mailbox, own, options } = await inItsFolder();
    await engine.call('remove', { keys: [keys[0]] });
    chmodSync(own, 0o555);
    const flushed = codeOf(engine.call('flush'));
    await until('the journal stands', () => journalsIn(options).length === 1);
    engine.child.kill('SIGKILL');
    await flushed;
    expect(readdirSync(own)).toEqual(['box.mbox']);
    const { engine: again, status, keys: left } = await opened(mailbox, options);
    expect(left.length).toBeGreaterThanOrEqual(keys.length - 1);
    expect(status.locks.find(({ name }) => name === 'dotlock')).toMatchObject({
      state: 'unavailable',
      why: 'the folder cannot be written to',
    });
    await again.close();
    new KeptMessages(BYTES).settle(mailbox, { removed: new Set([0]), delivered: [] });
    expect(journalsIn(options)).toEqual([]);
  });

  it('in the middle of the flush: what is left of it goes as soon as it may', async () => {
    const { engine, keys, mailbox, own, options } = await inItsFolder();
    await engine.call('remove', { keys: [keys[0]] });
    const flushed = codeOf(engine.call('flush'));
    await until('the journal stands', () => existsSync(journalOf(mailbox)));
    chmodSync(own, 0o555);
    const code = await flushed;
    expect(['UNSURE', 'NO_PERMISSION', 'LOCK_LOST']).toContain(code);
    await engine.close();
    // Until then it can be read, and says why it cannot be changed.
    const { engine: looking, status: meanwhile } = await opened(mailbox, options);
    expect(meanwhile).toMatchObject({
      journal: 'present',
      readOnly: expect.stringContaining('make the folder writable'),
    });
    await looking.close();
    chmodSync(own, 0o755);
    const { engine: again, status } = await opened(mailbox, options);
    expect(status).toMatchObject({ state: 'ready', readOnly: '' });
    await again.close();
    expect(readFileSync(mailbox).equals(Buffer.concat(BYTES.slice(1)))).toBe(true);
    expect(readdirSync(own)).toEqual(['box.mbox']);
  });
});

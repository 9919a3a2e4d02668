/**
 * Bad input and bad luck: every code of `shared/errors.ts`, provoked for real through a public door,
 * says in a sentence what happened and what is safe. A code without a row here does not compile.
 */

import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Archive } from '../../electron/engine/archive/archive.ts';
import { WindowSession } from '../../electron/engine/window-session.ts';
import type { Disk } from '../../electron/mailbox/disk/disk.ts';
import { realDisk } from '../../electron/mailbox/disk/real-disk.ts';
import { DEFAULT_READING } from '../../electron/mailbox/format/format.ts';
import { Mailbox } from '../../electron/mailbox/mailbox.ts';
import { QUIET } from '../../electron/mailbox/mailbox-options.ts';
import { Connection } from '../../renderer/engine/connection.ts';
import type { Flushed } from '../../shared/contract.ts';
import {
  CODES,
  type ErrorCode,
  fromErrorValue,
  MailboxError,
  toErrorValue,
} from '../../shared/errors.ts';
import { byteLength, messageNumber } from '../../shared/units.ts';
import { FailingDisk } from '../support/failing-disk.ts';
import { numberedLetters } from '../support/letters.ts';
import { pythonHolds, until } from '../support/peers.ts';
import { CLI, Refused, Served, type ServedOptions } from '../support/served.ts';
import { boundByPermissions } from '../support/unprivileged.ts';

const LETTERS = numberedLetters('us', 6, 4000);

let folder = '';
let mailbox = '';
const engines: Served[] = [];
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-codes-'));
  mailbox = path.join(folder, 'box.mbox');
  writeFileSync(mailbox, LETTERS.join(''));
});
afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

function served(options: ServedOptions = {}): Served {
  const engine = new Served(options);
  engines.push(engine);
  return engine;
}

async function opened(): Promise<{ engine: Served; keys: readonly string[] }> {
  const engine = served();
  await engine.call('open', { path: mailbox });
  return { engine, keys: (await engine.call<{ keys: string[] }>('keys')).keys };
}

const openOn = (disk: Disk): Promise<Mailbox> =>
  Mailbox.open({
    disk,
    path: mailbox,
    access: 'read-write',
    reading: DEFAULT_READING,
    stateFolder: path.join(folder, 'state'),
    onRegenerated: () => undefined,
  });

/** A flush of the first message on a disk of the test's own. */
async function flushOn(disk: Disk, beforeFlush: () => void, signal?: AbortSignal): Promise<void> {
  const archive = await openOn(disk);
  try {
    await archive.scan(QUIET);
    await archive.mark([messageNumber(0)], QUIET);
    beforeFlush();
    await archive.flush(signal ? { signal } : QUIET);
  } finally {
    await archive.close();
  }
}

/** A conflict is an answer, not a refusal; here it counts as one. */
function thrownConflict({ conflicts }: Flushed): never {
  const [first] = conflicts;
  throw new Refused(first?.sentence ?? '', { code: first?.code ?? '' });
}

/** What opening a file answers that has this content. */
async function open(content: string | Buffer, name = 'odd'): Promise<unknown> {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return served().call('open', { path: file });
}

/** How each code is provoked: each of these fails with its code. */
const HOW: Readonly<Record<ErrorCode, () => Promise<unknown>>> = {
  LOCKED: async () => {
    const { engine } = await opened();
    const other = await pythonHolds(mailbox, 'lockf');
    return engine.call('lock', { limitMs: 20 }).finally(() => other.kill());
  },
  LOCK_LOST: async () => {
    const { engine, keys } = await opened();
    await engine.call('lock');
    await engine.call('remove', { keys: [keys[0]] });
    unlinkSync(`${mailbox}.lock`);
    return engine.call('flush');
  },
  READ_ONLY: async () => {
    const engine = served();
    await engine.call('open', { path: mailbox, readOnly: true });
    const { keys } = await engine.call<{ keys: string[] }>('keys');
    return engine.call('remove', { keys });
  },
  INCOMPLETE: async () => {
    const cut = path.join(folder, 'cut.gz');
    writeFileSync(cut, gzipSync(LETTERS.join('')).subarray(0, -20));
    const { stderr } = spawnSync(process.execPath, [CLI, 'list', cut, '--json'], {
      encoding: 'utf8',
    });
    const { code, sentence } = JSON.parse(stderr);
    throw new Refused(sentence, { code });
  },
  BUSY: async () => {
    const archive = await openOn(realDisk);
    return archive.mark([messageNumber(0)], QUIET).finally(() => archive.close());
  },
  UNSURE: async () => {
    const none = { at: -1, lasts: 'once', code: 'IO' } as const;
    const disk = new FailingDisk(none);
    await flushOn(disk.disk, () => disk.begin(none));
    const at = disk.log.indexOf('truncate');
    writeFileSync(mailbox, LETTERS.join(''));
    return flushOn(disk.disk, () => disk.begin({ at, lasts: 'once', code: 'IO' }));
  },
  CHANGED: async () => {
    const { engine, keys } = await opened();
    await engine.call('remove', { keys: [keys[0]] });
    writeFileSync(mailbox, readFileSync(mailbox, 'latin1').replace('as it was', 'as it is!'));
    return thrownConflict(await engine.call<Flushed>('flush'));
  },
  NEEDED: async () => {
    // The first letter ends with a line that would begin a message if the second one went; only
    // Content-Length tells that the second one, which has no header, is a message at all.
    const date = 'Thu Jan  1 00:00:00 2004';
    const body = `Hello\n\nFrom ann@example.org ${date}\n`;
    const first = `From a@b ${date}\nSubject: one\nContent-Length: ${body.length}\n\n${body}`;
    writeFileSync(mailbox, `${first}From c@d ${date}\nwithout a header\n\n${LETTERS[0]}`);
    const { engine, keys } = await opened();
    expect(keys).toHaveLength(3);
    await engine.call('remove', { keys: [keys[1]] });
    return thrownConflict(await engine.call<Flushed>('flush'));
  },
  REPLACED: async () => {
    const { engine, keys } = await opened();
    await engine.call('lock');
    await engine.call('remove', { keys: [keys[0]] });
    const other = path.join(folder, 'other');
    writeFileSync(other, LETTERS.join(''));
    renameSync(other, mailbox);
    return engine.call('flush');
  },
  GONE: async () => (await opened()).engine.call('get', { key: '0123456789abcdef' }),
  NOT_FOUND: () => served().call('open', { path: path.join(folder, 'nothing') }),
  NO_PERMISSION: () => {
    chmodSync(mailbox, 0o000);
    return served({ command: boundByPermissions }).call('open', { path: mailbox });
  },
  NOT_A_FILE: () => served().call('open', { path: folder }),
  NOT_A_MAILBOX: () => open(Buffer.from('ffd8ffe000104a46494600010101004800480000', 'hex')),
  TOO_NEW: () => {
    const journal = Buffer.alloc(8192);
    journal.write('Mailkeep', 'latin1');
    journal.writeUInt32LE(4_000_000_000, 8);
    writeFileSync(`${mailbox}.mailkeep-journal`, journal);
    return served().call('open', { path: mailbox });
  },
  NO_SPACE: () => flushOn({ ...realDisk, freeBytes: async () => byteLength(0) }, () => undefined),
  // Linux: a file that can be opened and fails to be read.
  IO: () => served().call('open', { path: '/proc/self/mem' }),
  ENGINE_ENDED: () => {
    const { port1, port2 } = new MessageChannel();
    const answer = new Connection(port1).call('status', {});
    port2.close();
    return answer;
  },
  JOURNAL_FOREIGN: async () => {
    const { engine, keys } = await opened();
    await engine.call('remove', { keys: [keys[0]] });
    writeFileSync(`${mailbox}.mailkeep-journal`, 'put here by somebody else');
    return engine.call('flush');
  },
  CANCELLED: async () => {
    const { engine } = await opened();
    const other = await pythonHolds(mailbox, 'flock');
    const lock = engine.call('lock');
    lock.catch(() => undefined);
    await until('it waits for the lock', () => engine.heard.some(isLockWait));
    const wait = engine.heard.find(isLockWait)?.params as { readonly task: number } | undefined;
    await engine.call('cancel', { task: wait?.task });
    return lock.finally(() => other.kill());
  },
  STALE: async () => {
    const folders = {
      journalFolder: folder,
      copyFolder: folder,
      readingFolder: folder,
      catalogFolder: folder,
    };
    const archive = await Archive.open({ path: mailbox, access: 'read-write', ...folders });
    await archive.read();
    const { arrange, select } = new WindowSession(archive, () => undefined).handlers();
    const how = { view: 'all', sort: 'subject', direction: 'descending', query: '' } as const;
    await arrange(how);
    const choose = { generation: 1, choice: { choose: 'only', row: 0 } } as const;
    try {
      return await select(choose);
    } finally {
      await archive.close();
    }
  },
  MISUSE: () => served().call('nonsense'),
  // By an invariant only: if one could be broken from outside, that would be the bug to mend. What
  // is thrown unforeseen becomes a BUG on its way over a border.
  BUG: () =>
    Promise.reject(fromErrorValue(toErrorValue(new TypeError('undefined is no function')))),
};

const isLockWait = ({ method }: { readonly method: string }): boolean => method === 'lockWait';

/** What is safe, or what the person can do to make it so. */
const IS_SAFE =
  /Nothing|not (?:changed|touched)|is safe|still there|left as it|knows every byte|What could be read|Check|Choose|Ask|sense/;

it('an error crosses a border as a value: what happened, and no stack', () => {
  const error = new MailboxError('IO', { path: mailbox }, { cause: new Error('deep inside') });
  for (const thrown of [error, new TypeError('unforeseen')]) {
    const value = toErrorValue(thrown);
    expect(Object.keys(value).sort()).toEqual(['code', 'details', 'kind', 'sentence']);
    expect(JSON.stringify(value)).not.toMatch(/error-codes|deep inside|\bat /);
  }
});

describe.each(Object.keys(CODES) as ErrorCode[])('%s', (code) => {
  it('can happen, and says what is safe', async () => {
    const thrown = await HOW[code]().then(
      () => null,
      (error: unknown) => error,
    );
    expect(thrown).toBeInstanceOf(Error);
    expect(thrown).toMatchObject({ code });
    const sentence = (thrown as Error).message;
    expect(sentence).toMatch(/^[A-Z].*\.$/);
    expect(sentence).toMatch(IS_SAFE);
  });
});

/**
 * What makes other programs lose or spoil mail, done to us, by name. Each test says who falls into
 * it: faults of CPython 3.13's mailbox module, mutt 2.2 and Thunderbird that were reproduced, or
 * that they have mended since.
 *
 * Elsewhere: messages of equal size that swap places (CPython, mutt: `promises`, I3), a crash in the
 * middle of writing back (mutt, Thunderbird: `fault/kill`), bytes given out under another message's
 * key (Thunderbird: `unit/mailbox/mailbox`, I4), a hard link that was cut (`promises`, I1).
 */

import {
  appendFileSync,
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Flushed } from '../../shared/contract.ts';
import { deliveredMessage, startDeliverer } from '../support/deliverers.ts';
import { readIndependently } from '../support/independent-reader.ts';
import { numberedLetter, numberedLetters } from '../support/letters.ts';
import { pythonHolds, runPython, until } from '../support/peers.ts';
import { Served } from '../support/served.ts';

const LETTERS = numberedLetters('us', 6, 300);
const THEIRS = numberedLetter('them', 0, 200);
const without = (...gone: readonly number[]): string =>
  LETTERS.filter((_letter, at) => !gone.includes(at)).join('');

let folder = '';
let mailbox = '';
let engine: Served;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-peers-'));
  mailbox = path.join(folder, 'box.mbox');
  writeFileSync(mailbox, LETTERS.join(''));
  engine = new Served();
});
afterEach(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

const read = (): string => readFileSync(mailbox, 'latin1');

async function open(): Promise<readonly string[]> {
  await engine.call('open', { path: mailbox });
  return keysNow();
}

async function keysNow(): Promise<readonly string[]> {
  return (await engine.call<{ keys: string[] }>('keys')).keys;
}

async function remove(...keys: readonly (string | undefined)[]): Promise<void> {
  await engine.call('remove', { keys });
}

async function add(message: string): Promise<void> {
  await engine.call('add', { message: Buffer.from(message).toString('base64') });
}

describe('CPython loses mail when', () => {
  it('another program appends, then we add, then we remove and flush', async () => {
    const keys = await open();
    appendFileSync(mailbox, THEIRS);
    await add('Subject: ours\n\nours\n');
    await remove(keys[1]);
    await engine.call('flush');
    expect(read().startsWith(without(1) + THEIRS)).toBe(true);
    const subjects = (await readIndependently(mailbox)).map((message) => message.subject);
    expect(subjects).toEqual(['us-0', 'us-2', 'us-3', 'us-4', 'us-5', 'them-0', 'ours']);
  });

  it('a program waits in F_SETLKW for the file that is flushed', async () => {
    const keys = await open();
    await engine.call('lock');
    const waiting = startDeliverer(mailbox, { kind: 'fcntl', name: 'waited', count: 1 });
    await until('it waits for its lock', () =>
      readFileSync('/proc/locks', 'latin1').includes(`-> POSIX  ADVISORY  WRITE ${waiting.pid} `),
    );
    await remove(keys[0], keys[3]);
    await engine.call('flush');
    await engine.call('unlock');
    expect((await waiting.ended).status).toBe(0);
    expect(read()).toBe(without(0, 3) + deliveredMessage('waited', 0).toString());
    await engine.call('sync');
    expect(await keysNow()).toHaveLength(5);
  });

  it('another process renames a new file over it: what that deleted stays deleted', async () => {
    const keys = await open();
    await runPython(
      `import mailbox, sys
box = mailbox.mbox(sys.argv[1], create=False)
box.lock(); box.remove(2); box.flush(); box.close()`,
      [mailbox],
    );
    expect(read()).toBe(without(2));
    await remove(keys[4]);
    await engine.call('flush');
    expect(read()).toBe(without(2, 4));
    await expect(engine.call('get', { key: keys[2] })).rejects.toMatchObject({ code: 'GONE' });
  });

  it('another program edits a message without changing the size: its edit stays', async () => {
    const keys = await open();
    const edited = read().replace('letter 3 by us', 'letter 3 by ME');
    writeFileSync(mailbox, edited);
    await remove(keys[0]);
    await engine.call('flush');
    expect(read()).toBe(edited.slice(LETTERS[0]?.length));
  });

  it('a lock file of another program stands there, which it then deletes', async () => {
    const keys = await open();
    const other = await pythonHolds(mailbox, 'dotlock');
    const content = readFileSync(`${mailbox}.lock`, 'latin1');
    await expect(engine.call('lock', { limitMs: 100 })).rejects.toMatchObject({ code: 'LOCKED' });
    await engine.call('unlock');
    expect(readFileSync(`${mailbox}.lock`, 'latin1')).toBe(content);
    other.tell('release');
    await other.ended;
    await remove(keys[0]);
    await engine.call('flush');
    expect(read()).toBe(without(0));
  });

  it('its lines end with CR and LF', async () => {
    const stored = LETTERS.map((letter) => letter.replaceAll('\n', '\r\n'));
    writeFileSync(mailbox, stored.join(''));
    const keys = await open();
    expect(keys).toHaveLength(LETTERS.length);
    const { message } = await engine.call<{ message: string }>('get', { key: keys[1] });
    const text = Buffer.from(message, 'base64').toString('latin1');
    expect(text).toMatch(/^Subject: us-1\r\n\r\nLine of letter 1 by us/);
    await remove(keys[1]);
    await engine.call('flush');
    const kept = stored.filter((_letter, at) => at !== 1).join('');
    expect(read()).toBe(kept);
    await add('Subject: new\n\nnew\n');
    expect(read().startsWith(kept)).toBe(true);
    expect(read().slice(kept.length)).toMatch(/^From .*\r\nSubject: new\n\nnew\n\r\n$/);
  });

  it('a separator line is not ASCII, and what stands in front of the first message is text', async () => {
    const odd = LETTERS[1]?.replace('From us@example.org', 'From jürgen@example.org') ?? '';
    const preamble = 'These lines are no message.\n\n';
    writeFileSync(mailbox, preamble + LETTERS[0] + odd + LETTERS[2]);
    const keys = await open();
    expect(keys).toHaveLength(3);
    await remove(keys[0]);
    await engine.call('flush');
    expect(read()).toBe(Buffer.from(preamble + odd + LETTERS[2]).toString('latin1'));
  });

  it('a separator line ends with CR and LF: no empty line comes behind it (#74597, #110501)', async () => {
    await open();
    await add('From - Sat Apr  6 20:13:31 2013\r\nFrom: ann\r\nSubject: new\r\n\r\nnew\r\n');
    expect(read().slice(without().length)).toBe(
      'From - Sat Apr  6 20:13:31 2013\nFrom: ann\r\nSubject: new\r\n\r\nnew\r\n\n',
    );
    expect((await readIndependently(mailbox)).at(-1)?.subject).toBe('new');
  });

  it('a replacement fails: the message is still there (#156312)', async () => {
    const keys = await open();
    const message = Buffer.from('Subject: new\n\nnew\n').toString('base64');
    await expect(
      engine.call('replace', { key: keys[1], message, separatorLine: 'no separator' }),
    ).rejects.toMatchObject({ code: 'MISUSE' });
    await engine.call('flush');
    expect(read()).toBe(without());
    expect(await keysNow()).toEqual(keys);
  });
});

describe('mutt spoils mail when', () => {
  it('it writes back what it did not touch: no message gains a header', async () => {
    const keys = await open();
    await remove(keys[1]);
    await engine.call('flush');
    expect(read()).not.toMatch(/^(?:Status|X-Status|Content-Length|Lines):/m);
    expect(read()).toBe(without(1));
  });

  it('the size is as before, whatever the time says: what it shows is another message', async () => {
    const keys = await open();
    const other = read().replace('Subject: us-2', 'Subject: XX-2').replaceAll('by us', 'by XX');
    writeFileSync(mailbox, other);
    await expect(engine.call('get', { key: keys[2] })).rejects.toMatchObject({ code: 'GONE' });
    const now = await keysNow();
    expect(now).toHaveLength(6);
    expect(keys).not.toContain(now[2]);
    const { stored } = await engine.call<{ stored: string }>('getStored', { key: now[2] });
    expect(Buffer.from(stored, 'base64').toString('latin1')).toContain('Subject: XX-2');
  });
});

describe('Thunderbird loses mail when', () => {
  it('another program appends a message that its summary does not know', async () => {
    const keys = await open();
    await remove(...keys);
    appendFileSync(mailbox, THEIRS);
    const { removed } = await engine.call<Flushed>('flush');
    expect(removed.messages).toBe(keys.length);
    expect(read()).toBe(THEIRS);
  });

  it('the size is equal and the time was put back within a minute', async () => {
    const keys = await open();
    await remove(keys[2]);
    const { atime, mtime } = statSync(mailbox);
    const other = read().replace('Subject: us-2', 'Subject: XX-2');
    writeFileSync(mailbox, other);
    utimesSync(mailbox, atime, mtime);
    const { removed, conflicts } = await engine.call<Flushed>('flush');
    expect([removed.messages, conflicts.length]).toEqual([0, 1]);
    expect(read()).toBe(other);
  });

  it('two of them write to one mailbox: each deletes what it was asked to', async () => {
    const second = new Served();
    const keys = await open();
    await second.call('open', { path: mailbox });
    await remove(keys[0], keys[4]);
    await second.call('remove', { keys: [keys[1], keys[4]] });
    const [ours, theirs] = await Promise.all([
      engine.call<Flushed>('flush'),
      second.call<Flushed>('flush'),
    ]);
    await second.close();
    expect(ours.removed.messages + theirs.removed.messages).toBe(3);
    expect(ours.conflicts.length + theirs.conflicts.length).toBeLessThanOrEqual(1);
    expect(read()).toBe(without(0, 1, 4));
  });

  it('a body has a line like a separator: the message goes whole, or stays whole', async () => {
    const odd = LETTERS[2]?.replace(
      '\n\nLine',
      '\n\nDear all,\n\nFrom now on we meet at noon.\n\nLine',
    );
    writeFileSync(mailbox, `${LETTERS[0]}${odd}${odd?.replace('us-2', 'us-9')}${LETTERS[3]}`);
    const keys = await open();
    expect(keys).toHaveLength(4);
    await remove(keys[1]);
    await engine.call('flush');
    expect(read()).toBe(`${LETTERS[0]}${odd?.replace('us-2', 'us-9')}${LETTERS[3]}`);
  });

  it('the last line has no end: a new message begins on a line of its own all the same', async () => {
    writeFileSync(mailbox, LETTERS.join('').trimEnd());
    await open();
    await add('Subject: new\n\nnew\n');
    expect(read()).toMatch(/as it was wri[a-z.]*\n\nFrom .*\nSubject: new\n\nnew\n\n$/);
    expect(await readIndependently(mailbox)).toHaveLength(7);
  });

  it('messages lie beyond 4 GiB: the right one goes, and nothing in front is written (bug 1911076)', async () => {
    const [first = '', ...others] = LETTERS;
    const end = 2 ** 32 + 12_345;
    const file = openSync(mailbox, 'w');
    writeSync(file, first.trimEnd());
    // A hole is text that takes no room.
    writeSync(file, `\n\n${others.join('')}`, end);
    closeSync(file);
    const keys = await open();
    expect(keys).toHaveLength(LETTERS.length);
    const blocksBefore = statSync(mailbox).blocks;
    await remove(keys[2], keys[5]);
    await engine.call('flush');
    const left = `\n\n${others.filter((_letter, at) => at !== 1 && at !== 4).join('')}`;
    const { size, blocks } = statSync(mailbox);
    expect(size).toBe(end + left.length);
    expect(blocks).toBeLessThanOrEqual(blocksBefore);
    const tail = Buffer.alloc(left.length);
    const again = openSync(mailbox, 'r');
    readSync(again, tail, 0, tail.length, end);
    closeSync(again);
    expect(tail.toString('latin1')).toBe(left);
    expect(await keysNow()).toEqual(keys.filter((_key, at) => at !== 2 && at !== 5));
  }, 180_000);

  it('it is stopped half way: nothing of ours lies about afterwards', async () => {
    const keys = await open();
    await remove(keys[0]);
    await engine.call('flush');
    await add('Subject: new\n\nnew\n');
    await engine.close();
    expect(readdirSync(folder)).toEqual(['box.mbox']);
  });
});

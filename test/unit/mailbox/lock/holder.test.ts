/** Goal: the holder of a lock is named as the person knows it. Method: /proc/locks, drawn and real. */

import { stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import { describe, expect, it } from 'vitest';
import { realDisk } from '../../../../electron/mailbox/disk/real-disk.ts';
import {
  deviceText,
  holderOfDotlock,
  holderOfKernelLock,
  parseProcLocks,
} from '../../../../electron/mailbox/lock/holder.ts';
import { pythonHolds, startPeer } from '../../../support/peers.ts';
import { aFolder, aMailbox, opened } from './a-mailbox.ts';

describe('/proc/locks', () => {
  it('is read line by line, waiters and nonsense left out', () => {
    const text = [
      '1: POSIX  ADVISORY  WRITE 1234 08:01:5678 0 EOF',
      '1: -> POSIX  ADVISORY  WRITE 4321 08:01:5678 111 EOF',
      '2: FLOCK  ADVISORY  WRITE 99 fd:10:42 0 EOF',
      '3: OFDLCK ADVISORY  READ -1 00:06:1028 0 EOF',
      '4: LEASE  ACTIVE    READ',
      '',
    ].join('\n');
    expect(parseProcLocks(text)).toEqual([
      { kind: 'POSIX', pid: 1234, device: '08:01', inode: '5678' },
      { kind: 'FLOCK', pid: 99, device: 'fd:10', inode: '42' },
      { kind: 'OFDLCK', pid: -1, device: '00:06', inode: '1028' },
    ]);
  });

  it('writes devices in hexadecimal, major and minor', () => {
    expect(deviceText(0x801n)).toBe('08:01');
    expect(deviceText(0xfe00n)).toBe('fe:00');
    expect(deviceText((0x123n << 8n) | 0x45n | (0x6n << 20n))).toBe('123:645');
  });
});

describe.skipIf(process.platform !== 'linux')('a holder', () => {
  it('of each kernel lock is found by device and inode, and only of that lock', async () => {
    const mailbox = await aMailbox();
    const file = await opened(mailbox);
    const { dev } = await stat(mailbox, { bigint: true });
    expect(deviceText(dev)).toMatch(/^[0-9a-f]{2,}:[0-9a-f]{2,}$/);
    for (const [how, name, other] of [
      ['lockf', 'fcntl', 'flock'],
      ['flock', 'flock', 'fcntl'],
    ] as const) {
      const python = await pythonHolds(mailbox, how);
      const facts = await file.facts();
      expect(await holderOfKernelLock(realDisk, name, facts)).toBe(
        `python3 (process ${python.pid})`,
      );
      expect(await holderOfKernelLock(realDisk, other, facts)).toBe('');
      python.tell('release');
      await python.ended;
    }
  });

  it('that is a script is named by the script', async () => {
    const folder = await aFolder();
    const mailbox = await aMailbox();
    const script = `${folder}/fetch my mail`;
    await writeFile(script, 'import sys; print("up", flush=True); sys.stdin.readline()');
    const python = startPeer('python3', [script], { spokenTo: true });
    await python.line();
    await writeFile(`${mailbox}.lock`, `${python.pid}:${os.hostname()}`);
    const facts = await (await opened(mailbox)).facts();
    expect(await holderOfDotlock(realDisk, `${mailbox}.lock`, facts)).toBe(
      `fetch my mail (process ${python.pid})`,
    );
    python.tell('end');
    await python.ended;
  });

  it('on another host is named with the host, and one that is not there is nobody', async () => {
    const mailbox = await aMailbox();
    const facts = await (await opened(mailbox)).facts();
    const place = `${mailbox}.lock`;
    expect(await holderOfDotlock(realDisk, place, facts)).toBe('');
    await writeFile(place, '12:far.example.org');
    expect(await holderOfDotlock(realDisk, place, facts)).toBe(
      `process 12 on far.example.org, by the lock file ${place}`,
    );
  });
});

/** What other programs leave in lock files, and what the kernel lists: read, and never believed too much. */

import { parseOwner, renderOwner } from '../../electron/mailbox/lock/dotlock-owner.ts';
import { deviceText, parseProcLocks } from '../../electron/mailbox/lock/holder.ts';
import { mutated } from './mutate.ts';
import { must, mustEqual, type Target } from './target.ts';

const OWNERS = ['1234:host.example\n', '1234', '0', '', '  77 \n', ':host\n', '99999999999:h\n'];
const OWNER_WORDS = [
  ':',
  '\n',
  '0',
  '-1',
  '1e3',
  '0x10',
  '\0',
  ' ',
  '\r\n',
  '\xff',
  'a'.repeat(32),
];

const owner: Target = {
  name: 'dotlock owner',
  share: 5,
  attempt: (chance) => {
    const ours = {
      pid: chance.integer(1, 4_000_000),
      host: chance.pick(['host', 'a.b-c', 'x'.repeat(64)]),
      token: chance.bytes(16).toString('hex'),
    };
    const rendered = Buffer.from(renderOwner(ours));
    mustEqual(parseOwner(rendered.toString()), ours, 'our own content is read otherwise');
    const begin = chance.chance(0.5) ? rendered : Buffer.from(chance.pick(OWNERS), 'latin1');
    const content = chance.note(mutated(begin, chance, { most: 4, words: OWNER_WORDS }));
    const { pid, host, token } = parseOwner(content.toString('utf8'));
    must(pid === null || (Number.isSafeInteger(pid) && pid > 0), 'a pid that is none');
    must(/^[\x21-\x7e]*$/.test(host), 'a host that cannot be shown');
    must(/^(?:[0-9a-f]{32})?$/.test(token), 'a token that is none');
  },
};

const LOCKS = [
  '1: POSIX  ADVISORY  WRITE 1234 08:01:5678 0 EOF\n',
  '2: FLOCK  ADVISORY  WRITE 42 00:2f:99 0 EOF\n',
  '2: -> FLOCK  ADVISORY  WRITE 43 00:2f:99 0 EOF\n',
  '3: OFDLCK ADVISORY  READ -1 fd:00:123 10 20\n',
  '4: LEASE  ACTIVE    READ 5 00:01:2 0 EOF\n',
];
const LOCK_WORDS = [
  ' ',
  ':',
  '-1',
  '->',
  '\n',
  '0',
  'EOF',
  'ffffffff:ffffffff:18446744073709551615',
];

const locks: Target = {
  name: '/proc/locks',
  share: 5,
  attempt: (chance) => {
    const lines = Buffer.from(chance.several(LOCKS, 30).join(''), 'latin1');
    const text = chance.note(mutated(lines, chance, { words: LOCK_WORDS })).toString('latin1');
    for (const { kind, pid, device, inode } of parseProcLocks(text)) {
      must(/^\w+$/.test(kind) && Number.isFinite(pid), 'a lock of no kind');
      must(/^[0-9a-f]+:[0-9a-f]+$/.test(device) && /^\d+$/.test(inode), 'a lock on nothing');
    }
    const number = (BigInt(chance.word()) << 32n) | BigInt(chance.word());
    must(/^[0-9a-f]{2,}:[0-9a-f]{2,}$/.test(deviceText(number)), 'a device without a name');
  },
};

export const lockTargets: readonly Target[] = [owner, locks];

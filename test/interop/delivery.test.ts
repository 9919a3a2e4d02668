/**
 * I2, I6: other programs deliver while we delete and compact, for many rounds: Python's mailbox
 * module (fcntl and dotlock) and procmail (the kernel's locks). Every message they delivered is there
 * exactly once, in the order of its deliverer, and none that we removed came back.
 */

import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readIndependently } from '../support/independent-reader.ts';
import { hasPeer, startProcmail, startPython } from '../support/peers.ts';
import { Served } from '../support/served.ts';

const DELIVER = `
import mailbox, random, sys, time
path, name, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
for n in range(count):
    begun = time.time()
    while time.time() - begun < 60:
        box = mailbox.mbox(path, create=False)
        try:
            box.lock()
        except mailbox.ExternalClashError:
            box.close()
            time.sleep(random.random() * 0.005)
            continue
        m = mailbox.mboxMessage()
        m['Subject'] = '%s-%d' % (name, n)
        m.set_payload('x' * (n * 37 % 900) + '\\n')
        box.add(m)
        box.flush()
        box.unlock()
        box.close()
        break
    else:
        sys.exit('never got the lock')
print('done')
`;

const own = (at: number): string =>
  `From us@example.org Thu Jan  1 00:00:00 2004\nSubject: own-${at}\n\n${'y'.repeat((at * 531) % 4000)}\n\n`;

let folder = '';
let mailbox = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-delivery-'));
  mailbox = path.join(folder, 'box.mbox');
  writeFileSync(mailbox, Array.from({ length: 40 }, (_none, at) => own(at)).join(''));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Deletes the first message that is ours and compacts, over and over, until told to end. */
async function compactUntil(engine: Served, ended: () => boolean): Promise<number> {
  let rounds = 0;
  for (; !ended() || rounds < 10; rounds++) {
    const { keys } = await engine.call<{ keys: string[] }>('keys', { from: 0, count: 3 });
    const [first, , third] = keys;
    if (rounds < 30 && first && third) {
      await engine.call('remove', { keys: rounds % 2 === 0 ? [first] : [third] });
    }
    await engine.call('flush');
    await engine.call('sync');
  }
  return rounds;
}

describe('I2, I6: programs that deliver while we compact', () => {
  it.skipIf(!hasPeer('procmail'))(
    'lose nothing, and neither do we',
    async () => {
      const before = statSync(mailbox).ino;
      const engine = new Served();
      await engine.call('open', { path: mailbox });
      const deliverers = ['one', 'two'].map((name) => startPython(DELIVER, [mailbox, name, '25']));
      let delivered = false;
      const mails = (async () => {
        for (let at = 0; at < 15; at++) {
          const peer = startProcmail(mailbox, `Subject: procmail-${at}\n\nz\n`);
          const { status } = await peer.ended;
          expect(status).toBe(0);
        }
      })();
      const all = Promise.all([...deliverers.map((peer) => peer.ended), mails]).finally(() => {
        delivered = true;
      });
      const rounds = await compactUntil(engine, () => delivered);
      await all;
      for (const peer of deliverers) {
        const { status, errors } = await peer.ended;
        expect(status, errors).toBe(0);
      }
      await engine.close();

      const subjects = (await readIndependently(mailbox)).map((message) => message.subject);
      for (const [name, count] of [
        ['one', 25],
        ['two', 25],
        ['procmail', 15],
      ] as const) {
        const theirs = subjects.filter((subject) => subject.startsWith(`${name}-`));
        expect(theirs).toEqual(Array.from({ length: count }, (_none, at) => `${name}-${at}`));
      }
      const ours = subjects.filter((subject) => subject.startsWith('own-'));
      expect(new Set(ours).size).toBe(ours.length);
      expect(ours.length).toBeLessThan(40);
      expect(rounds).toBeGreaterThanOrEqual(10);
      // I1: the file is still the same one, and nothing lies beside it (I10).
      expect(statSync(mailbox).ino).toBe(before);
      expect(readFileSync(mailbox).length).toBeGreaterThan(0);
    },
    120_000,
  );

  it('procmail waits on the lock of the file we compact, and its message arrives', async () => {
    const engine = new Served();
    await engine.call('open', { path: mailbox });
    await engine.call('lock');
    const peer = startProcmail(mailbox, 'Subject: waited\n\nfor us\n');
    const { keys } = await engine.call<{ keys: string[] }>('keys');
    await engine.call('remove', { keys: keys.slice(0, 20) });
    await engine.call('flush');
    await engine.call('unlock');
    expect((await peer.ended).status).toBe(0);
    await engine.close();
    const subjects = (await readIndependently(mailbox)).map((message) => message.subject);
    expect(subjects).toHaveLength(21);
    expect(subjects.at(-1)).toBe('waited');
  });
});

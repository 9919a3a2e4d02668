/**
 * Goal: nobody starves, and no message is lost, where several programs want one mailbox at once.
 * Method: two processes of ours, Python's mailbox and procmail each deliver a number of messages as
 * fast as they get the locks; an independent reader then finds every one of them.
 */

import { beforeAll, describe, expect, it } from 'vitest';
import {
  buildForNode,
  hasPeer,
  runPython,
  startNode,
  startPeer,
  startProcmail,
} from '../support/peers.ts';
import { aMailbox } from '../unit/mailbox/lock/a-mailbox.ts';

const EACH = 8;
/** Alone, each of them is done within two seconds. */
const LIMIT_MS = 50_000;

const DELIVER = `
import mailbox, random, sys, time
for number in range(int(sys.argv[2])):
    box = mailbox.mbox(sys.argv[1], create=False)
    while True:
        try: box.lock(); break
        except mailbox.ExternalClashError: time.sleep(random.uniform(0.001, 0.02))
    box.add('Subject: python %d\\n\\ntext\\n' % number)
    box.flush()
    box.unlock()
    box.close()
`;

const SUBJECTS = `
import mailbox, sys
print(*sorted(message['subject'] for message in mailbox.mbox(sys.argv[1], create=False)), sep='\\n')
`;

let child = '';
beforeAll(async () => {
  child = await buildForNode('test/unit/mailbox/lock/lock-child.ts');
});

async function procmailDelivers(mailbox: string): Promise<void> {
  for (let number = 0; number < EACH; number++) {
    const message = `Subject: procmail ${number}\n\ntext\n`;
    const { status, errors } = await startProcmail(mailbox, message).ended;
    expect(status, errors).toBe(0);
  }
}

describe.skipIf(!hasPeer('procmail'))('four programs at one mailbox', () => {
  it('all get their turn, and every message arrives once', { timeout: LIMIT_MS }, async () => {
    const mailbox = await aMailbox();
    const options = { limitMs: LIMIT_MS };
    const others = [
      startNode(child, [mailbox, 'deliver', String(EACH), 'ours'], options),
      startNode(child, [mailbox, 'deliver', String(EACH), 'also-ours'], options),
      startPeer('python3', ['-I', '-c', DELIVER, mailbox, String(EACH)], options),
    ];
    await procmailDelivers(mailbox);
    for (const other of others) {
      const { status, output, errors } = await other.ended;
      expect(status, output + errors).toBe(0);
      expect(output).not.toContain('code');
    }
    const expected = ['ours', 'also-ours', 'python', 'procmail'].flatMap((name) =>
      Array.from({ length: EACH }, (_, number) => `${name} ${number}`),
    );
    const found = (await runPython(SUBJECTS, [mailbox])).trimEnd().split('\n');
    expect(found).toEqual(['one', ...expected].sort());
  });
});

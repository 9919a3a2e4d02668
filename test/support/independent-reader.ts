/** What stands in a mailbox, as Python's mailbox module reads it: a reader that shares nothing with us. */

import { runPython } from './peers.ts';

export interface ReadMessage {
  readonly subject: string;
  readonly sha256: string;
}

const CODE = `
import email, email.policy, hashlib, json, mailbox, sys
box = mailbox.mbox(sys.argv[1], create=False)
def read(stored):
    message = email.message_from_bytes(stored, policy=email.policy.default)
    subject = ' '.join(str(message['subject'] or '').split())
    return {'subject': subject, 'sha256': hashlib.sha256(stored).hexdigest()}
print(json.dumps([read(box.get_bytes(k)) for k in box.keys()]))
`;

/** Every message of a mailbox, in order. */
export async function readIndependently(mailbox: string): Promise<readonly ReadMessage[]> {
  return JSON.parse(await runPython(CODE, [mailbox])) as readonly ReadMessage[];
}

const ADD = `
import mailbox, sys
box = mailbox.mbox(sys.argv[1], create=False)
box.lock()
for n in range(int(sys.argv[2])):
    m = mailbox.mboxMessage()
    m['Subject'] = '%s %d' % (sys.argv[3], n + 1)
    m['From'] = 'peer@example.org'
    m.set_payload('delivered by another program\\n')
    box.add(m)
box.flush()
box.unlock()
`;

/** Another program delivers some messages, under its lock. */
export async function deliverIndependently(
  mailbox: string,
  messages: number,
  subject: string,
): Promise<void> {
  await runPython(ADD, [mailbox, String(messages), subject]);
}

/**
 * Programs that deliver numbered messages into a mailbox, each with the locks that its kind takes,
 * in its order, and each in a process of its own. What they write is known: `deliveredMessage`.
 */

import { type Peer, startPeer } from './peers.ts';

/**
 * - `fcntl`, `dotlock`, `flock`: that lock only. Programs with no lock in common do not keep each
 *   other out, so these write a message in one piece, at the end, which the kernel does whole
 * - `postfix`: dotlock, open, flock, fcntl, none of them waited for with another in hand; then it
 *   looks whether the file is still the one under the name. Writes in pieces
 * - `python`: its mailbox module, fcntl and dotlock
 */
export type DelivererKind = 'fcntl' | 'dotlock' | 'flock' | 'postfix' | 'python';

const DELIVER = `
import fcntl, mailbox, os, random, sys, time
path, kind, name, first, count, pause_ms = sys.argv[1:7]
first, count, pause = int(first), int(count), float(pause_ms) / 1000

def dotlock():
    try: os.close(os.open(path + '.lock', os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644))
    except FileExistsError: return False
    return True

def kernel(fd, *takes):
    try:
        for take in takes: take(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError: return False
    return True

def attempt(message):
    dotted = kind in ('dotlock', 'postfix') and dotlock()
    if kind in ('dotlock', 'postfix') and not dotted: return False
    fd = os.open(path, os.O_WRONLY | os.O_APPEND)
    try:
        # A plain fcntl user waits inside the kernel, whatever happens to the file meanwhile.
        if kind == 'fcntl': fcntl.lockf(fd, fcntl.LOCK_EX)
        if kind == 'flock': fcntl.flock(fd, fcntl.LOCK_EX)
        if kind == 'postfix' and not kernel(fd, fcntl.flock, fcntl.lockf): return False
        facts = os.fstat(fd)
        if kind == 'postfix':
            now = os.stat(path)
            if facts.st_nlink != 1 or (now.st_ino, now.st_dev) != (facts.st_ino, facts.st_dev): return False
        # In pieces: whoever does not wait for the lock would see a part of it.
        step = 100 if kind == 'postfix' else len(message)
        for at in range(0, len(message), step): os.write(fd, message[at:at + step])
        os.fsync(fd)
        return True
    finally:
        os.close(fd)
        if dotted: os.unlink(path + '.lock')

def by_module(text):
    box = mailbox.mbox(path, create=False)
    try:
        box.lock()
        box.add(text)
        box.flush()
        return True
    except mailbox.ExternalClashError:
        return False
    finally:
        box.close()

for number in range(first, first + count):
    body = 'x' * (number * 37 % 900)
    text = 'From %s@example.org Thu Jan  1 00:00:00 2004\\nSubject: %s-%d\\n\\n%s\\n\\n' % (name, name, number, body)
    begun = time.monotonic()
    deliver = by_module if kind == 'python' else lambda text: attempt(text.encode())
    while not deliver(text):
        if time.monotonic() - begun > 60: sys.exit('never got the lock')
        time.sleep(random.random() * 0.01)
    time.sleep(random.random() * pause)
print('done', flush=True)
`;

export interface Delivery {
  readonly kind: DelivererKind;
  /** Messages are called by this name and a number. */
  readonly name: string;
  readonly count: number;
  /** The number of the first one; 0 if not given. */
  readonly first?: number;
  /** It rests up to so long between two messages, by chance. */
  readonly pauseMs?: number;
  readonly limitMs?: number;
}

/** One message as these programs write it. */
export function deliveredMessage(name: string, number: number): Buffer {
  return Buffer.from(
    `From ${name}@example.org Thu Jan  1 00:00:00 2004\nSubject: ${name}-${number}\n\n${'x'.repeat((number * 37) % 900)}\n\n`,
  );
}

/** Starts a program that delivers; it ends when all of its messages are in the file, and synced. */
export function startDeliverer(mailbox: string, delivery: Delivery): Peer {
  const { kind, name, count, first = 0, pauseMs = 0, limitMs = 60_000 } = delivery;
  const words = [mailbox, kind, name, String(first), String(count), String(pauseMs)];
  return startPeer('python3', ['-I', '-c', DELIVER, ...words], { limitMs });
}

/**
 * Goal: what the thread of Python's bug 1599254 tried to test and never could: two programs that take
 * the locks take turns at one mailbox, with messages they learnt of before the other one's turn, and
 * none deletes another message than it meant, forgets one, or brings one back.
 * Method: scenarios as data; "us" is the engine over stdio, "python" the mailbox module, a process
 * for each step, which renames a new file over the old one whenever it removes.
 */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runPython, startPython, until } from '../support/peers.ts';
import { Served } from '../support/served.ts';

const FORMATS = ['mbox', 'MMDF', 'Babyl'] as const;
type Format = (typeof FORMATS)[number];

/** What Python must find in front of a message to read it whole, and to be able to write it again. */
const SEPARATOR_LINES: Readonly<Record<Format, string>> = {
  mbox: 'From us@example.org Thu Jan  1 00:00:00 2004',
  MMDF: 'From us@example.org Thu Jan  1 00:00:00 2004',
  Babyl: '1,,',
};

const BEGIN = ['a', 'b', 'c', 'd'];

interface Scenario {
  readonly name: string;
  /** Who does what: `add` and `remove` name messages by their subject. */
  readonly steps: readonly string[];
  readonly left: string;
}

const SCENARIOS: readonly Scenario[] = [
  {
    name: 'a removal decided on before the lock finds its message after it (-reread)',
    steps: ['us list', 'python remove a', 'us lock', 'us remove c', 'us flush', 'us unlock'],
    left: 'b d',
  },
  {
    name: 'a key carried over from one locked time to the next (-unified2)',
    steps: [
      ...['us list', 'us lock', 'us remove a', 'us flush', 'us unlock'],
      'python remove b',
      ...['us lock', 'us remove c', 'us flush', 'us unlock'],
    ],
    left: 'd',
  },
  {
    name: 'what came before the lock is listed with it',
    steps: [
      'us list',
      'python remove a',
      'python add e',
      'us lock',
      'us list',
      'us remove e',
      'us flush',
    ],
    left: 'b c d',
  },
  {
    name: 'removals pending from before the lock, while others add and remove',
    steps: ['us remove a', 'us remove d', 'python add e', 'python remove b', 'us lock', 'us flush'],
    left: 'c e',
  },
  {
    name: 'the same message removed by both is gone once',
    steps: ['us remove b', 'python remove b', 'us flush'],
    left: 'a c d',
  },
  {
    name: 'flush after flush, each after a change of the other (-unified2)',
    steps: [
      ...['us remove a', 'us flush', 'python add e', 'us add f', 'us flush'],
      ...['us remove e', 'us flush', 'python remove f', 'us remove b', 'us flush', 'us flush'],
    ],
    left: 'c d',
  },
  {
    name: 'an addition of the other before our own, then a removal (the length that was trusted)',
    steps: ['us list', 'python add e', 'us add f', 'us remove a', 'us flush'],
    left: 'b c d e f',
  },
  {
    name: 'added under our lock, then removed again before it was written',
    steps: ['us lock', 'us add e', 'us add f', 'us remove e', 'us flush', 'us unlock'],
    left: 'a b c d f',
  },
  {
    name: 'everything removed, and others deliver into what is left',
    steps: [
      ...['us remove a', 'us remove b', 'us remove c', 'us remove d', 'us flush', 'python add e'],
      ...['us add f', 'python remove e', 'us flush'],
    ],
    left: 'f',
  },
  {
    name: 'taken back before the flush',
    steps: ['us remove a', 'us remove b', 'python add e', 'us unremove a', 'us flush'],
    left: 'a c d e',
  },
  {
    name: 'what is pending is written by close',
    steps: ['us remove a', 'us lock', 'us add e', 'us close'],
    left: 'b c d e',
  },
];

const PYTHON = `
import email.message, mailbox, sys
path, kind, verb = sys.argv[1:4]
box = getattr(mailbox, kind)(path)
def letter(subject):
    message = email.message.Message()
    message['Subject'] = subject
    message.set_payload('The letter %s.\\n' % subject)
    return message
if verb == 'list':
    print(' '.join(box[key]['subject'] for key in box.keys()))
else:
    box.lock()
    for subject in sys.argv[4:]:
        if verb == 'add': box.add(letter(subject))
        else: box.remove(next(key for key in box.keys() if box[key]['subject'] == subject))
    box.flush()
    box.unlock()
box.close()
`;

const letter = (subject: string): string => `Subject: ${subject}\n\nThe letter ${subject}.\n`;
const encoded = (text: string): string => Buffer.from(text).toString('base64');

let folder = '';
let mailbox = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-1599254-'));
  mailbox = path.join(folder, 'box');
  writeFileSync(mailbox, '');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The engine, which learns each message's key once and keeps it. */
class Us {
  readonly #format: Format;
  readonly #engine = new Served();
  readonly #keys = new Map<string, string>();

  constructor(format: Format) {
    this.#format = format;
  }

  open(): Promise<unknown> {
    return this.#engine.call('open', { path: mailbox, format: this.#format.toLowerCase() });
  }

  async step(verb: string, subject = ''): Promise<void> {
    if (verb === 'add') {
      const { key } = await this.#engine.call<{ key: string }>('add', {
        message: encoded(letter(subject)),
        separatorLine: SEPARATOR_LINES[this.#format],
      });
      this.#keys.set(subject, key);
    } else if (verb === 'remove' || verb === 'unremove') {
      await this.#engine.call(verb, { keys: [await this.#keyOf(subject)] });
    } else if (verb === 'list') await this.#list();
    else await this.#engine.call(verb);
  }

  get waits(): boolean {
    return this.#engine.heard.some(({ method }) => method === 'lockWait');
  }

  async end(): Promise<void> {
    await this.#engine.close();
  }

  async #keyOf(subject: string): Promise<string> {
    if (!this.#keys.has(subject)) {
      await this.#engine.call('sync');
      await this.#list();
    }
    return this.#keys.get(subject) ?? `no key for ${subject}`;
  }

  async #list(): Promise<void> {
    const { keys } = await this.#engine.call<{ keys: string[] }>('keys');
    for (const key of keys) {
      const { message } = await this.#engine.call<{ message: string }>('get', { key });
      const found = /Subject: (\w+)/.exec(Buffer.from(message, 'base64').toString());
      this.#keys.set(found?.[1] ?? '', key);
    }
  }
}

async function python(kind: Format, verb: string, ...subjects: readonly string[]): Promise<string> {
  return (await runPython(PYTHON, [mailbox, kind, verb, ...subjects])).trim();
}

describe.each(FORMATS)('%s', (format) => {
  it.each(SCENARIOS)('$name', async ({ steps, left }) => {
    await python(format, 'add', ...BEGIN);
    const us = new Us(format);
    await us.open();
    for (const step of steps) {
      const [who, verb = '', ...subjects] = step.split(' ');
      if (who === 'us') await us.step(verb, ...subjects);
      else await python(format, verb, ...subjects);
    }
    await us.end();
    expect(await python(format, 'list')).toBe(left);
    for (const subject of left.split(' ')) {
      expect(readFileSync(mailbox, 'latin1').split(`The letter ${subject}.\n`).length).toBe(2);
    }
  });

  it('a file put in its place while we wait for the lock is the one that is changed', async () => {
    await python(format, 'add', ...BEGIN);
    const us = new Us(format);
    await us.open();
    await us.step('remove', 'c');
    const peer = startPython(REPLACES, [mailbox, format]);
    expect(await peer.line()).toBe('held');
    const flushed = us.step('flush');
    await until('we wait for the lock', () => us.waits);
    peer.tell('go on');
    await flushed;
    await us.end();
    expect(await python(format, 'list')).toBe('b d');
  });

  it('adds of two programs at once are all there, and no others (mailbox-test.patch)', async () => {
    const rounds = 25;
    const peer = startPython(CONCURRENT, [mailbox, format, String(rounds)]);
    const us = new Us(format);
    await us.open();
    for (let round = 0; round < rounds; round++) {
      for (const step of ['lock', `add ours${round}`, 'flush', 'unlock']) {
        const [verb = '', ...subjects] = step.split(' ');
        await us.step(verb, ...subjects);
      }
    }
    expect(await peer.line()).toBe('done');
    await us.end();
    const found = (await python(format, 'list')).split(' ');
    const wanted = (name: string) => Array.from({ length: rounds }, (_, at) => `${name}${at}`);
    expect(found.filter((subject) => subject.startsWith('ours'))).toEqual(wanted('ours'));
    expect(found.filter((subject) => subject.startsWith('theirs'))).toEqual(wanted('theirs'));
    expect(found.length).toBe(2 * rounds);
  });
});

/** Removes the first message under its lock: its flush renames a new file over the old one. */
const REPLACES = `
import mailbox, sys
box = getattr(mailbox, sys.argv[2])(sys.argv[1])
box.lock()
print('held', flush=True)
sys.stdin.readline()
box.remove(0)
box.flush()
box.unlock()
box.close()
`;

/** Opens anew for each message: Python notices nothing of what happens to a mailbox it has open. */
const CONCURRENT = `
import mailbox, random, sys, time
path, kind, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
end = time.time() + 60
for n in range(rounds):
    while True:
        box = getattr(mailbox, kind)(path)
        try:
            box.lock()
            break
        except mailbox.ExternalClashError:
            box.close()
            if time.time() > end: sys.exit('never got the lock')
            time.sleep(random.random() * 0.01)
    box.add('Subject: theirs%d\\n\\nThe letter theirs%d.\\n' % (n, n))
    box.flush()
    box.unlock()
    box.close()
print('done')
`;

/**
 * Goal: MMDF and Babyl mean the same to us and to Python's mailbox module, in both directions, and
 * after messages were removed. Method: each writes what the other reads. Where Python cannot read a
 * format's own variants (CRLF; the header of flag 0, cpython #114579; a message without body, #114580),
 * that is said.
 */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { babyl } from '../../electron/mailbox/format/babyl.ts';
import { DEFAULT_READING, type Format } from '../../electron/mailbox/format/format.ts';
import { mmdf } from '../../electron/mailbox/format/mmdf.ts';
import { type DrawnMailbox, drawnBabyl, drawnMmdf } from '../support/drawn-mailbox.ts';
import { applyOn, MAILBOX, planOf } from '../support/flush-case.ts';
import { runPython } from '../support/peers.ts';
import { scanBytes } from '../support/scanned.ts';
import { SimulatedDisk } from '../support/simulated-disk.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-formats-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const READ = `
import json, mailbox, sys
kind, paths = sys.argv[1], sys.argv[2:]
def read(path):
    box = getattr(mailbox, kind)(path, create=False)
    found = []
    for key in box.keys():
        try:
            data = box.get_bytes(key, from_=True) if kind == 'MMDF' else box.get_bytes(key)
            found.append(data.decode('latin-1'))
        except AssertionError:
            found.append(None)
    return found
for path in paths: print(json.dumps(read(path)))
`;

/** What Python finds in mailboxes; null for a message it cannot read. */
async function pythonReads(
  kind: 'MMDF' | 'Babyl',
  contents: readonly string[],
): Promise<readonly (readonly (string | null)[])[]> {
  const paths = contents.map((content, at) => {
    const file = path.join(folder, `${at}.box`);
    writeFileSync(file, content, 'latin1');
    return file;
  });
  const output = await runPython(READ, [kind, ...paths]);
  return output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as (string | null)[]);
}

/**
 * What Python can read at all: no CRLF, and no postmark right behind another one, for it takes an empty
 * message of MMDF to be the rest of the file.
 */
const isPython = ({ text, messages }: DrawnMailbox): boolean =>
  !text.includes('\r') && messages.every(({ length }) => length > '\x01\x01\x01\x01\n'.length * 2);

/** What we find: the message, with its From_ line where it has one, as Python gives it. */
async function read(content: string, format: Format): Promise<string[]> {
  const bytes = Buffer.from(content, 'latin1');
  const { spans } = await scanBytes(bytes, { format });
  return spans.map((span) => {
    const stored = bytes.subarray(span.offset, span.offset + span.length);
    const line = /^\x01{4}\n(From .*\n)?/.exec(stored.toString('latin1'))?.[1] ?? '';
    return line + format.messageIn(stored, span).toString('latin1');
  });
}

const WRITE = `
import mailbox, sys
kind, path = sys.argv[1:3]
box = getattr(mailbox, kind)(path)
for number, flags in enumerate(['', 'R', 'RA', 'RD']):
    message = mailbox.mboxMessage()
    message['Subject'] = 'message %d' % number
    message['To'] = 'us@example.org'
    message.set_payload('text %d\\n\\nmore\\n' % number)
    message.set_flags(flags)
    box.add(message if kind == 'MMDF' else message.as_bytes())
box.add('Subject: plain\\n\\nplain\\n')
box.flush()
box.close()
`;

describe.each([
  ['MMDF', mmdf, 5],
  ['Babyl', babyl, 5],
] as const)('%s', (kind, format, count) => {
  test('written by Python is read as Python reads it', async () => {
    const file = path.join(folder, 'box');
    await runPython(WRITE, [kind, file]);
    const content = readFileSync(file, 'latin1');
    const [theirs] = await pythonReads(kind, [content]);
    const ours = await read(content, format);
    expect(ours).toHaveLength(count);
    expect(ours).toEqual(theirs);
  });

  test('delivered behind what Python wrote is read by Python, and Python appends behind it', async () => {
    const file = path.join(folder, 'box');
    await runPython(WRITE, [kind, file]);
    const written = readFileSync(file);
    const message = Buffer.from('Subject: ours\n\nour text\n');
    const ours = Buffer.from(
      format.envelope(message, written.subarray(-4096), null, DEFAULT_READING),
    );
    writeFileSync(file, Buffer.concat([written, ours]));
    await runPython(WRITE, [kind, file]);
    const content = readFileSync(file, 'latin1');
    expect(content.startsWith(written.toString('latin1') + ours.toString('latin1'))).toBe(true);
    const [theirs] = await pythonReads(kind, [content]);
    expect(theirs).toHaveLength(2 * count + 1);
    const found = await read(content, format);
    expect(found[count]).toBe('Subject: ours\n\nour text\n');
    // Python shows no header of a message with flag 0.
    expect(theirs?.[count]).toBe(kind === 'MMDF' ? found[count] : 'our text\n');
    expect(found.toSpliced(count, 1)).toEqual(theirs?.toSpliced(count, 1));
  });

  test('a new mailbox of ours is one to Python, and the first message is found', async () => {
    const empty = Buffer.from(format.emptyMailbox);
    const message = Buffer.from('Subject: first\n\nfirst\n');
    const one = Buffer.concat([empty, format.envelope(message, empty, null, DEFAULT_READING)]);
    const [none, first] = await pythonReads(kind, [
      empty.toString('latin1'),
      one.toString('latin1'),
    ]);
    expect(none).toEqual([]);
    expect(first).toEqual([kind === 'MMDF' ? message.toString() : 'first\n']);
  });

  test('when any messages were removed, Python finds exactly the others', async () => {
    const drawn = kind === 'MMDF' ? drawnMmdf : drawnBabyl;
    const samples = fc
      .sample(fc.tuple(drawn, fc.array(fc.boolean(), { minLength: 10, maxLength: 10 })), {
        numRuns: 300,
        seed: 3,
      })
      .filter(([mailbox]) => isPython(mailbox));
    const results: { readonly before: string; readonly after: string; gone: Set<number> }[] = [];
    for (const [{ text, messages }, choice] of samples) {
      const disk = new SimulatedDisk({ [MAILBOX]: Buffer.from(text, 'latin1') });
      const numbers = messages.flatMap((_, at) => (choice[at] ? [at] : []));
      const plan = await planOf(disk, numbers, format);
      if (plan.removals.length > 0) await applyOn(disk, plan, 4096);
      const after = disk.content(MAILBOX)?.toString('latin1') ?? '';
      results.push({ before: text, after, gone: new Set(numbers) });
    }
    const before = await pythonReads(
      kind,
      results.map((result) => result.before),
    );
    const after = await pythonReads(
      kind,
      results.map((result) => result.after),
    );
    let removed = 0;
    for (const [at, { gone }] of results.entries()) {
      const stay = before[at]?.filter((_, number) => !gone.has(number));
      expect(after[at]).toEqual(stay);
      removed += gone.size;
    }
    expect(removed).toBeGreaterThan(100);
  });

  test('mailboxes of any shape hold as many messages for Python, with the same bodies', async () => {
    const drawn = kind === 'MMDF' ? drawnMmdf : drawnBabyl;
    const texts = fc
      .sample(drawn, { numRuns: 300, seed: 5 })
      .filter(isPython)
      .map(({ text }) => text);
    const theirs = await pythonReads(kind, texts);
    for (const [at, text] of texts.entries()) {
      const ours = await read(text, format);
      expect(theirs[at]).toHaveLength(ours.length);
      // A last line without line end is cut by Python, and a last postmark without one is text to it.
      const whole = /(?:\x01{4}\n|\x1f\s*)$/.test(text) ? ours.length : ours.length - 1;
      for (const [number, message] of ours.slice(0, whole).entries()) {
        const their = theirs[at]?.[number];
        if (their !== null && their !== undefined) expect(message.endsWith(their)).toBe(true);
      }
    }
  });
});

test('Python writes no shown header for its own Babyl messages (cpython #157880): we lose no text', async () => {
  const file = path.join(folder, 'box');
  const code = `
import mailbox, sys
message = mailbox.BabylMessage('Subject: x\\n\\nfirst line\\n\\nsecond\\n')
message.add_label('answered')
message.add_label('home')
box = mailbox.Babyl(sys.argv[1])
box.add(message)
box.flush()
`;
  await runPython(code, [file]);
  const content = readFileSync(file, 'latin1');
  expect(await pythonReads('Babyl', [content])).toEqual([['Subject: x\n\nsecond\n']]);
  expect(await read(content, babyl)).toEqual(['Subject: x\n\nfirst line\n\nsecond\n']);
});

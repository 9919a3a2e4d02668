/**
 * Goal: a message that stands at the end of a file, and is not closed there, can be deleted and replaced
 * as any other: what is delivered behind it, by us or by others, first ends it, and that is no change of it.
 * Method: mailboxes of each format that end in every way, changed over `serve`, beside Python.
 */

import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runPython } from '../support/peers.ts';
import { Served } from '../support/served.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-last-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const FROM = 'From a@example.org Thu Jan  1 00:00:00 2004\n';
const text = (subject: string): string => `Subject: ${subject}\n\nBody of ${subject}.`;
const babyl = (subject: string): string => `\f\n0,,\n*** EOOH ***\n${text(subject)}`;

/** A file of two messages, without what may follow the second. */
const FILES = {
  mbox: `${FROM}${text('one')}\n\n${FROM}${text('two')}`,
  MMDF: `\x01\x01\x01\x01\n${FROM}${text('one')}\n\x01\x01\x01\x01\n\x01\x01\x01\x01\n${FROM}${text('two')}`,
  Babyl: `BABYL OPTIONS:\nVersion: 5\n\x1f${babyl('one')}\n\x1f${babyl('two')}`,
} as const;
type Format = keyof typeof FILES;

/** How the file ends. */
const ENDS = {
  mbox: ['', '\n', '\r\n', '\n\n', '\n\n\n'],
  MMDF: ['', '\n', '\n\x01\x01\x01\x01', '\n\x01\x01\x01\x01\n'],
  Babyl: ['', '\n', '\n\x1f'],
} as const;

/** Python looks at nothing but the last byte: behind these it delivers a message that can be found. */
const PYTHON_ENDS = {
  mbox: ['\n', '\n\n', '\n\n\n'],
  MMDF: ['\n\x01\x01\x01\x01\n'],
  Babyl: ['\n\x1f'],
} as const;

/** The messages that a file holds, by what their bodies say. */
const bodies = (content: string): string[] => content.match(/Body of \w+/g) ?? [];

const DELIVER = `
import mailbox, sys
box = getattr(mailbox, sys.argv[1])(sys.argv[2], create=False)
box.lock(); box.add(sys.argv[3]); box.flush(); box.close()
`;

const asBase64 = (message: string): string => Buffer.from(`${message}\n`).toString('base64');

/** What becomes of the second message. */
const CHANGES = {
  'is replaced': async (engine: Served, key: string) => {
    await engine.call('lock');
    await engine.call('replace', { key, message: asBase64(text('new')) });
  },
  'is removed while another is added': async (engine: Served, key: string) => {
    await engine.call('lock');
    await engine.call('remove', { keys: [key] });
    await engine.call('add', { message: asBase64(text('new')) });
  },
  'is removed after Python has delivered': async (
    engine: Served,
    key: string,
    format: Format,
    file: string,
  ) => {
    await engine.call('remove', { keys: [key] });
    await runPython(DELIVER, [format, file, `${text('new')}\n`]);
  },
} as const;

describe.each(['mbox', 'MMDF', 'Babyl'] as const)('the last message of a file in %s', (format) => {
  const names = Object.keys(CHANGES) as (keyof typeof CHANGES)[];
  it.each(names)(
    '%s',
    async (name) => {
      const ends = name === 'is removed after Python has delivered' ? PYTHON_ENDS : ENDS;
      for (const [at, end] of ends[format].entries()) {
        const file = path.join(folder, `${format}-${names.indexOf(name)}-${at}`);
        writeFileSync(file, FILES[format] + end, 'latin1');
        const engine = new Served();
        await engine.call('open', { path: file });
        const { keys } = await engine.call<{ keys: string[] }>('keys');
        await CHANGES[name](engine, keys[1] ?? '', format, file);
        const flushed = await engine.call('flush');
        await engine.close();
        const now = readFileSync(file, 'latin1');
        const told = JSON.stringify({ end, now });
        expect(flushed, told).toMatchObject({ conflicts: [], removed: { messages: 1 } });
        expect(bodies(now), told).toEqual(['Body of one', 'Body of new']);
      }
    },
    120_000,
  );

  it('stays where anything else was written behind it', async () => {
    const file = path.join(folder, `${format}-grown`);
    writeFileSync(file, `${FILES[format]}\n`, 'latin1');
    const engine = new Served();
    await engine.call('open', { path: file });
    const { keys } = await engine.call<{ keys: string[] }>('keys');
    await engine.call('remove', { keys: [keys[1]] });
    appendFileSync(file, 'P.S.\n');
    expect(await engine.call('flush')).toMatchObject({
      conflicts: [{ key: keys[1] }],
      removed: { messages: 0 },
    });
    await engine.close();
    expect(readFileSync(file, 'latin1')).toBe(`${FILES[format]}\nP.S.\n`);
  }, 60_000);
});

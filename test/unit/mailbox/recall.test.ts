/**
 * Goal: remembered contents are taken for those of a file only if they are; also where messages are so
 * long that only their ends are looked at.
 */

import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { realDisk } from '../../../electron/mailbox/disk/real-disk.ts';
import { identifySettled } from '../../../electron/mailbox/disk/identity.ts';
import { DEFAULT_READING } from '../../../electron/mailbox/format/format.ts';
import { Mailbox } from '../../../electron/mailbox/mailbox.ts';
import { QUIET } from '../../../electron/mailbox/mailbox-options.ts';
import type { Contents } from '../../../electron/mailbox/toc/contents.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-recall-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const open = (file: string): Promise<Mailbox> =>
  Mailbox.open({
    disk: realDisk,
    path: file,
    access: 'read-only',
    reading: DEFAULT_READING,
    stateFolder: folder,
    onRegenerated: () => undefined,
  });

async function contentsOf(file: string): Promise<Contents> {
  const mailbox = await open(file);
  await mailbox.scan(QUIET);
  const { contents } = mailbox;
  await mailbox.close();
  if (!contents) throw new Error('not read');
  return contents;
}

/** What a mailbox that was opened anew makes of contents; they get the file's identity first. */
async function recall(file: string, contents: Contents, now: 'identity' | 'as it was') {
  const opened = await realDisk.open(file, 'read');
  const identity = now === 'identity' ? await identifySettled(opened) : contents.identity;
  await opened.close();
  const mailbox = await open(file);
  const recalled = await mailbox.recall({ ...contents, identity });
  expect(mailbox.state).toBe(recalled === 'other' ? 'scanning' : 'ready');
  await mailbox.close();
  return recalled;
}

function patch(file: string, at: number, text: string): void {
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, text, at);
  closeSync(descriptor);
}

const message = (name: string, headerBytes: number, bodyBytes: number): string =>
  `From ${name}@example.org Thu Jan  1 00:00:00 2004\nSubject: ${name}\n${'X-Long: header line of a long header\n'.repeat(Math.ceil(headerBytes / 36))}\n${'a line of the body, and another\n'.repeat(Math.ceil(bodyBytes / 32))}end of ${name}\n\n`;

const SHAPES: readonly (readonly [string, number, number])[] = [
  ['short', 0, 100],
  ['a long body', 0, 1_000_000],
  ['a long header', 300_000, 100],
  ['both long', 300_000, 1_000_000],
  ['a header as long as fingerprints look', 64 * 1024, 400_000],
  ['nothing but a long header', 300_000, 0],
];

describe('remembered contents', () => {
  it.each(SHAPES)(
    '%s: are believed, until a byte that tells is another',
    async (name, header, body) => {
      const file = path.join(folder, name);
      const text =
        message('first', 0, 10) + message('tested', header, body) + message('last', 0, 10);
      writeFileSync(file, text);
      const contents = await contentsOf(file);
      expect(contents.table.count).toBe(3);
      expect(await recall(file, contents, 'as it was')).toBe('same');
      const subject = text.indexOf('Subject: tested') + 'Subject: '.length;
      const end = text.indexOf('end of tested') + 'end of '.length;
      for (const at of [subject, end]) {
        patch(file, at, 'other!');
        expect(await recall(file, contents, 'as it was')).toBe('other');
        // Nor if all times and sizes said so.
        expect(await recall(file, contents, 'identity')).toBe('other');
        patch(file, at, 'tested');
        expect(await recall(file, contents, 'identity')).toBe('same');
      }
    },
  );

  it('of an MMDF archive with long messages, too', async () => {
    const file = path.join(folder, 'mmdf');
    const mark = '\x01\x01\x01\x01\n';
    const one = (name: string) => `${mark}${message(name, 0, 600_000)}${mark}`;
    writeFileSync(file, one('first') + one('second'));
    const contents = await contentsOf(file);
    expect(contents.table.count).toBe(2);
    expect(await recall(file, contents, 'as it was')).toBe('same');
    patch(file, readFileSync(file).indexOf('end of first'), 'END');
    expect(await recall(file, contents, 'identity')).toBe('other');
  });

  it('are those of a file that has grown, and not of one that was cut off or replaced', async () => {
    const file = path.join(folder, 'changed');
    const text = message('first', 0, 5000) + message('second', 0, 5000);
    writeFileSync(file, text);
    const contents = await contentsOf(file);
    writeFileSync(file, message('third', 0, 10), { flag: 'a' });
    expect(await recall(file, contents, 'as it was')).toBe('grown');
    writeFileSync(file, text.slice(0, -10));
    expect(await recall(file, contents, 'as it was')).toBe('other');
    rmSync(file);
    writeFileSync(`${file}.new`, text);
    writeFileSync(file, text);
    expect(await recall(file, contents, 'as it was')).toBe('other');
  });
});

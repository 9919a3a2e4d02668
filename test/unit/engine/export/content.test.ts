/**
 * Goal: a message comes out the same whether it is short or too long for memory; mbox is byte-exact
 * and mboxrd can be taken back. Method: archives of every format, read with limits of some bytes.
 */

import path from 'node:path';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contentOf } from '../../../../electron/engine/export/message-content.ts';
import { StoredMessages } from '../../../../electron/engine/export/stored-messages.ts';
import { allKeys, exportAll, filesBelow } from '../../../support/exported.ts';
import { openArchiveAt, openedArchive, testFolder } from '../../../support/opened-archive.ts';

const FROM = 'From ann@example.org Thu Jan  1 00:00:00 2004';
const BODY = 'Dear all,\n>From here on\n>>From there\n> From\nFromage\n';
const letter = (subject: string, body: string): string => `Subject: ${subject}\n\n${body}`;

const ARCHIVES: Readonly<Record<string, string>> = {
  mbox: [
    `${FROM}\n${letter('one', BODY)}\n`,
    `${FROM}\n${letter('two', '')}\n`,
    `${FROM}\n${letter('three', `${BODY}\n\n`)}\n`,
    `${FROM}\nSubject: four\n`,
    `\n${FROM}\n${letter('five', 'no line end')}`,
  ].join(''),
  'mbox with CRLF': `${FROM}\n${letter('one', BODY)}\n${FROM}\n${letter('two', BODY)}\n`.replaceAll(
    '\n',
    '\r\n',
  ),
  'mbox with CR': `${FROM}\n${letter('one', BODY)}\n${FROM}\n${letter('two', BODY)}\n`.replaceAll(
    '\n',
    '\r',
  ),
  mmdf: `\x01\x01\x01\x01\n${letter('one', BODY)}\n\x01\x01\x01\x01\n\x01\x01\x01\x01\n${FROM}\n${letter('two', BODY)}\n\x01\x01\x01\x01\n`,
  babyl: `BABYL OPTIONS: -*- rmail -*-\nVersion: 5\nLabels:\n\x1f\x0c\n1, answered, forwarded,,\n${letter('one', '')}*** EOOH ***\n${letter('one', BODY)}\x1f\x0c\n0, unseen,,\n*** EOOH ***\n${letter('two', BODY)}\x1f`,
};

const joined = async (
  parts: AsyncIterable<Uint8Array> | readonly Uint8Array[],
): Promise<string> => {
  const all: Buffer[] = [];
  for await (const part of parts) all.push(Buffer.from(part));
  return Buffer.concat(all).toString('latin1');
};

describe.each(Object.keys(ARCHIVES))('%s', (name) => {
  const content = ARCHIVES[name] ?? '';

  it('comes out the same in strokes of any size', async () => {
    const { archive } = await openedArchive(content);
    const { format } = archive.mailbox;
    const hows = [
      { header: [], body: [] },
      { header: ['quote-bare'], body: ['mboxrd', 'quote'] },
      { header: [], body: ['mboxo'] },
    ] as const;
    for (const of of allKeys(archive)) {
      for (const how of hows) {
        const stored = await new StoredMessages(archive).read(of);
        expect(stored.whole).toBe(true);
        const whole = await joined(contentOf(stored, format, how));
        if (how.body.length === 0) {
          expect(whole).toBe(format.messageIn(stored.begin, stored.span).toString('latin1'));
        }
        for (const strokeBytes of [90, 97, 128, 150]) {
          const limits = { strokeBytes, wholeBytesMax: 20 };
          const long = await new StoredMessages(archive, limits).read(of);
          expect(long.whole).toBe(false);
          expect(await joined(contentOf(long, format, how))).toBe(whole);
        }
      }
    }
  });

  it('as mboxrd is read as the same messages again', async () => {
    const { archive, rows } = await openedArchive(content);
    const folder = testFolder();
    const eml = path.join(folder, 'eml');
    const again = path.join(folder, 'again');
    await exportAll(archive, eml, { as: 'eml', name: '{number}' });
    const to = path.join(folder, 'out.mbox');
    await exportAll(archive, to, { as: 'mboxrd' });
    const second = await openArchiveAt(to);
    expect(second.rows.map((row) => row.subject)).toEqual(rows.map((row) => row.subject));
    expect(second.report.quoting).toBe('mboxrd');
    await exportAll(second.archive, again, { as: 'eml', name: '{number}' });
    // A last line that was not ended has to be, or what follows would be part of it.
    const lineEnd = /\r\n|\n|\r/.exec(content)?.[0] ?? '';
    const ended = (bytes: string): string => (/[\r\n]$/.test(bytes) ? bytes : bytes + lineEnd);
    const first = [...filesBelow(eml).values()].map(ended);
    expect([...filesBelow(again).values()].map(ended)).toEqual(first);
  });
});

describe('as mbox', () => {
  it('an archive is byte for byte what it was', async () => {
    for (const name of ['mbox', 'mbox with CRLF', 'mbox with CR']) {
      const { archive } = await openedArchive(ARCHIVES[name] ?? '');
      const to = path.join(testFolder(), 'out');
      await exportAll(archive, to, { as: 'mbox' });
      expect(readFileSync(to, 'latin1')).toBe(ARCHIVES[name]);
    }
  });

  it('messages in another order are kept apart, and are what they were', async () => {
    const { archive, rows } = await openedArchive(ARCHIVES['mbox'] ?? '');
    const to = path.join(testFolder(), 'out');
    await exportAll(archive, to, { as: 'mbox' }, { keys: allKeys(archive).reverse() });
    const second = await openArchiveAt(to);
    expect(second.rows.map((row) => row.subject)).toEqual(rows.map((row) => row.subject).reverse());
  });

  it.each(['mmdf', 'babyl'])('is refused for %s', async (name) => {
    const { archive } = await openedArchive(ARCHIVES[name] ?? '');
    const to = path.join(testFolder(), 'out');
    await expect(exportAll(archive, to, { as: 'mbox' })).rejects.toMatchObject({ code: 'MISUSE' });
  });
});

describe('quoting', () => {
  it('is taken back where the archive quotes, and kept if that is wanted', async () => {
    const { archive } = await openedArchive(ARCHIVES['mbox'] ?? '');
    expect(archive.dialect().quoting).toBe('mboxrd');
    const folder = testFolder();
    await exportAll(archive, path.join(folder, 'undone'), { as: 'eml', name: '{number}' });
    const kept = { as: 'eml', name: '{number}', quoting: 'keep' } as const;
    await exportAll(archive, path.join(folder, 'kept'), kept);
    const files = filesBelow(folder);
    expect(files.get('undone/000001.eml')).toBe(
      letter('one', 'Dear all,\nFrom here on\n>From there\n> From\nFromage\n'),
    );
    expect(files.get('kept/000001.eml')).toBe(letter('one', BODY));
  });
});

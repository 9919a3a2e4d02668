/**
 * Goal: whoever asks an engine gets parts of a message in strokes, and files that are whole, under
 * names that are safe and free, whatever the message calls them.
 */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { saveParts } from '../../../electron/engine/messages/save-parts.ts';
import { writeSavedFile } from '../../../electron/engine/messages/saved-file.ts';
import { realDisk } from '../../../electron/mailbox/disk/real-disk.ts';
import { numberedName, saveName } from '../../../electron/message/save-name.ts';
import { WHOLE_MESSAGE } from '../../../shared/reading-contract.ts';
import { key } from '../../../shared/units.ts';
import { type OpenedArchive, openedArchive, testFolder } from '../../support/opened-archive.ts';

const FROM = 'From a@b Mon Jan  1 00:00:00 2024\n';
const attachment = (name: string, content: string): string =>
  `--b\nContent-Type: a/b\nContent-Disposition: attachment; filename="${name}"\nContent-Transfer-Encoding: base64\n\n${Buffer.from(content).toString('base64').replace(/.{76}/g, '$&\n')}\n`;
const message = (subject: string, ...parts: string[]): string =>
  `${FROM}Subject: ${subject}\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nhello\n${parts.join('')}--b--\n\n`;

const firstKey = ({ rows }: OpenedArchive) => key(rows[0]?.key ?? '');

describe('an engine gives', () => {
  test('an attachment in strokes, and the message as stored', async () => {
    const stored = message('x', attachment('a.bin', 'abcdef'));
    const opened = await openedArchive(stored + message('y'));
    const { reading } = opened.archive;
    const of = firstKey(opened);
    const [file] = (await reading.view(of)).attachments;
    const part = file?.part ?? '';
    const strokes = await Promise.all([0, 4].map((from) => reading.partBytes(of, part, from, 4)));
    expect(strokes.map(({ bytes, end }) => [Buffer.from(bytes).toString(), end])).toEqual([
      ['abcd', false],
      ['ef', true],
    ]);
    const source = await reading.source(of, 5, 3);
    expect(Buffer.from(source.bytes).toString()).toBe(stored.slice(5, 8));
    expect(source.total).toBe(stored.length);
    await expect(reading.partBytes(of, 'p99', 0, 1)).rejects.toMatchObject({ code: 'GONE' });
    await expect(reading.view(key('none'))).rejects.toMatchObject({ code: 'GONE' });
  });

  test.each(['mbox', 'mmdf'])('the same of a message too long for memory (%s)', async (kind) => {
    const content = 'abc'.repeat(6_000_000);
    const long = message('long', attachment('big.bin', content), attachment('b.bin', 'last'));
    const mark = '\x01\x01\x01\x01\n';
    const opened = await openedArchive(kind === 'mbox' ? long + message('y') : mark + long + mark);
    const of = firstKey(opened);
    const { reading } = opened.archive;
    const view = await reading.view(of);
    expect(view).toMatchObject({ subject: 'long', body: [{ kind: 'text' }], truncated: true });
    const { attachments } = await reading.attachments(of);
    expect(attachments.map(({ bytes, name }) => [name, bytes])).toEqual([
      ['big.bin', content.length],
      ['b.bin', 4],
    ]);
    const last = await reading.partBytes(of, attachments[1]?.part ?? '', 0, 10);
    expect(Buffer.from(last.bytes).toString()).toBe('last');
    const end = await reading.partBytes(of, attachments[0]?.part ?? '', content.length - 3, 10);
    expect([Buffer.from(end.bytes).toString(), end.end]).toEqual(['abc', true]);
  });
});

describe('files are saved', () => {
  test('whole, safe, and beside what is there', async () => {
    const parts = [attachment('../../evil.sh', 'one'), attachment('evil.sh', 'two')];
    const opened = await openedArchive(message('re: a/b', ...parts));
    const folder = testFolder();
    writeFileSync(path.join(folder, 'evil.sh'), 'mine');
    const of = firstKey(opened);
    const view = await opened.archive.reading.view(of);
    const asked = [...view.attachments.map(({ part }) => ({ part })), { part: WHOLE_MESSAGE }];
    const saved = await saveParts(opened.archive, { key: of, folder, parts: asked });
    expect(saved.files.map(({ name }) => name)).toEqual(['evil (2).sh', 'evil (3).sh', 'b.eml']);
    const found = readdirSync(folder).sort();
    expect(found).toEqual(['b.eml', 'evil (2).sh', 'evil (3).sh', 'evil.sh']);
    const contents = found.slice(1).map((name) => readFileSync(path.join(folder, name), 'utf8'));
    expect(contents).toEqual(['one', 'two', 'mine']);
    expect(readFileSync(path.join(folder, 'b.eml'), 'utf8')).toContain('Subject: re: a/b\n');
  });

  test('or not there at all', async () => {
    const folder = testFolder();
    const broken = async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.from('some');
      throw new Error('gone');
    };
    const place = { folder, name: 'x' };
    await expect(writeSavedFile(realDisk, place, broken())).rejects.toThrow('gone');
    expect(readdirSync(folder)).toEqual([]);
  });

  test('also where a file can have one name only', async () => {
    const folder = testFolder();
    const disk = { ...realDisk, link: async () => 'unsupported' as const };
    const content = async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.from('new');
    };
    writeFileSync(path.join(folder, 'x'), 'old');
    expect(await writeSavedFile(disk, { folder, name: 'x' }, content())).toBe('x (2)');
    expect(readdirSync(folder).sort()).toEqual(['x', 'x (2)']);
    expect(readFileSync(path.join(folder, 'x'), 'utf8')).toBe('old');
    expect(readFileSync(path.join(folder, 'x (2)'), 'utf8')).toBe('new');
  });
});

describe('a name to save under', () => {
  test.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Windows\\x.exe', 'x.exe'],
    ['con.txt', '_con.txt'],
    ['.bashrc', 'bashrc'],
    ['a\u202egpj.exe', 'agpj.exe'],
    ['x. . ', 'x'],
    ['a<b>:c?', 'a_b__c_'],
    ['..', 'unnamed'],
    ['', 'unnamed'],
  ])('%j is %j', (name, safe) => {
    expect(saveName(name)).toBe(safe);
  });

  test('is always one that can be written, and can be numbered', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (name) => {
        for (const safe of [saveName(name), numberedName(saveName(name), 9999)]) {
          expect(safe).not.toMatch(/[/\\<>:"|?*\0-\x1f]|^\.|[. ]$/);
          expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(255);
          expect(safe).not.toBe('');
        }
      }),
    );
  });
});

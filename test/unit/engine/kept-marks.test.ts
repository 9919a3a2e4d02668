/**
 * Goal: a mark outlives the app and its engines, names the message it named (I4) and removes only what
 * was seen (I5), or does not come back and is counted.
 * Method: archives that are marked, left without a word as a crash leaves them, changed by another
 * program, and opened again; files of marks that are damaged, cut off, or from the future.
 */

import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Archive } from '../../../electron/engine/archive/archive.ts';
import {
  parseMarks,
  renderChange,
  renderMarks,
} from '../../../electron/engine/removing/marks-file.ts';
import { digest, type Key, key, messageNumber } from '../../../shared/units.ts';
import { testFolder } from '../../support/opened-archive.ts';

const message = (at: number, text = 'Text'): string =>
  `From a${at}@example.org Mon Jan  1 00:00:00 2024\nFrom: a${at}@example.org\nSubject: number ${at}\n\n${text} ${at}\n\n`;
const FIVE = [1, 2, 3, 4, 5].map((at) => message(at)).join('');

/** A folder with an archive, and where its marks are kept. */
function begin(content = FIVE) {
  const folder = testFolder();
  const file = path.join(folder, 'box');
  writeFileSync(file, content);
  return { folder, file, marks: path.join(folder, 'marks') };
}

async function open(folder: string, file: string): Promise<Archive> {
  const archive = await Archive.open({
    path: file,
    access: 'read-write',
    journalFolder: path.join(folder, 'journals'),
    copyFolder: path.join(folder, 'removed'),
    readingFolder: path.join(folder, 'readings'),
    marksFolder: path.join(folder, 'marks'),
    catalogFolder: null,
  });
  onTestFinished(() => archive.close());
  await archive.read();
  return archive;
}

const mark = (archive: Archive, ...numbers: number[]) =>
  archive.removing.remove(numbers.map(messageNumber));
const marked = (archive: Archive): number => archive.status().marked.messages;

describe('marks come back', () => {
  test('after the end, and after a crash; a compaction then removes exactly those', async () => {
    const { folder, file } = begin();
    const first = await open(folder, file);
    await mark(first, 1, 3, 4);
    await first.removing.unremove([messageNumber(3)]);
    // Not closed: nothing is written at the end that was not before.
    const second = await open(folder, file);
    expect(second.status()).toMatchObject({
      marked: { messages: 2 },
      marks: { memory: 'kept', lost: 0 },
    });
    await second.close();
    const third = await open(folder, file);
    expect(marked(third)).toBe(2);
    await third.removing.flush('none');
    expect(readFileSync(file, 'utf8')).toBe(message(1) + message(3) + message(4));
    expect(third.status().marks).toEqual({ memory: 'none', lost: 0 });
    await third.close();
    expect(readdirSync(path.join(folder, 'marks'))).toEqual([]);
  });

  test('where another program put a new file in its place, and where it was moved', async () => {
    const { folder, file } = begin();
    await mark(await open(folder, file), 1);
    copyFileSync(file, `${file}.new`);
    renameSync(`${file}.new`, file);
    const replaced = await open(folder, file);
    expect(marked(replaced)).toBe(1);
    await mark(replaced, 2);
    await replaced.close();
    const moved = path.join(folder, 'elsewhere');
    renameSync(file, moved);
    expect(marked(await open(folder, moved))).toBe(2);
  });

  test('but not for messages that are gone or longer; how many is told', async () => {
    const { folder, file } = begin();
    await mark(await open(folder, file), 0, 1, 2);
    writeFileSync(file, message(1) + message(2, 'Longer text') + message(4) + message(5));
    const archive = await open(folder, file);
    expect(archive.status()).toMatchObject({ marked: { messages: 1 }, marks: { lost: 2 } });
    expect(archive.mailbox.pending.has(archive.keyOf(messageNumber(0)))).toBe(true);
  });

  test('and what was altered in the middle stays, as a conflict (I5)', async () => {
    // Longer than what a fingerprint covers at the end.
    const long = message(2, 'x'.repeat(5000));
    const { folder, file } = begin(message(1) + long + message(3));
    await mark(await open(folder, file), 1);
    const altered = `${message(1)}${long.replace('xxxx', 'yyyy')}${message(3)}`;
    writeFileSync(file, altered);
    const archive = await open(folder, file);
    expect(marked(archive)).toBe(1);
    const { removed, conflicts } = await archive.removing.flush('none');
    expect(removed.messages).toBe(0);
    expect(conflicts).toMatchObject([{ code: 'CHANGED' }]);
    expect(readFileSync(file, 'utf8')).toBe(altered);
  });

  test('of twins only where they are as many as they were', async () => {
    const twin = message(1);
    const { folder, file } = begin(twin.repeat(3));
    await mark(await open(folder, file), 1);
    expect(marked(await open(folder, file))).toBe(1);
    writeFileSync(file, twin.repeat(2));
    const archive = await open(folder, file);
    expect(archive.status()).toMatchObject({ marked: { messages: 0 }, marks: { lost: 1 } });
  });
});

describe('a file of marks', () => {
  const only = (folder: string): string => {
    const [name = ''] = readdirSync(folder);
    return path.join(folder, name);
  };

  test('that is damaged is set aside, said, and outdone', async () => {
    const { folder, file, marks } = begin();
    await mark(await open(folder, file), 1);
    writeFileSync(only(marks), '\0\0\0 not marks');
    const archive = await open(folder, file);
    expect(archive.status()).toMatchObject({
      marked: { messages: 0 },
      marks: { memory: 'damaged' },
    });
    await mark(archive, 2);
    expect(archive.status().marks.memory).toBe('kept');
    expect(readdirSync(marks).filter((name) => name.endsWith('.damaged'))).toHaveLength(1);
    expect(marked(await open(folder, file))).toBe(1);
  });

  test('of a newer Mailkeep is left as it is, and said', async () => {
    const { folder, file, marks } = begin();
    await mark(await open(folder, file), 1);
    const newer = readFileSync(only(marks), 'utf8').replace('mailkeep-marks 1', 'mailkeep-marks 2');
    writeFileSync(only(marks), newer);
    const archive = await open(folder, file);
    expect(archive.status()).toMatchObject({ marked: { messages: 0 }, marks: { memory: 'newer' } });
    await mark(archive, 2);
    expect(marked(archive)).toBe(1);
    await archive.close();
    expect(readFileSync(only(marks), 'utf8')).toBe(newer);
  });

  test('that cannot be written is said, and marks hold; once it can, they are kept', async () => {
    const { folder, file, marks } = begin();
    // Where its folder should be stands a file.
    writeFileSync(marks, '');
    const archive = await open(folder, file);
    await mark(archive, 1);
    expect(archive.status()).toMatchObject({
      marked: { messages: 1 },
      marks: { memory: 'unsaved' },
    });
    renameSync(marks, `${marks}.away`);
    await mark(archive, 2);
    expect(archive.status().marks.memory).toBe('kept');
    expect(marked(await open(folder, file))).toBe(2);
  });

  test('is for nobody else to read', async () => {
    const { folder, file, marks } = begin();
    mkdirSync(marks);
    chmodSync(marks, 0o755);
    await mark(await open(folder, file), 1);
    expect(readFileSync(only(marks), 'utf8')).toMatch(/^mailkeep-marks 1 \{.*\}\n\+[0-9a-f]{16} /);
  });
});

const text = async (pieces: AsyncIterable<string>): Promise<string> => {
  let all = '';
  for await (const piece of pieces) all += piece;
  return all;
};

test('cut off anywhere, a file of marks holds what was marked before the cut', async () => {
  const keyOf = (at: number): Key => key(at.toString(16).padStart(16, '0'));
  const entry = (at: number) =>
    [keyOf(at), { digest: digest(`${at}`.padStart(64, 'a')), bytes: at + 1 }] as const;
  const of = { path: '/a "path"\nwith two lines', device: '1', inode: '2', born: '3' };
  const change = fc.record({ how: fc.constantFrom('mark', 'unmark'), at: fc.nat(5) });
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 20 }), fc.nat(), async (changes, cutAt) => {
      const states = [new Set<Key>()];
      let file = await text(renderMarks(of, []));
      const ends = [file.length];
      for (const { how, at } of changes) {
        const now = new Set(states.at(-1));
        if (how === 'mark') now.add(keyOf(at));
        else now.delete(keyOf(at));
        file += await text(
          how === 'mark' ? renderChange([entry(at)], []) : renderChange([], [keyOf(at)]),
        );
        states.push(now);
        ends.push(file.length);
      }
      const cut = (ends[0] ?? 0) + (cutAt % (file.length - (ends[0] ?? 0) + 1));
      const read = await parseMarks(file.slice(0, cut));
      const whole = ends.findLastIndex((end) => end <= cut);
      expect(read).toMatchObject({ read: 'marks', of });
      const keys = read.read === 'marks' ? [...read.marks.keys()].sort() : [];
      expect(keys).toEqual([...(states[whole] ?? [])].sort());
    }),
  );
});

/**
 * Goal: what has been written counts as written. Whatever happens behind the last byte (a cancel, a disk
 * that fails, a program that goes on writing without a lock), nobody is told that it has not been, for
 * who is told so tries again, and has the message twice.
 * Method: the real disk, with somebody who does that in front of each operation behind the write.
 */

import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Mailbox } from '../../electron/mailbox/mailbox.ts';
import { QUIET } from '../../electron/mailbox/mailbox-options.ts';
import { MailboxError } from '../../shared/errors.ts';
import { messageNumber } from '../../shared/units.ts';
import { readyOn } from '../support/fault-mailbox.ts';
import { numberedLetter, numberedLetters } from '../support/letters.ts';
import { watchedDisk, type Operation } from '../support/watched-disk.ts';

const LETTERS = numberedLetters('us', 4, 300);
const BEFORE = LETTERS.join('');
const NEW = 'Subject: new\n\nIt has just come in.\n';
const COPY = numberedLetter('copy', 1, 300);

let folder = '';
let file = '';
let onOperation: (operation: Operation) => void = () => undefined;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-told-'));
  file = path.join(folder, 'box');
  writeFileSync(file, BEFORE);
});
afterEach(() => {
  onOperation = () => undefined;
  rmSync(folder, { recursive: true, force: true });
});

const ready = (which: string): Promise<Mailbox> =>
  readyOn(
    watchedDisk((operation) => onOperation(operation)),
    which,
    folder,
  );

const isOurs = ({ path: where }: Operation): boolean =>
  where === file || where.includes('.mailkeep-journal');

/** How often a text stands in the file. */
const times = (text: string): number => readFileSync(file, 'latin1').split(text).length - 1;

interface Way {
  readonly text: string;
  readonly act: (mailbox: Mailbox, signal: AbortSignal) => Promise<unknown>;
}

async function restored(mailbox: Mailbox, signal: AbortSignal): Promise<unknown> {
  const copyFile = path.join(folder, 'copy');
  writeFileSync(copyFile, COPY);
  const copy = await ready(copyFile);
  try {
    return await mailbox.restore(copy, [messageNumber(0)], { ...QUIET, signal });
  } finally {
    await copy.close();
  }
}

const WAYS: readonly (readonly [string, Way])[] = [
  [
    'a delivery',
    {
      text: 'Subject: new\n',
      act: (mailbox, signal) => mailbox.append(Buffer.from(NEW), null, { ...QUIET, signal }),
    },
  ],
  ['a message put back', { text: 'Subject: copy-1\n', act: restored }],
  [
    'what was accepted',
    {
      text: 'Subject: new\n',
      act: async (mailbox, signal) => {
        if (mailbox.additions.length === 0 && times('Subject: new\n') === 0) {
          await mailbox.accept(Buffer.from(NEW), null);
        }
        return mailbox.flush({ ...QUIET, signal });
      },
    },
  ],
];

/** Does something in front of an operation behind the write, each in turn; who is told of a failure tries again. */
async function atEach(
  { text, act }: Way,
  happens: (stop: AbortController, done: number) => void,
): Promise<void> {
  for (let at = 0; ; at++) {
    writeFileSync(file, BEFORE);
    const mailbox = await ready(file);
    const stop = new AbortController();
    let done = -1;
    onOperation = (operation) => {
      if (!isOurs(operation) || operation.does === 'close') return;
      // Written, and synced.
      if (done < 0 && !(operation.does === 'sync' && operation.path === file && times(text) > 0))
        return;
      done += 1;
      // The sync itself may still fail: then nothing is written.
      if (done > at) happens(stop, done);
    };
    const failed = await act(mailbox, stop.signal).then(
      () => false,
      (error: unknown) => {
        if (!(error instanceof MailboxError)) throw error;
        return true;
      },
    );
    onOperation = () => undefined;
    await mailbox.close();
    const again = await ready(file);
    if (failed) await act(again, QUIET.signal);
    await again.close();
    expect(times(text), `operation ${at}, failed: ${failed}`).toBe(1);
    if (done <= at) return;
  }
}

describe.each(WAYS)('%s is there once', (_, way) => {
  it('if it is cancelled when it has been written', async () => {
    await atEach(way, (stop) => stop.abort());
  });

  it('if another program goes on writing without a lock', async () => {
    let number = 0;
    await atEach(way, () => {
      number += 1;
      appendFileSync(file, numberedLetter('them', number, 20));
    });
  });
});

describe.each(WAYS)('%s is not told as written into a file that is gone', (_, { text, act }) => {
  it('if another program puts a file of its own there, at whatever operation', async () => {
    const theirs = numberedLetters('them', 5, 300).join('');
    let replaced = 0;
    for (let at = 0; ; at++) {
      writeFileSync(file, BEFORE);
      const mailbox = await ready(file);
      let number = 0;
      let isOver = false;
      onOperation = (operation) => {
        // Who does so behind this takes a message away that was there.
        const { does, path: where } = operation;
        if (isOver || !isOurs(operation)) return;
        isOver = does === 'remove' && where.includes('.mailkeep-journal');
        if (number++ !== at) return;
        writeFileSync(`${file}.new`, theirs);
        renameSync(`${file}.new`, file);
        replaced += 1;
      };
      const code = await act(mailbox, QUIET.signal).then(
        () => 'done',
        (error: { readonly code?: string }) => error.code,
      );
      onOperation = () => undefined;
      expect(times(text), `operation ${at}: ${code}`).toBe(code === 'done' ? 1 : 0);
      // Who is told so tries again: what was accepted has been kept for that.
      if (code !== 'done') await act(mailbox, QUIET.signal);
      expect(times(text), `operation ${at}, again`).toBe(1);
      await mailbox.close();
      rmSync(`${file}.mailkeep-journal`, { force: true });
      if (number <= at) break;
    }
    expect(replaced).toBeGreaterThan(10);
  });
});

it('what was accepted is written once, though the flush that wrote it was cancelled', async () => {
  const mailbox = await ready(file);
  await mailbox.accept(Buffer.from(NEW), null);
  await mailbox.mark([messageNumber(1)], QUIET);
  const stop = new AbortController();
  onOperation = ({ does, path: where }) => {
    if (where === file && does === 'sync') stop.abort();
  };
  await expect(mailbox.flush({ ...QUIET, signal: stop.signal })).rejects.toMatchObject({
    code: 'CANCELLED',
  });
  onOperation = () => undefined;
  await mailbox.flush(QUIET);
  expect(times('Subject: new\n')).toBe(1);
  expect(times('Subject: us-1\n')).toBe(0);
  await mailbox.close();
});

describe('a flush that has moved everything is never told as one that did nothing', () => {
  it.each([
    [
      'its journal stays',
      ({ does, path: where }: Operation) =>
        does === 'remove' && where.includes('.mailkeep-journal'),
    ],
    [
      'the folder cannot be synced',
      ({ does, path: where }: Operation) => does === 'syncFolder' && where === folder,
    ],
    [
      'the archive cannot be read',
      ({ does, path: where }: Operation) => does === 'read' && where === file,
    ],
  ] as const)('if then %s', async (_, fails) => {
    const mailbox = await ready(file);
    await mailbox.mark([messageNumber(1)], QUIET);
    let isCut = false;
    onOperation = (operation) => {
      if (isCut && fails(operation)) throw new MailboxError('IO', { does: operation.does });
      isCut ||= operation.does === 'truncate' && operation.path === file;
    };
    await expect(mailbox.flush(QUIET)).rejects.toMatchObject({ code: 'UNSURE' });
    onOperation = () => undefined;
    expect(times('Subject: us-1\n')).toBe(0);
    await mailbox.close();
    const again = await ready(file);
    expect(again.state).toBe('ready');
    expect(again.readOnly).toBe('');
    await again.close();
    expect(readFileSync(file, 'latin1')).toBe(LETTERS.toSpliced(1, 1).join(''));
  });
});

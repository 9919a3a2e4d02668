/**
 * Goal (I4): while the envelopes of an archive are being read, another program changes the file. Every
 * message is then listed with its own subject, and none with that of another message.
 * Method: a real file, changed in every way a program changes one, after the first stroke of envelopes
 * has been read by offsets that mean other messages from then on.
 */

import { renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { realDisk } from '../../../electron/mailbox/disk/real-disk.ts';
import { DEFAULT_READING } from '../../../electron/mailbox/format/format.ts';
import { Mailbox } from '../../../electron/mailbox/mailbox.ts';
import { QUIET } from '../../../electron/mailbox/mailbox-options.ts';
import { EnvelopeWorkers } from '../../../electron/engine/envelopes/envelope-workers.ts';
import { Listing } from '../../../electron/engine/listing/listing.ts';
import type { Row } from '../../../shared/row.ts';
import { messageNumber } from '../../../shared/units.ts';
import { testFolder } from '../../support/opened-archive.ts';

/** More than are read in one stroke. */
const MESSAGES = 10_000;

/** All of one length, so that what moves comes to lie exactly where another one was. */
const letter = (name: number): string =>
  `From a@example.org Thu Jan  1 00:00:00 2004\nSubject: letter ${String(name).padStart(6)}\n\nbody of ${String(name).padStart(6)}\n\n`;
const LETTERS = Array.from({ length: MESSAGES }, (_none, name) => letter(name));
const bodyOf = (stored: string): string => /body of +(\d+)/.exec(stored)?.[1] ?? '';
const subjectOf = (subject: string): string => /letter +(\d+)/.exec(subject)?.[1] ?? '';

const CHANGES: readonly (readonly [how: string, change: (file: string) => void])[] = [
  ['takes the first message out', (file) => writeFileSync(file, LETTERS.slice(1).join(''))],
  [
    'replaces the file by one without the first message',
    (file) => {
      writeFileSync(`${file}.new`, LETTERS.slice(1).join(''));
      renameSync(`${file}.new`, file);
    },
  ],
  [
    'puts messages of the same size in another order',
    (file) => writeFileSync(file, [...LETTERS].reverse().join('')),
  ],
  [
    'puts another message in front',
    (file) => writeFileSync(file, [letter(MESSAGES), ...LETTERS].join('')),
  ],
];

it.each(CHANGES)(
  'another program %s: no subject stands at another message',
  async (_how, change) => {
    const folder = testFolder();
    const file = path.join(folder, 'box');
    writeFileSync(file, LETTERS.join(''));
    let listing: Listing | null = null;
    const mailbox = await Mailbox.open({
      disk: realDisk,
      path: file,
      access: 'read-only',
      reading: DEFAULT_READING,
      stateFolder: folder,
      onRegenerated: (regenerated) => listing?.renumber(regenerated),
    });
    onTestFinished(() => mailbox.close());
    listing = new Listing(mailbox, new EnvelopeWorkers(null));
    await mailbox.scan(QUIET);
    let strokes = 0;
    const request = {
      isGrowing: () => false,
      isOver: () => false,
      onRead: () => {
        strokes += 1;
        if (strokes === 1) change(file);
      },
      lookAgain: () => mailbox.sync(),
    };
    await listing.readAll(request);
    await mailbox.sync();
    await listing.readAll(request);
    expect(strokes).toBeGreaterThan(2);
    expect(listing.read).toBe(mailbox.table.count);
    expect(mailbox.table.count).toBeGreaterThanOrEqual(MESSAGES - 1);
    for (let number = 0; number < mailbox.table.count; number++) {
      const at = messageNumber(number);
      const row: Row = await listing.row(at, false);
      const body = bodyOf((await mailbox.readStored(at)).toString('latin1'));
      if (subjectOf(row.subject) !== body)
        expect.fail(`message ${number}: ${row.subject}, body ${body}`);
    }
  },
);

/**
 * I8 for everything else that writes: a delivery, a flag taken back in place, the copy of what a
 * compaction removes. The power is cut after every operation; what was there before is whole, and
 * what was removed is in the archive or in its copy, never in neither.
 */

import { describe, expect, it } from 'vitest';
import { AppendJournal } from '../../electron/mailbox/flush/append-journal.ts';
import { appendAll } from '../../electron/mailbox/flush/append.ts';
import { copyRemoved } from '../../electron/mailbox/flush/copy-removed.ts';
import { overwrite } from '../../electron/mailbox/flush/overwrite.ts';
import { babyl } from '../../electron/mailbox/format/babyl.ts';
import { DEFAULT_READING, type Format } from '../../electron/mailbox/format/format.ts';
import { mbox } from '../../electron/mailbox/format/mbox.ts';
import { mmdf } from '../../electron/mailbox/format/mmdf.ts';
import { messageNumber } from '../../shared/units.ts';
import {
  applyOn,
  locksThatHold,
  MAILBOX,
  messageText,
  NEVER,
  place,
  planOf,
  recoverOn,
} from '../support/flush-case.ts';
import { SimulatedDisk, seeded } from '../support/simulated-disk.ts';

const COPY = '/copies/removed.mbox';
const SIZES = [0, 40, 700, 5000];

function messagesOf(seed: number): readonly string[] {
  const random = seeded(seed);
  return Array.from({ length: 2 + Math.floor(random() * 6) }, (_none, at) =>
    messageText(`m${seed}-${at}`, SIZES[Math.floor(random() * SIZES.length)] ?? 0),
  );
}

const onDisk = (messages: readonly string[]): SimulatedDisk =>
  new SimulatedDisk({ [MAILBOX]: Buffer.from(messages.join(''), 'latin1') });
const textOf = (disk: SimulatedDisk, file = MAILBOX): string =>
  disk.content(file)?.toString('latin1') ?? '';

/** Every state in which a cut may leave the disk, several for each instant. */
function* cutsOf(disk: SimulatedDisk, seed: number): Generator<readonly [SimulatedDisk, string]> {
  for (let cut = 0; cut <= disk.log.length; cut++) {
    for (let draw = 0; draw < 3; draw++) {
      yield [disk.cutAfter(cut, seed * 1000 + cut * 3 + draw), `seed ${seed}, cut ${cut}`];
    }
  }
}

/** A mailbox, what we deliver to it, and what another program does. */
interface Deliveries {
  readonly before: string;
  readonly ours: string;
  readonly theirs: string;
}

function deliveriesTo(format: Format, seed: number): Deliveries {
  const sizeOf = (at: number): number => SIZES[(seed + at) % SIZES.length] ?? 0;
  if (format === mbox) {
    const [ours, theirs] = [arrivingText(seed, 0), messageText('theirs', sizeOf(1))];
    return { before: messagesOf(seed).join(''), ours, theirs };
  }
  if (format === mmdf) {
    const inMmdf = (text: string): string => `\x01\x01\x01\x01\n${text}\x01\x01\x01\x01\n`;
    const before = messagesOf(seed).map(inMmdf).join('');
    const [ours, theirs] = [arrivingText(seed, 0), messageText('theirs', sizeOf(1))].map(inMmdf);
    return { before, ours: ours ?? '', theirs: theirs ?? '' };
  }
  // As Rmail and Python write it: behind the ^_ with which the file ends.
  const inBabyl = (name: string, bytes: number): string =>
    `\f\n0, unseen,,\n*** EOOH ***\n${messageText(name, bytes).split('\n').slice(1).join('\n')}\x1f`;
  const old = Array.from({ length: 1 + (seed % 4) }, (_none, at) => inBabyl(`m${at}`, sizeOf(at)));
  const before = `BABYL OPTIONS:\nVersion: 5\nLabels:\n\x1f${old.join('')}`;
  return { before, ours: inBabyl('ours', sizeOf(0)), theirs: inBabyl('theirs', sizeOf(1)) };
}

const arrivingText = (seed: number, at: number): string =>
  messageText(`new${seed}-${at}`, SIZES[seed % SIZES.length] ?? 0);

/** Delivers messages in parts of so many bytes. */
async function deliverTo(
  disk: SimulatedDisk,
  arriving: readonly string[],
  partBytes: number,
): Promise<void> {
  const messages = arriving.map((text) => () => {
    const bytes = Buffer.from(text, 'latin1');
    const parts = Math.ceil(bytes.length / partBytes);
    return Array.from({ length: parts }, (_none, part) =>
      bytes.subarray(part * partBytes, (part + 1) * partBytes),
    );
  });
  const file = await disk.open(MAILBOX, 'read-write');
  const journal = new AppendJournal(place(disk));
  await appendAll(locksThatHold, file, messages, { signal: NEVER, journal });
}

describe('I8: the power is cut', () => {
  it('in a delivery: the message is there whole or not at all, and one that was synced is', async () => {
    let whole = 0;
    let none = 0;
    let twice = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const messages = messagesOf(seed);
      const before = messages.join('');
      const disk = onDisk(messages);
      const arriving = [0, 1].slice(seed % 2).map((at) => arrivingText(seed + at, at));
      const after = before + arriving.join('');
      await deliverTo(disk, arriving, 500 + 397 * (seed % 7));
      expect(textOf(disk)).toBe(after);
      expect(disk.paths).toEqual([MAILBOX]);
      for (const [crashed, what] of cutsOf(disk, seed)) {
        await recoverOn(crashed);
        const text = textOf(crashed);
        expect(text === before || text === after, `${what}: ${text.length} bytes`).toBe(true);
        expect(crashed.paths, what).toEqual([MAILBOX]);
        if (text === before) none += 1;
        else whole += 1;
        for (let second = 0; second < crashed.log.length; second++) {
          const again = crashed.cutAfter(second, seed + second);
          await recoverOn(again);
          const then = textOf(again);
          expect(then === before || then === after, `${what}, then ${second}`).toBe(true);
          twice += 1;
        }
      }
      const over = disk.cutAfter(disk.log.length, seed);
      await recoverOn(over);
      expect(textOf(over)).toBe(after);
    }
    expect(whole).toBeGreaterThan(200);
    expect(none).toBeGreaterThan(500);
    expect(twice).toBeGreaterThan(200);
  });

  it.each([
    ['mbox', mbox],
    ['MMDF', mmdf],
    ['Babyl', babyl],
  ])(
    'in a delivery to %s, and another program delivers before recovery: theirs is there, and no torn piece',
    async (_name, format) => {
      let between = 0;
      let takenOut = 0;
      let twice = 0;
      for (let seed = 1; seed <= 24; seed++) {
        const { before, ours, theirs } = deliveriesTo(format, seed);
        const disk = onDisk([before]);
        const after = before + ours;
        await deliverTo(disk, [ours], 500 + 397 * (seed % 7));
        for (const [crashed, what] of cutsOf(disk, seed)) {
          const torn = textOf(crashed);
          expect(torn.startsWith(before), what).toBe(true);
          crashed.deliver(MAILBOX, Buffer.from(theirs, 'latin1'));
          await recoverOn(crashed, format);
          const isTorn = torn !== before && torn !== after;
          const settled = (isTorn ? before : torn) + theirs;
          expect(textOf(crashed), what).toBe(settled);
          expect(crashed.paths, what).toEqual([MAILBOX]);
          between += 1;
          if (!isTorn) continue;
          takenOut += 1;
          // The power goes again while the torn piece is taken out.
          for (let second = 0; second < crashed.log.length; second++) {
            const again = crashed.cutAfter(second, seed + second);
            await recoverOn(again, format);
            expect(textOf(again), `${what}, then ${second}`).toBe(settled);
            expect(again.paths, what).toEqual([MAILBOX]);
            twice += 1;
          }
        }
      }
      expect(between).toBeGreaterThan(500);
      expect(takenOut).toBeGreaterThan(50);
      expect(twice).toBeGreaterThan(200);
    },
  );

  it('in a delivery, and another program takes out or changes what was there: nothing is touched', async () => {
    const disk = onDisk(messagesOf(5));
    const before = textOf(disk);
    await deliverTo(disk, [arrivingText(5, 0)], 700);
    for (const [crashed, what] of cutsOf(disk, 5)) {
      for (const changed of ['', before.slice(0, 90), before.replaceAll('m5-', 'zz-')]) {
        const content = Buffer.from(changed + textOf(crashed).slice(before.length), 'latin1');
        const other = new SimulatedDisk({
          ...Object.fromEntries(crashed.paths.map((at) => [at, crashed.content(at) as Buffer])),
          [MAILBOX]: content,
        });
        await recoverOn(other);
        expect(textOf(other), what).toBe(content.toString('latin1'));
        expect(other.paths, what).toEqual([MAILBOX]);
      }
    }
  });

  it('while flags are taken back: every byte is the old one or the new one', async () => {
    let cuts = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const flagged = messagesOf(seed).map((message) =>
        message.replace('\nMessage-ID', '\nStatus: RD\nX-Mozilla-Status: 0009\nMessage-ID'),
      );
      const before = flagged.join('');
      const after = before.replaceAll('Status: RD', 'Status: R ').replaceAll('0009', '0001');
      const disk = onDisk(flagged);
      const { table } = (await planOf(disk, [])).current.contents;
      const spans = flagged.map((_message, number) => table.span(messageNumber(number)));
      const file = await disk.open(MAILBOX, 'read-write');
      await overwrite(locksThatHold, file, spans, mbox.undelete, NEVER);
      expect(textOf(disk)).toBe(after);
      for (const [crashed, what] of cutsOf(disk, seed)) {
        const text = textOf(crashed);
        expect(text.length, what).toBe(before.length);
        for (let at = 0; at < text.length; at++) {
          if (text[at] !== before[at]) expect(text[at], what).toBe(after[at]);
        }
        cuts += 1;
      }
    }
    expect(cuts).toBeGreaterThan(500);
  });

  it('in a compaction that keeps a copy: what goes is in the archive or in the copy', async () => {
    let onlyInCopy = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const messages = messagesOf(seed);
      const removed = messages.flatMap((_message, at) => ((at + seed) % 2 === 0 ? [at] : []));
      const disk = onDisk(messages);
      const plan = await planOf(disk, removed);
      const mailbox = await disk.open(MAILBOX, 'read-write');
      const readSo = { format: mbox, reading: DEFAULT_READING };
      const request = { disk, readSo, mailbox, copyPath: COPY, signal: NEVER };
      await copyRemoved(plan, request, () => applyOn(disk, plan, 1024));
      expect(textOf(disk, COPY)).toBe(removed.map((at) => messages[at]).join(''));
      for (const [crashed, what] of cutsOf(disk, seed)) {
        await recoverOn(crashed);
        const archive = textOf(crashed);
        const copy = textOf(crashed, COPY);
        messages.forEach((message, at) => {
          const inArchive = archive.split(message).length - 1;
          if (!removed.includes(at)) expect(inArchive, `${what}, kept ${at}`).toBe(1);
          else if (inArchive === 0) {
            expect(copy.includes(message), `${what}, removed ${at}`).toBe(true);
            onlyInCopy += 1;
          }
        });
      }
    }
    expect(onlyInCopy).toBeGreaterThan(200);
  });
});

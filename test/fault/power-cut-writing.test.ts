/**
 * I8 for everything else that writes: a delivery, a flag taken back in place, the copy of what a
 * compaction removes. The power is cut after every operation; what was there before is whole, and
 * what was removed is in the archive or in its copy, never in neither.
 */

import { describe, expect, it } from 'vitest';
import { appendAll, asStored } from '../../electron/mailbox/flush/append.ts';
import { copyRemoved } from '../../electron/mailbox/flush/copy-removed.ts';
import { overwrite } from '../../electron/mailbox/flush/overwrite.ts';
import { mbox } from '../../electron/mailbox/format/mbox.ts';
import { messageNumber } from '../../shared/units.ts';
import {
  applyOn,
  locksThatHold,
  MAILBOX,
  messageText,
  NEVER,
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

describe('I8: the power is cut', () => {
  it('in a delivery: what was there before is whole, and a synced delivery is there', async () => {
    let cuts = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const messages = messagesOf(seed);
      const before = messages.join('');
      const disk = onDisk(messages);
      const arriving = messageText('new', SIZES[seed % SIZES.length] ?? 0);
      const read = async (into: Uint8Array, offset: number): Promise<number> => {
        const part = Buffer.from(arriving, 'latin1').subarray(offset, offset + into.length);
        into.set(part);
        return part.length;
      };
      const file = await disk.open(MAILBOX, 'read-write');
      const stored = asStored(mbox, { read, offset: 0, length: arriving.length });
      await appendAll(locksThatHold, file, [stored], NEVER);
      expect(textOf(disk)).toBe(before + arriving);
      for (const [crashed, what] of cutsOf(disk, seed)) {
        expect(textOf(crashed).startsWith(before), what).toBe(true);
        const { table } = (await planOf(crashed, [])).current.contents;
        messages.forEach((message, number) => {
          const { offset, length } = table.span(messageNumber(number));
          const found = textOf(crashed).slice(offset, offset + length);
          expect(found.startsWith(message.trimEnd()), what).toBe(true);
        });
        cuts += 1;
      }
      expect(textOf(disk.cutAfter(disk.log.length, seed))).toBe(before + arriving);
    }
    expect(cuts).toBeGreaterThan(500);
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
      await copyRemoved(plan, { disk, format: mbox, mailbox, copyPath: COPY, signal: NEVER });
      await applyOn(disk, plan, 1024);
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

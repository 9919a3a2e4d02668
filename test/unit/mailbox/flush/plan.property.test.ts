/**
 * The plan of a flush, for arbitrary mailboxes, with and without empty lines between messages, line
 * ends at the end, or a preamble, and arbitrary removals: what stays is byte for byte what stood
 * there (I7), the table made by arithmetic is the one a new scan finds, and no message is lost in a
 * seam. And the journal's layout: what is rendered is parsed back, and no garbage is taken for it.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type JournalHeader,
  parseHeader,
  parseProgress,
  renderHeader,
  renderProgress,
} from '../../../../electron/mailbox/flush/journal-layout.ts';
import { tableAfter } from '../../../../electron/mailbox/flush/table-after.ts';
import { Kept } from '../../../../electron/mailbox/flush/removal.ts';
import { messageNumber } from '../../../../shared/units.ts';
import { applyOn, MAILBOX, planOf } from '../../../support/flush-case.ts';
import { SimulatedDisk } from '../../../support/simulated-disk.ts';

interface Drawn {
  readonly name: number;
  readonly header: 'fields' | 'none';
  readonly body: string;
  readonly end: string;
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  name: fc.nat(99),
  header: fc.constantFrom('fields' as const, 'fields' as const, 'none' as const),
  body: fc
    .array(fc.constantFrom('words\n', '\n', '>From me\n', 'From you to me\n', 'x'.repeat(700)), {
      maxLength: 5,
    })
    .map((lines) => lines.join('')),
  end: fc.constantFrom('\n\n', '\n\n', '\n', '\n\n\n'),
});

function textOf({ name, header, body, end }: Drawn): string {
  const fields = header === 'fields' ? `Subject: ${name}\nX-Name: ${name}\n` : '';
  return `From a${name}@example.org Thu Jan  1 00:00:00 2004\n${fields}\n${body}end of ${name}${end}`;
}

const mailbox = fc.record({
  preamble: fc.constantFrom('', '', 'A line before.\n\n'),
  messages: fc.array(drawn, { minLength: 1, maxLength: 8 }),
  removed: fc.array(fc.nat(7), { minLength: 1, maxLength: 6 }),
});

describe('I7: a plan carried out', () => {
  it('removes the chosen messages and keeps every other byte and every other message', async () => {
    await fc.assert(
      fc.asyncProperty(mailbox, async ({ preamble, messages, removed }) => {
        const before = preamble + messages.map(textOf).join('');
        const disk = new SimulatedDisk({ [MAILBOX]: Buffer.from(before) });
        const scanned = (await planOf(disk, [])).current.contents.table;
        const numbers = [...new Set(removed)]
          .filter((at) => at < scanned.count)
          .sort((a, b) => a - b);
        const plan = await planOf(disk, numbers);
        const expected = tableAfter(plan).table;
        await applyOn(disk, plan, 4096);

        const content = disk.content(MAILBOX)?.toString() ?? '';
        let left = '';
        let end = 0;
        for (const { offset, length } of plan.removals) {
          left += before.slice(end, offset);
          end = offset + length;
        }
        expect(content).toBe(left + before.slice(end));
        expect(plan.removed.length + plan.kept.length).toBe(numbers.length);

        const found = (await planOf(disk, [])).current.contents.table;
        expect(found.count).toBe(scanned.count - plan.removed.length);
        expect(found.preambleBytes).toBe(expected.preambleBytes);
        for (let at = 0; at < found.count; at++) {
          expect(found.span(messageNumber(at))).toEqual(expected.span(messageNumber(at)));
        }
      }),
      { numRuns: 400 },
    );
  }, 60_000);

  it('moves every kept byte from where it was', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 50 })), {
          minLength: 1,
          maxLength: 20,
        }),
        fc.nat(100),
        (gaps, tail) => {
          const removals: { offset: number; length: number }[] = [];
          let at = 0;
          for (const [between, length] of gaps) {
            removals.push({ offset: at + between, length });
            at += between + length;
          }
          const kept = new Kept(removals);
          const total = kept.count(at + tail);
          const bytes = [...kept.stretches(0, total)].flatMap(({ source, target, length }) =>
            Array.from({ length }, (_none, byte) => [source + byte, target + byte] as const),
          );
          expect(bytes).toHaveLength(total);
          bytes.forEach(([source, target], number) => {
            expect(target).toBe(kept.start + number);
            expect(source).toBe(kept.sourceOf(number));
            const inside = removals.some(
              (gone) => source >= gone.offset && source < gone.offset + gone.length,
            );
            expect(inside).toBe(false);
          });
        },
      ),
    );
  });
});

describe('the journal', () => {
  const header: JournalHeader = {
    device: 66_306n,
    inode: 2n ** 63n + 5n,
    sizeBefore: 2 ** 41,
    sizeAfter: 2 ** 41 - 30,
    tailDigest: 'ab'.repeat(32),
    endMark: Buffer.alloc(16, 7),
    saveBytes: 65_536,
    removals: [
      { offset: 10, length: 20, headChecksum: 1, tailChecksum: 2 ** 32 - 1 },
      { offset: 2 ** 40, length: 10, headChecksum: 3, tailChecksum: 4 },
    ],
  };

  it('is read back as it was written', () => {
    const rendered = renderHeader(header);
    expect(parseHeader(rendered)).toEqual({
      header: 'valid',
      value: header,
      bytes: rendered.length,
    });
    const progress = {
      sequence: 7,
      state: 'truncating',
      savedBytes: 12,
      moved: 2 ** 40,
      sourceEnd: 2 ** 41,
      savedChecksum: 1,
      behindChecksum: 2,
      aheadChecksum: 3,
    } as const;
    expect(parseProgress(renderProgress(progress))).toEqual(progress);
  });

  it('is never taken from anything else: any changed byte, any garbage', () => {
    const rendered = renderHeader(header);
    fc.assert(
      fc.property(fc.nat(rendered.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const damaged = Buffer.from(rendered);
        damaged[at] = (damaged[at] ?? 0) ^ flip;
        expect(parseHeader(damaged).header).not.toBe('valid');
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (garbage) => {
        expect(parseHeader(Buffer.from(garbage)).header).not.toBe('valid');
        expect(parseProgress(Buffer.from(garbage))).toBe(null);
      }),
    );
  });

  it('is not believed of a file that is larger than any number of ours', () => {
    const sizeBefore = 2 ** 62;
    const huge = renderHeader({ ...header, sizeBefore, sizeAfter: sizeBefore - 30 });
    expect(parseHeader(huge).header).toBe('torn');
  });

  it('of a newer version is refused kindly, and a file of somebody else is not ours', () => {
    const newer = renderHeader(header);
    newer.writeUInt32LE(3, 8);
    expect(parseHeader(newer)).toEqual({ header: 'newer', version: 3 });
    expect(parseHeader(Buffer.from('Dear diary')).header).toBe('foreign');
  });
});

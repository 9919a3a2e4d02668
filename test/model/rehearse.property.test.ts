/**
 * I6, I7: whatever a mailbox holds, and whatever is removed from it, every kept message is found
 * afterwards where the plan says, and none that was not there before. Mailboxes are made of pieces
 * that can be read in more than one way: `From ` lines one behind the other, headers without empty
 * lines, postmarks that open or close.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prepareFlush } from '../../electron/mailbox/flush/compaction.ts';
import { tableAfter } from '../../electron/mailbox/flush/table-after.ts';
import { DEFAULT_READING, type Format } from '../../electron/mailbox/format/format.ts';
import { mbox } from '../../electron/mailbox/format/mbox.ts';
import { mmdf } from '../../electron/mailbox/format/mmdf.ts';
import { Keys } from '../../electron/mailbox/toc/keys.ts';
import type { CurrentTable } from '../../electron/mailbox/toc/look-again.ts';
import type { Table } from '../../electron/mailbox/toc/table.ts';
import { messageNumber } from '../../shared/units.ts';
import {
  applyOn,
  locksThatHold,
  MAILBOX,
  NEVER,
  scanned,
  wantedOf,
} from '../support/flush-case.ts';
import { SimulatedDisk } from '../support/simulated-disk.ts';

const DATE = 'Thu Jan  1 00:00:00 2004';
const LINES = [
  `From ann@example.org ${DATE}\n`,
  `From ann@example.org ${DATE}\nSubject: one\n\nHello\n\n`,
  `From bob@example.org ${DATE}\nSubject: two\n`,
  'From bob@example.org\n',
  'From here on text\n',
  '>From me\n',
  'Subject: x\n',
  'text\n',
  '\n',
  '\r\n',
];
const POSTMARK = '\x01\x01\x01\x01\n';
const FORMATS: readonly (readonly [Format, readonly string[]])[] = [
  [mbox, LINES],
  [mmdf, [...LINES, POSTMARK, POSTMARK, POSTMARK + POSTMARK, `${POSTMARK}Subject: y\n\nHi\n`]],
];

/** A mailbox whose messages have keys. */
async function keyed(disk: SimulatedDisk, format: Format) {
  const found = await scanned(disk, format);
  const keys = Keys.fresh(found.table);
  keys.finish();
  return { ...found, keys };
}

const placesIn = (table: Table): readonly number[] =>
  Array.from({ length: table.count }, (_none, number) => table.offset(messageNumber(number)));

describe.each(FORMATS)('I7: a flush of $name', (format, pieces) => {
  it('leaves every kept message where it is found again', async () => {
    const text = fc.array(fc.constantFrom(...pieces), { maxLength: 14 }).map((all) => all.join(''));
    let removedInAll = 0;
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat(8), { maxLength: 5 }), async (content, chosen) => {
        const disk = new SimulatedDisk({ [MAILBOX]: Buffer.from(content, 'latin1') });
        const { file, ...contents } = await keyed(disk, format);
        const { table, keys } = contents;
        const numbers = [...new Set(chosen)].filter((at) => at < table.count).map(messageNumber);
        const pending = new Map(
          (await wantedOf(file, table, numbers)).map(({ number, digest }) => [
            keys.keyOf(number),
            { digest, bytes: table.length(number) },
          ]),
        );
        const current = { contents, held: locksThatHold } as unknown as CurrentTable;
        const request = { file, format, reading: DEFAULT_READING, signal: NEVER };
        const { plan, conflicts } = await prepareFlush(current, pending, request);
        expect(plan.removed.length + conflicts.length).toBe(numbers.length);
        removedInAll += plan.removed.length;
        await applyOn(disk, plan, 4096);
        const after = await scanned(disk, format);
        expect(placesIn(after.table)).toEqual(placesIn(tableAfter(plan).table));
      }),
      { numRuns: Number(process.env['MAILKEEP_REHEARSALS'] ?? 1500) },
    );
    // Refusing everything would pass as well.
    expect(removedInAll).toBeGreaterThan(200);
  }, 120_000);
});

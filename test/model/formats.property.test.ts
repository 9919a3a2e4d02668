/**
 * Goal: in MMDF and Babyl no message is lost, whatever stands in the file: not to how it was read, and
 * not by removing others. Method: mailboxes are drawn, so that their messages are known, and soups of
 * everything that means something to the rule; both are scanned in windows of any size beside a naive
 * reading by lines, and flushed for real on a simulated disk.
 */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tableAfter } from '../../electron/mailbox/flush/table-after.ts';
import { babyl, babylWithin } from '../../electron/mailbox/format/babyl.ts';
import type { Format } from '../../electron/mailbox/format/format.ts';
import { mmdf, mmdfWithin } from '../../electron/mailbox/format/mmdf.ts';
import type { Table } from '../../electron/mailbox/toc/table.ts';
import { messageNumber } from '../../shared/units.ts';
import {
  babylSoup,
  drawnBabyl,
  drawnMmdf,
  mmdfSoup,
  naiveBabyl,
  naiveMmdf,
  type Place,
} from '../support/drawn-mailbox.ts';
import { applyOn, MAILBOX, planOf } from '../support/flush-case.ts';
import { type ScannedBytes, scanBytes, spansOf } from '../support/scanned.ts';
import { SimulatedDisk } from '../support/simulated-disk.ts';

const LIMITS = { sectionBytes: 1000, aheadBytes: 150, partBytes: 120 };
const CASES = [
  { format: mmdf, narrow: mmdfWithin(LIMITS), drawn: drawnMmdf, soup: mmdfSoup, naive: naiveMmdf },
  {
    format: babyl,
    narrow: babylWithin(LIMITS),
    drawn: drawnBabyl,
    soup: babylSoup,
    naive: naiveBabyl,
  },
] as const;

const placesOf = ({ spans }: ScannedBytes): Place[] =>
  spans.map(({ offset, length }) => ({ offset, length }));

function told(scanned: ScannedBytes): unknown {
  const { table, spans, report } = scanned;
  return { spans, report, fingerprints: fingerprintsOf(table), preamble: table.preambleBytes };
}

const fingerprintsOf = (table: Table): unknown[] =>
  Array.from({ length: table.count }, (_, at) => table.fingerprint(messageNumber(at)));

/** What a reader sees of every message. */
function messagesIn(content: string, scanned: ScannedBytes, format: Format): string[] {
  const bytes = Buffer.from(content, 'latin1');
  return scanned.spans.map((span) => {
    const stored = bytes.subarray(span.offset, span.offset + span.length);
    return format.messageIn(stored, span).toString('latin1');
  });
}

describe.each(CASES)('$format.name', ({ format, narrow, drawn, soup, naive }) => {
  test('finds the messages that were written, and so does the naive reading', async () => {
    await fc.assert(
      fc.asyncProperty(drawn, async ({ text, messages }) => {
        expect(naive(text)).toEqual(messages);
        expect(placesOf(await scanBytes(text, { format }))).toEqual(messages);
      }),
      { numRuns: 500 },
    );
  });

  test('reads any content as the naive reading does, in windows of any size', async () => {
    await fc.assert(
      fc.asyncProperty(soup, async (text) => {
        const whole = await scanBytes(text, { format: narrow });
        expect(placesOf(whole)).toEqual(naive(text));
        for (const { length, headerLength, separatorLength } of whole.spans) {
          expect(separatorLength).toBeLessThanOrEqual(headerLength);
          expect(headerLength).toBeLessThanOrEqual(length);
        }
        for (const chunkBytes of [1, 64, 1000]) {
          const cut = await scanBytes(text, { format: narrow, chunkBytes });
          expect(told(cut)).toEqual(told(whole));
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('finds the same again from any message on', async () => {
    await fc.assert(
      fc.asyncProperty(soup, async (text) => {
        const whole = await scanBytes(text, { format });
        for (const [at, { offset }] of whole.spans.entries()) {
          const tail = await scanBytes(text, { format, from: offset });
          expect(tail.spans).toEqual(whole.spans.slice(at));
        }
      }),
      { numRuns: 300 },
    );
  });

  test('knows what it stored: every message is its own fingerprint, and begins as one', async () => {
    await fc.assert(
      fc.asyncProperty(soup, async (text) => {
        const bytes = Buffer.from(text, 'latin1');
        const { table, spans } = await scanBytes(text, { format });
        for (const [at, { offset, length }] of spans.entries()) {
          const stored = bytes.subarray(offset, offset + length);
          expect(format.begins(stored)).toBe(true);
          const alone = await scanBytes(stored, { format });
          expect(alone.table.fingerprint(messageNumber(0))).toEqual(
            table.fingerprint(messageNumber(at)),
          );
        }
      }),
      { numRuns: 300 },
    );
  });

  const removal = (text: fc.Arbitrary<string>) =>
    fc.tuple(text, fc.infiniteStream(fc.boolean()), fc.constantFrom(64, 4096));

  async function flushed(text: string, choice: Iterator<boolean>, chunkBytes: number) {
    const disk = new SimulatedDisk({ [MAILBOX]: Buffer.from(text, 'latin1') });
    const before = await scanBytes(text, { format });
    const chosen = before.spans.flatMap((_, at) => (choice.next().value === true ? [at] : []));
    const plan = await planOf(disk, chosen, format);
    if (plan.removals.length > 0) await applyOn(disk, plan, chunkBytes);
    const content = disk.content(MAILBOX)?.toString('latin1') ?? '';
    const after = await scanBytes(content, { format });
    const removed = new Set<number>(plan.removed);
    const stay = <Item>(all: readonly Item[]): Item[] => all.filter((_, at) => !removed.has(at));
    return { before, chosen, plan, content, after, stay };
  }

  test('removing any messages of a mailbox leaves exactly the others, and all other bytes', async () => {
    await fc.assert(
      fc.asyncProperty(removal(drawn.map(({ text }) => text)), async ([text, choice, chunk]) => {
        const { before, chosen, plan, content, after, stay } = await flushed(text, choice, chunk);
        expect(plan.removed).toEqual(chosen);
        let rest = text;
        for (const at of [...chosen].reverse()) {
          const { offset, length } = before.spans[at] ?? { offset: 0, length: 0 };
          rest = rest.slice(0, offset) + rest.slice(offset + length);
        }
        expect(content).toBe(rest);
        expect(fingerprintsOf(after.table)).toEqual(stay(fingerprintsOf(before.table)));
        expect(spansOf(tableAfter(plan).table)).toEqual(after.spans);
        expect(tableAfter(plan).table.preambleBytes).toBe(after.table.preambleBytes);
      }),
      { numRuns: 400 },
    );
  });

  test('removing any messages of any content loses and changes no other', async () => {
    let refused = 0;
    let all = 0;
    await fc.assert(
      fc.asyncProperty(removal(soup), async ([text, choice, chunk]) => {
        const { before, chosen, plan, content, after, stay } = await flushed(text, choice, chunk);
        expect(messagesIn(content, after, format)).toEqual(stay(messagesIn(text, before, format)));
        refused += plan.kept.length;
        all += chosen.length;
        const gone = plan.removals.reduce((sum, { length }) => sum + length, 0);
        expect(content.length).toBe(text.length - gone);
      }),
      { numRuns: 1500 },
    );
    // A plan that refuses would keep every promise; it may only where the file is torn.
    expect(refused / all).toBeLessThan(0.05);
  });
});

/**
 * Goal: whatever stands in a mailbox, no byte of it is lost or counted twice, and the verdict does
 * not depend on how the file was read. Method: mailboxes are generated, so that their messages are
 * known; and soups of everything that means something to the rule are scanned in several ways.
 */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mboxWithin } from '../../electron/mailbox/format/mbox.ts';
import { quote } from '../../electron/mailbox/format/quoting.ts';
import { messageNumber } from '../../shared/units.ts';
import { hasPeer, runPython } from '../support/peers.ts';
import { type ScannedBytes, scanBytes } from '../support/scanned.ts';

const FROM_LINES = [
  'From ann@example.org Mon Jan  1 00:00:00 2024',
  'From - Mon Jan  1 00:00:00 2024',
  'From bob at example.org  Wed Aug  4 10:11:12 2004',
  'From 12345@xxx Mon Oct 16 01:29:30 +0000 2023',
  'From ???@??? Mon Dec 13 18:45:29 2010',
];

const words = fc.stringMatching(/^[ -~]{0,40}$/);
const bodyLine = fc.oneof(
  words,
  fc.constant(''),
  fc.constant('From '),
  words.map((w) => `From ${w}`),
);

interface Written {
  readonly fromLine: string;
  readonly fields: readonly string[];
  readonly body: readonly string[];
  readonly lineEnd: string;
  readonly blankBehind: boolean;
}

const message: fc.Arbitrary<Written> = fc.record({
  fromLine: fc.constantFrom(...FROM_LINES),
  fields: fc.array(
    words.map((w) => `Subject: ${w}`),
    { minLength: 1, maxLength: 5 },
  ),
  body: fc.array(bodyLine, { maxLength: 8 }),
  lineEnd: fc.constantFrom('\n', '\r\n'),
  blankBehind: fc.boolean(),
});

function render(written: Written): string {
  const { fromLine, fields, body, lineEnd, blankBehind } = written;
  const quoted = Buffer.from(quote(Buffer.from(body.join('\n'), 'latin1'))).toString('latin1');
  const lines = [fromLine, ...fields, '', ...quoted.split('\n'), ...(blankBehind ? [''] : [])];
  return lines.map((line) => line + lineEnd).join('');
}

function expectTiled(scanned: ScannedBytes, bytes: number): void {
  let end: number = scanned.table.preambleBytes;
  for (const { offset, length, headerLength, separatorLength } of scanned.spans) {
    expect(offset).toBe(end);
    expect(separatorLength).toBeLessThanOrEqual(headerLength);
    expect(headerLength).toBeLessThanOrEqual(length);
    end = offset + length;
  }
  expect(end).toBe(bytes);
}

/** What a scan says, with the fingerprints. */
function told(scanned: ScannedBytes): unknown {
  const { table, spans, report } = scanned;
  const fingerprints = spans.map((_, at) => table.fingerprint(messageNumber(at)));
  return { spans, report, fingerprints, preamble: table.preambleBytes };
}

const soup = fc
  .array(
    fc.constantFrom(
      ...FROM_LINES.map((line) => `${line}\n`),
      'From ',
      '\n',
      '\n\n',
      '\r\n',
      '\r',
      '\0',
      '>From x\n',
      '>>From y\n',
      'text\n',
      'x'.repeat(50),
      'Subject: x\n',
      'Content-Length: 60\n',
      'Content-Length: 7\n',
      'From -\n',
      'From here on\n',
      'Content-Type: multipart/mixed; boundary=b\n',
      '\n--b\n',
      '\n--b--\n',
      '\xef\xbb\xbf',
      `From ${'0123abcd'.repeat(5)} Mon Sep 17 00:00:00 2001\n`,
      'a@b Mon Jan  1 00:00:00 2024\r',
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''));

describe('scanning', () => {
  test('finds the messages that were written, and they tile the file', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(message, { maxLength: 12 }), async (messages) => {
        const rendered = messages.map(render);
        const scanned = await scanBytes(rendered.join(''));
        expect(scanned.spans.map(({ length }) => length)).toEqual(rendered.map((m) => m.length));
        expectTiled(scanned, rendered.join('').length);
      }),
      { numRuns: 500 },
    );
  });

  test('says the same however the file is cut into chunks, and tiles any content', async () => {
    const format = mboxWithin({ sectionBytes: 1000, aheadBytes: 150, partBytes: 120 });
    await fc.assert(
      fc.asyncProperty(soup, fc.constantFrom('default', 'any-from'), async (text, rule) => {
        const options = { format, reading: { rule } } as const;
        const whole = await scanBytes(text, options);
        expectTiled(whole, text.length);
        for (const chunkBytes of [1, 64, 1000]) {
          const cut = await scanBytes(text, { ...options, chunkBytes });
          expect(told(cut)).toEqual(told(whole));
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('says the same when threads scan sections of it', async () => {
    const format = mboxWithin({ sectionBytes: 120, aheadBytes: 150, partBytes: 120 });
    const room = fc.integer({ min: 1, max: 5 });
    await fc.assert(
      fc.asyncProperty(
        soup,
        fc.constantFrom('default', 'any-from'),
        room,
        async (text, rule, sectionsAtOnce) => {
          const options = { format, reading: { rule }, chunkBytes: 64 } as const;
          const alone = await scanBytes(text, options);
          const together = await scanBytes(text, { ...options, sectionsAtOnce });
          expect(told(together)).toEqual(told(alone));
          expect(together.scannedBytes).toBe(alone.scannedBytes);
        },
      ),
      { numRuns: 3000 },
    );
  });

  test('finds the same again from any message on', async () => {
    await fc.assert(
      fc.asyncProperty(soup, async (text) => {
        const whole = await scanBytes(text);
        for (const [at, { offset }] of whole.spans.entries()) {
          const tail = await scanBytes(text, { from: offset });
          expect(tail.spans).toEqual(whole.spans.slice(at));
        }
      }),
      { numRuns: 300 },
    );
  });

  test.skipIf(!hasPeer('python3'))('any-from counts as Python does', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'mailkeep-'));
    try {
      const texts = fc.sample(soup, { numRuns: 300, seed: 7 });
      const boxes = texts.map((text, at) => {
        const box = path.join(folder, `${at}.mbox`);
        writeFileSync(box, text, 'latin1');
        return box;
      });
      const code =
        'import sys, mailbox\nfor p in sys.argv[1:]: print(len(mailbox.mbox(p, create=False)))';
      const counts = (await runPython(code, boxes)).trim().split('\n').map(Number);
      const ours: number[] = [];
      for (const text of texts) {
        ours.push((await scanBytes(text, { reading: { rule: 'any-from' } })).spans.length);
      }
      expect(ours).toEqual(counts);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

/**
 * Goal: "split here" and "join" for MMDF and Babyl: what a person says of a mark is done, stays with it
 * whatever happens around it, and costs no message.
 * Method: mailboxes are generated with marks where none belong; each doubtful line of the report is
 * overruled in each way that the report offers; then the file is read again, in other windows, from
 * any message on, after a flush, and with a delivery behind it.
 */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DoubtfulLine } from '../../shared/dialect-report.ts';
import { messageNumber } from '../../shared/units.ts';
import { babyl } from '../../electron/mailbox/format/babyl.ts';
import {
  DEFAULT_READING,
  type Format,
  type Reading,
} from '../../electron/mailbox/format/format.ts';
import { mmdf } from '../../electron/mailbox/format/mmdf.ts';
import { type Overruling, overrulingOf } from '../../electron/mailbox/format/overruling.ts';
import { reportAfter } from '../../electron/mailbox/flush/report-after.ts';
import { tableAfter } from '../../electron/mailbox/flush/table-after.ts';
import type { Span } from '../../electron/mailbox/toc/table.ts';
import { applyOn, MAILBOX, planOf } from '../support/flush-case.ts';
import { scanBytes } from '../support/scanned.ts';
import { SimulatedDisk } from '../support/simulated-disk.ts';

const P = '\x01\x01\x01\x01\n';
const bytesOf = (text: string): Buffer => Buffer.from(text, 'latin1');

interface Drawing {
  readonly format: Format;
  /** A letter; no line of it is like one of another letter, but for the marks. */
  readonly letter: (name: string, odd: number) => string;
  readonly end: string;
}

const DRAWINGS: Readonly<Record<string, Drawing>> = {
  MMDF: {
    format: mmdf,
    letter: (name, odd) => {
      const body = `${P}Subject: ${name}\n\nbody of ${name}\n`;
      const odds = [
        `${body}${P}`,
        `${body}${P}stray text of ${name}\n${P}`,
        `${body}${P}Note: inside ${name}\n\nmore of ${name}\n${P}`,
        `${body}${P}text behind ${name}\n`,
        body,
      ];
      return odds[odd % odds.length] ?? '';
    },
    end: '',
  },
  Babyl: {
    format: babyl,
    letter: (name, odd) => {
      const page = `\x1f\f\n0, unseen,,\n*** EOOH ***\nSubject: ${name}\n\nbody of ${name}\n`;
      const odds = [
        page,
        `${page}\x1f\nstray text of ${name}\n`,
        `${page}\x1fno mark of ${name}\n`,
        page.replace('\x1f\f', '\x1f\n\n\f'),
        `${page}\x1f\n\n\ntext behind ${name}\n`,
      ];
      return odds[odd % odds.length] ?? '';
    },
    end: '\x1f',
  },
};

/** Every way in which lines of a report can be overruled. */
function choicesOf(lines: readonly DoubtfulLine[]) {
  return lines.flatMap((line) => line.choices.map((choice) => ({ line, choice })));
}

/** The subjects that messages begin with. */
function namesOf(text: string, spans: readonly Span[]): string[] {
  return spans.flatMap(({ offset, separatorLength }) => {
    const header = text.slice(offset + separatorLength, offset + separatorLength + 20);
    return /^Subject: (n\d+)\n/.exec(header)?.[1] ?? [];
  });
}

describe.each(Object.entries(DRAWINGS))('%s: what a person says of a mark', (_name, drawing) => {
  const { format, letter, end } = drawing;
  const draw = (odds: readonly number[]): string =>
    odds.map((odd, at) => letter(`n${at}`, odd)).join('') + end;
  const said = (text: string, offset: number, reading: Overruling['reading']): Overruling => {
    const bytes = bytesOf(text);
    const place = { lines: format.overrulable, bytes, at: offset, to: bytes.length };
    return overrulingOf(place, reading);
  };
  const odds = fc.array(fc.nat(4), { minLength: 1, maxLength: 6 });
  const scan = (text: string, reading: Partial<Reading> = {}) =>
    scanBytes(text, { format, reading });

  test('is done, whatever the windows, and from any message on', async () => {
    let choices = 0;
    await fc.assert(
      fc.asyncProperty(odds, async (drawn) => {
        const text = draw(drawn);
        const { report } = await scan(text);
        for (const { line, choice } of choicesOf(report.lines)) {
          const reading = { overrulings: [said(text, line.offset, choice)] };
          const now = await scan(text, reading);
          const told = now.report.lines.find(({ offset }) => offset === line.offset);
          expect(told).toMatchObject({ reading: choice, overruled: true, text: line.text });
          const begins = now.spans.some(({ offset }) => offset === line.offset);
          const inside = now.spans.some(
            ({ offset, length }) => offset < line.offset && line.offset < offset + length,
          );
          expect([begins, inside]).toEqual([choice === 'separator', choice === 'content']);
          for (const chunkBytes of [1, 40]) {
            const cut = await scanBytes(text, { format, reading, chunkBytes });
            expect(cut.spans).toEqual(now.spans);
          }
          for (const [at, { offset }] of now.spans.entries()) {
            const tail = await scanBytes(text, { format, reading, from: offset });
            expect(tail.spans).toEqual(now.spans.slice(at));
          }
          choices += 1;
        }
      }),
      { numRuns: 150 },
    );
    expect(choices).toBeGreaterThan(100);
  }, 60_000);

  test('touches no other message', async () => {
    await fc.assert(
      fc.asyncProperty(odds, async (drawn) => {
        const text = draw(drawn);
        const before = await scan(text);
        const names = namesOf(text, before.spans);
        for (const { line, choice } of choicesOf(before.report.lines)) {
          const reading = { overrulings: [said(text, line.offset, choice)] };
          const now = await scan(text, reading);
          const there = namesOf(text, now.spans);
          const lost = names.filter((name) => !there.includes(name));
          // Only who joins a line that begins a message makes one less of it.
          const joined = before.spans.filter(({ offset }) => offset === line.offset);
          expect(lost).toEqual(choice === 'content' ? namesOf(text, joined) : []);
          if (choice === 'separator') expect(now.spans.length).toBe(before.spans.length + 1);
        }
      }),
      { numRuns: 150 },
    );
  }, 60_000);

  test('holds after a flush of other messages, and with a delivery behind it', async () => {
    await fc.assert(
      fc.asyncProperty(
        odds,
        fc.nat(20),
        fc.array(fc.nat(8), { minLength: 1, maxLength: 4 }),
        async (drawn, pick, removed) => {
          const text = draw(drawn);
          const all = choicesOf((await scan(text)).report.lines);
          const one = all[pick % Math.max(1, all.length)];
          fc.pre(one !== undefined);
          const overrulings = [said(text, one?.line.offset ?? 0, one?.choice ?? 'content')];
          const reading: Reading = { ...DEFAULT_READING, overrulings };
          const disk = new SimulatedDisk({ [MAILBOX]: bytesOf(text) });
          const { contents } = (await planOf(disk, [], format, reading)).current;
          const numbers = [...new Set(removed)]
            .filter((at) => at < contents.table.count)
            .sort((a, b) => a - b);
          const plan = await planOf(disk, numbers, format, reading);
          const expected = tableAfter(plan).table;
          const report = reportAfter(contents.report, plan.removals);
          await applyOn(disk, plan, 4096);
          const content = disk.content(MAILBOX)?.toString('latin1') ?? '';
          const now = await scan(content, reading);
          expect(now.spans.map(({ offset, length }) => [offset, length])).toEqual(
            Array.from({ length: expected.count }, (_none, at) => {
              const { offset, length } = expected.span(messageNumber(at));
              return [offset, length];
            }),
          );
          const overruled = report.lines.filter((line) => line.overruled);
          expect(now.report.lines.filter((line) => line.overruled)).toEqual(overruled);

          const tail = bytesOf(content).subarray(-4096);
          const message = Buffer.from('Subject: new\n\nnew\n');
          const delivered = Buffer.from(format.envelope(message, tail, null, reading));
          const after = await scan(content + delivered.toString('latin1'), reading);
          expect(after.spans).toHaveLength(now.spans.length + 1);
        },
      ),
      { numRuns: 200 },
    );
  }, 60_000);
});

test('a message that was joined is one message in the copy that a compaction keeps, too', async () => {
  for (const { format, letter, end } of Object.values(DRAWINGS)) {
    const text = letter('n0', 0) + letter('n1', 1) + letter('n2', 0) + end;
    const { report } = await scanBytes(text, { format });
    const line = report.lines.find(({ choices }) => choices.includes('content'));
    const bytes = bytesOf(text);
    const place = { lines: format.overrulable, bytes, at: line?.offset ?? 0, to: bytes.length };
    const reading = { ...DEFAULT_READING, overrulings: [overrulingOf(place, 'content')] };
    const joined = (await scanBytes(text, { format, reading })).spans[1];
    const stored = bytes.subarray(joined?.offset, (joined?.offset ?? 0) + (joined?.length ?? 0));
    expect(stored.toString('latin1')).toContain('stray text of n1');
    let copy = Buffer.from(format.emptyMailbox);
    for (const one of [stored, stored]) {
      const { before, skip, after } = format.fit(copy, one, one.subarray(-4096), reading);
      copy = Buffer.concat([copy, before, one.subarray(skip), after]);
    }
    const { spans } = await scanBytes(copy.toString('latin1'), { format, reading });
    expect(spans).toHaveLength(2);
  }
});

/**
 * Goal: what a person says of a line stays with that line, and with no other, whatever happens around
 * it: edits by other programs, deliveries, our own flushes.
 * Method: mailboxes are generated in which every line is unlike every other, so that each can be
 * found again after arbitrary edits; the verdict on it must then be what was said.
 */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reportAfter } from '../../electron/mailbox/flush/report-after.ts';
import { tableAfter } from '../../electron/mailbox/flush/table-after.ts';
import { DEFAULT_READING, type Reading } from '../../electron/mailbox/format/format.ts';
import { mbox } from '../../electron/mailbox/format/mbox.ts';
import {
  FROM_LINES,
  type Overruling,
  overrulingOf,
} from '../../electron/mailbox/format/overruling.ts';
import { messageNumber } from '../../shared/units.ts';
import { applyOn, MAILBOX, planOf } from '../support/flush-case.ts';
import { scanBytes } from '../support/scanned.ts';
import { SimulatedDisk } from '../support/simulated-disk.ts';

interface Letter {
  readonly envelope: 'dated' | 'bare';
  readonly header: readonly string[];
  readonly body: readonly ('text' | 'blank' | 'from' | 'from with date' | 'quoted')[];
  readonly lineEnd: '\n' | '\r\n';
  readonly blankBehind: boolean;
}

const letter: fc.Arbitrary<Letter> = fc.record({
  envelope: fc.constantFrom('dated', 'dated', 'bare'),
  header: fc.array(fc.constantFrom('Subject', 'To', 'Status', 'X-Mozilla-Status'), {
    minLength: 1,
    maxLength: 3,
  }),
  body: fc.array(fc.constantFrom('text', 'blank', 'from', 'from with date', 'quoted'), {
    maxLength: 6,
  }),
  lineEnd: fc.constantFrom('\n', '\r\n'),
  blankBehind: fc.boolean(),
});

const DATE = 'Thu Jan  1 00:00:00 2004';

/** A letter as it stands in a file; no line of it is like one of another letter. */
function rendered(
  { envelope, header, body, lineEnd, blankBehind }: Letter,
  name: string,
  status = '',
): string {
  const from = envelope === 'dated' ? `From ${name}@example.org ${DATE}` : `From ${name}`;
  const lines = body.map((kind, at) => {
    if (kind === 'blank') return '';
    if (kind === 'text') return `text ${name} ${at}`;
    if (kind === 'quoted') return `>From ${name} ${at}`;
    return `From ${name} ${at}${kind === 'from' ? '' : ` ${DATE}`}`;
  });
  const fields = header.map((field, at) => `${field}: ${name} ${at}`);
  const flags = status === '' ? [] : [`Status: ${status}`];
  const all = [from, ...fields, ...flags, '', ...lines, `end of ${name}`];
  return [...all, ...(blankBehind ? [''] : [])].map((line) => line + lineEnd).join('');
}

const FROM_LINE = /^From .*$/gm;

/** Where a line of a letter stands. */
interface Spot {
  readonly offset: number;
  readonly line: string;
}

function fromLines(text: string): readonly Spot[] {
  return [...text.matchAll(FROM_LINE)].map((match) => ({
    offset: match.index,
    line: match[0].trimEnd(),
  }));
}

function overruled(text: string, spot: Spot, reading: Overruling['reading']): Overruling {
  const bytes = Buffer.from(text, 'latin1');
  return overrulingOf({ lines: FROM_LINES, bytes, at: spot.offset, to: bytes.length }, reading);
}

interface Edit {
  readonly does: 'insert' | 'remove' | 'swap' | 'flag' | 'append';
  readonly at: number;
  readonly letter: Letter;
}

const edit: fc.Arbitrary<Edit> = fc.record({
  does: fc.constantFrom('insert', 'remove', 'swap', 'flag', 'append'),
  at: fc.nat(20),
  letter,
});

interface Part {
  readonly one: Letter;
  readonly name: string;
  readonly status: string;
}

/** What other programs made of it; the first letter stays where it is, the second stays somewhere. */
function edited(parts: readonly Part[], script: readonly Edit[]): readonly Part[] {
  const [first, ...rest] = parts;
  for (const [number, { does, at, letter: one }] of script.entries()) {
    const target = rest[at % rest.length];
    const fresh = { one, name: `fresh${number}`, status: '' };
    if (does === 'append') rest.push(fresh);
    if (does === 'insert') rest.splice(at % (rest.length + 1), 0, fresh);
    if (does === 'swap') rest.reverse();
    if (does === 'remove' && target?.name !== 'n1') rest.splice(at % rest.length, 1);
    if (does === 'flag' && target) {
      rest[at % rest.length] = { ...target, status: target.status === 'RO' ? '' : 'RO' };
    }
  }
  return first ? [first, ...rest] : rest;
}

describe('what a person says of a line', () => {
  test('follows it through any edits elsewhere, and touches no other line', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(letter, { minLength: 2, maxLength: 6 }),
        fc.nat(100),
        fc.constantFrom('separator', 'content'),
        fc.array(edit, { maxLength: 8 }),
        async (letters, pick, wanted, script) => {
          const texts = letters.map((one, at) => ({ one, name: `n${at}`, status: '' }));
          const before = texts.map(({ one, name }) => rendered(one, name)).join('');
          // Of the second letter, so that there always is a message before it.
          const from = rendered(texts[0]?.one as Letter, 'n0').length;
          const own = fromLines(rendered(texts[1]?.one as Letter, 'n1'));
          const spot = own[pick % own.length] as Spot;
          const said = overruled(before, { ...spot, offset: from + spot.offset }, wanted);

          const text = edited(texts, script)
            .map(({ one, name, status }) => rendered(one, name, status))
            .join('');
          const reading = { overrulings: [said] };
          const scanned = await scanBytes(text, { reading });
          const places = fromLines(text).filter(({ line }) => line === spot.line);
          expect(places).toHaveLength(1);
          const isMessage = scanned.spans.some(({ offset }) => offset === places[0]?.offset);
          expect(isMessage).toBe(wanted === 'separator');
          expect(scanned.report.lines.filter((line) => line.overruled)).toHaveLength(1);
          for (const chunkBytes of [1, 100]) {
            expect((await scanBytes(text, { reading, chunkBytes })).spans).toEqual(scanned.spans);
          }
        },
      ),
      { numRuns: 400 },
    );
  }, 60_000);

  test('a flush of other messages loses none and makes none', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(letter, { minLength: 2, maxLength: 7 }),
        fc.array(fc.tuple(fc.nat(40), fc.constantFrom('separator', 'content')), {
          minLength: 1,
          maxLength: 4,
        }),
        fc.array(fc.nat(8), { minLength: 1, maxLength: 5 }),
        fc.constantFrom('default', 'any-from'),
        async (letters, said, removed, rule) => {
          const text = letters.map((one, at) => rendered(one, `n${at}`)).join('');
          const spots = fromLines(text).slice(1);
          fc.pre(spots.length > 0);
          const reading: Reading = {
            ...DEFAULT_READING,
            rule,
            overrulings: said.map(([at, wanted]) =>
              overruled(text, spots[at % spots.length] as Spot, wanted),
            ),
          };
          const disk = new SimulatedDisk({ [MAILBOX]: Buffer.from(text, 'latin1') });
          const { contents } = (await planOf(disk, [], mbox, reading)).current;
          const numbers = [...new Set(removed)]
            .filter((at) => at < contents.table.count)
            .sort((a, b) => a - b);
          const plan = await planOf(disk, numbers, mbox, reading);
          const expected = tableAfter(plan).table;
          const report = reportAfter(contents.report, plan.removals);
          await applyOn(disk, plan, 4096);

          const now = (await planOf(disk, [], mbox, reading)).current.contents;
          expect(now.table.count).toBe(contents.table.count - plan.removed.length);
          const offsets = new Set<number>();
          for (let at = 0; at < now.table.count; at++) {
            const { offset, length } = now.table.span(messageNumber(at));
            offsets.add(offset);
            expect(expected.span(messageNumber(at))).toMatchObject({ offset, length });
          }
          // The report by arithmetic lists lines where they are now, as what they are.
          const content = disk.content(MAILBOX)?.toString('latin1') ?? '';
          for (const line of report.lines) {
            expect(content.startsWith(line.text, line.offset)).toBe(true);
            expect(offsets.has(line.offset)).toBe(line.reading === 'separator');
          }
        },
      ),
      { numRuns: 400 },
    );
  }, 60_000);

  test('is found again from any message on', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(letter, { minLength: 2, maxLength: 6 }),
        fc.array(fc.tuple(fc.nat(40), fc.constantFrom('separator', 'content')), { maxLength: 4 }),
        async (letters, said) => {
          const text = letters.map((one, at) => rendered(one, `n${at}`)).join('');
          const spots = fromLines(text);
          const overrulings = said.map(([at, wanted]) =>
            overruled(text, spots[at % spots.length] as Spot, wanted),
          );
          const reading = { overrulings };
          const whole = await scanBytes(text, { reading });
          for (const [at, { offset }] of whole.spans.entries()) {
            const tail = await scanBytes(text, { reading, from: offset });
            expect(tail.spans).toEqual(whole.spans.slice(at));
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

test('the last line of a file keeps its verdict when more is appended to it', async () => {
  const letters = 'From a@b Thu Jan  1 00:00:00 2004\nSubject: x\n\nx\n\n';
  const text = `${letters}From here`;
  const said = overruled(text, { offset: letters.length, line: '' }, 'separator');
  const grown = `${text} to there\nand on, for many lines\n${'more\n'.repeat(200)}${letters}`;
  for (const each of [text, grown]) {
    const { spans } = await scanBytes(each, { reading: { overrulings: [said] } });
    expect(spans[1]?.offset).toBe(letters.length);
  }
});

test('identical text gets the same verdict; the same line with other text behind it does not', async () => {
  const letters = 'From a@b Thu Jan  1 00:00:00 2004\nSubject: x\n\nx\n\n';
  const song = 'From sea to sea\nwe sailed\n';
  const text = `${letters}${song}${letters}${song}${letters}From sea to sea\nwe did not\n`;
  const said = overruled(text, { offset: letters.length, line: '' }, 'separator');
  const { spans, report } = await scanBytes(text, { reading: { overrulings: [said] } });
  expect(spans).toHaveLength(5);
  const songs = report.lines.filter((line) => line.text.startsWith('From sea'));
  expect(songs.map(({ overruled: by }) => by)).toEqual([true, true, false]);
});

test('a message is never joined to nothing: text before the first one hides none', async () => {
  const letters = 'From a@b Thu Jan  1 00:00:00 2004\nSubject: x\n\nx\n\n';
  const said = overruled(letters, { offset: 0, line: '' }, 'content');
  const { spans } = await scanBytes(`Some text.\n\n${letters}${letters}`, {
    reading: { overrulings: [said] },
  });
  expect(spans.map(({ length }) => length)).toEqual([2 * letters.length]);
});

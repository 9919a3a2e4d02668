/**
 * I3, I4, I6: whatever another program does to the file, a look at it says exactly what arrived, what
 * is gone and what was altered; messages that are still there keep their keys, all others get keys
 * that were never given out. Arbitrary edit scripts on a real file, beside a model that is a list.
 */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { realDisk } from '../../electron/mailbox/disk/real-disk.ts';
import { DEFAULT_READING } from '../../electron/mailbox/format/format.ts';
import { Mailbox } from '../../electron/mailbox/mailbox.ts';
import { QUIET } from '../../electron/mailbox/mailbox-options.ts';
import { joinDiffs } from '../../electron/mailbox/toc/look-again.ts';
import { messageNumber } from '../../shared/units.ts';
import {
  behindOldEnd,
  type Edit,
  edited,
  fresh,
  type Letter,
  round,
  textOf,
  type Way,
  write,
} from '../support/edited-letters.ts';

/** What became of letters, by their numbers: an edit of header and body at once is another letter. */
function expectedDiff(
  before: readonly Letter[],
  after: readonly Letter[],
  anew: ReadonlySet<number>,
): string {
  const old = new Map(
    before.filter(({ id }) => !anew.has(id)).map((letter) => [letter.id, letter]),
  );
  let altered = 0;
  let stayed = 0;
  for (const letter of after) {
    const was = old.get(letter.id);
    const edits = Number(was?.status !== letter.status) + Number(was?.word !== letter.word);
    if (was && edits === 0) stayed += 1;
    if (was && edits === 1) altered += 1;
  }
  return `+${after.length - stayed - altered} -${before.length - stayed - altered} ~${altered}`;
}

/** What a change was, as the list of the issue has it; a kind that changed nothing does not count. */
function kindsOf(
  before: readonly Letter[],
  after: readonly Letter[],
  edits: readonly Edit[],
  how: Way,
): readonly string[] {
  const sizesOf = (letters: readonly Letter[]): string =>
    letters.map((letter) => textOf(letter).length).join();
  const [was, now] = [before, after].map((letters) => letters.map(textOf).join(''));
  if (was === now) return [];
  const kinds = [how, ...edits.map(({ edit }) => edit)];
  if (edits.length > 1 || sizesOf(before) !== sizesOf(after)) return kinds;
  return [...kinds, `${edits[0]?.edit} of equal sizes, ${how}`];
}

const nameOf = ({ id, status, word }: Letter): string => `${id} ${status} ${word}`;

async function look(mailbox: Mailbox): Promise<string> {
  const first = await mailbox.sync();
  const second = await mailbox.verify(QUIET);
  const { arrived, gone, altered } = joinDiffs([first, second]);
  return `+${arrived} -${gone} ~${altered}`;
}

/** One archive on the disk, what it holds by the model, and what was given out for it. */
class Watched {
  readonly #file: string;
  readonly #mailbox: Mailbox;
  readonly #issued = new Set<string>();
  #letters: readonly Letter[];
  #keys = new Map<string, string>();

  private constructor(file: string, mailbox: Mailbox, letters: readonly Letter[]) {
    this.#file = file;
    this.#mailbox = mailbox;
    this.#letters = letters;
    this.#keys = this.#keysNow();
  }

  static async open(file: string, letters: readonly Letter[]): Promise<Watched> {
    writeFileSync(file, letters.map(textOf).join(''));
    const mailbox = await Mailbox.open({
      disk: realDisk,
      path: file,
      access: 'read-write',
      reading: DEFAULT_READING,
      stateFolder: path.dirname(file),
      onRegenerated: () => undefined,
    });
    await mailbox.scan(QUIET);
    return new Watched(file, mailbox, letters);
  }

  /** @returns what was done, in words */
  async change(edits: readonly Edit[], how: Way): Promise<readonly string[]> {
    const before = this.#letters;
    this.#letters = edits.reduce(edited, before);
    const done = kindsOf(before, this.#letters, edits, how);
    write(this.#file, before, this.#letters, how);
    const anew = behindOldEnd(before, this.#letters, how);
    expect(await look(this.#mailbox)).toBe(expectedDiff(before, this.#letters, anew));
    expect(this.#mailbox.table.count).toBe(this.#letters.length);
    this.#checkKeys(anew);
    for (const [number, letter] of this.#letters.entries()) {
      const stored = await this.#mailbox.readStored(messageNumber(number));
      expect(stored.toString('latin1')).toBe(textOf(letter));
    }
    return done;
  }

  async close(): Promise<void> {
    await this.#mailbox.close();
    expect(readFileSync(this.#file, 'latin1')).toBe(this.#letters.map(textOf).join(''));
    rmSync(this.#file);
  }

  #checkKeys(anew: ReadonlySet<number>): void {
    const isAnew = (name: string): boolean => anew.has(Number.parseInt(name, 10));
    const before = new Map(
      [...this.#keys].map(([name, key]) => [isAnew(name) ? `${name}, as it was` : name, key]),
    );
    for (const key of before.values()) this.#issued.add(key);
    this.#keys = this.#keysNow();
    for (const [name, key] of this.#keys) {
      if (before.has(name)) expect(key).toBe(before.get(name));
      else expect(this.#issued.has(key)).toBe(false);
    }
    for (const [name, key] of before) {
      if (!this.#keys.has(name)) expect(this.#mailbox.keys.numberOf(key as never)).toBe(null);
    }
  }

  #keysNow(): Map<string, string> {
    const { keys } = this.#mailbox;
    return new Map(
      this.#letters.map((of, number) => [nameOf(of), keys.keyOf(messageNumber(number))]),
    );
  }
}

/** Tried in every run: each kind of edit alone, on letters of one size, in each way. */
const EXAMPLES: [number[], { edits: Edit[]; way: Way }[]][] = (
  [
    { edit: 'append', lines: [3] },
    ...(['remove', 'move', 'swap', 'flag', 'rewrite'] as const).map((edit) => ({ edit, at: 1 })),
    { edit: 'truncate', count: 2 },
    { edit: 'regrow', count: 2 },
  ] satisfies Edit[]
).map((edit) => [
  [3, 3, 3, 3],
  (['in place', 'renamed', 'time restored'] as const).map((way) => ({ edits: [edit], way })),
]);

const KINDS: readonly string[] = [
  ...['append', 'remove', 'move', 'swap', 'flag', 'rewrite', 'truncate', 'regrow'],
  ...['in place', 'renamed', 'time restored'],
  'swap of equal sizes, time restored',
  'flag of equal sizes, time restored',
  'regrow of equal sizes, time restored',
];

describe('I6: after arbitrary changes of another program', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-changes-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('the difference is exact, and keys go with their messages', async () => {
    let run = 0;
    const done = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(200), { minLength: 1, maxLength: 6 }),
        fc.array(round, { minLength: 1, maxLength: 5 }),
        async (first, rounds) => {
          run += 1;
          const watched = await Watched.open(path.join(folder, `box${run}`), first.map(fresh));
          for (const { edits, way: how } of rounds) {
            for (const kind of await watched.change(edits, how)) {
              done.set(kind, (done.get(kind) ?? 0) + 1);
            }
          }
          await watched.close();
        },
      ),
      { numRuns: Number(process.env['MAILKEEP_CHANGES'] ?? 150), examples: EXAMPLES },
    );
    // Every kind of edit script was tried, and those that no size and no time tells.
    for (const kind of KINDS) expect(done.get(kind), kind).toBeGreaterThan(0);
  }, 120_000);
});

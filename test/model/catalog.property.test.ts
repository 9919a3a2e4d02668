/**
 * I3, I4, I9: whatever another program did to an archive between two openings, an opening by its
 * catalog shows exactly what a reading from the start shows, and no key has come to mean another
 * message. The edit scripts are those of changes.property.test.ts.
 */

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Archive } from '../../electron/engine/archive/archive.ts';
import type { Glance } from '../../electron/engine/archive/glance.ts';
import { overviewOf } from '../../electron/engine/listing/overview.ts';
import type { Row } from '../../shared/row.ts';
import { key, messageNumber } from '../../shared/units.ts';
import { edited, fresh, type Letter, round, textOf, write } from '../support/edited-letters.ts';

describe('an archive opened by its catalog', () => {
  let folder = '';
  let glances = 0;
  beforeAll(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'mailkeep-catalog-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const open = async (file: string, catalogs: string | null): Promise<Archive> => {
    const archive = await Archive.open({
      path: file,
      access: 'read-write',
      journalFolder: path.join(folder, 'journals'),
      readingFolder: path.join(folder, 'readings'),
      copyFolder: path.join(folder, 'removed'),
      catalogFolder: catalogs,
      catalogMessagesMin: 0,
      firstRows: { forMs: 0, fromBytes: 0 },
    });
    const reading = archive.read();
    const glance = await archive.whole.glance;
    await reading;
    if (glance) await seenAtFirst(archive, glance);
    // What a session does in the background.
    if (!archive.verified) await archive.verify();
    return archive;
  };

  /** What was shown at a glance is there, at its place. The last message may have grown by what was appended. */
  async function seenAtFirst(archive: Archive, glance: Glance): Promise<void> {
    glances += 1;
    const { messages } = glance;
    const isSame = archive.count === messages;
    for (const sort of ['position', 'date'] as const) {
      for (const direction of ['ascending', 'descending'] as const) {
        const arrangement = { view: 'all', sort, direction, query: '' } as const;
        const shown = glance.rows(arrangement, 0, messages) ?? [];
        expect(shown.length).toBe(messages);
        for (const row of shown) {
          if (row.position === messages - 1) continue;
          expect(await archive.listing.row(messageNumber(row.position), false)).toEqual(row);
        }
        const order = archive.listing.arranged(arrangement);
        const isInOrder = ({ position }: Row, at: number): boolean =>
          (order?.[at] ?? at) === position;
        if (isSame) expect(shown.every(isInOrder)).toBe(true);
      }
    }
  }

  /** All that a person can see, keys aside. */
  async function seen(archive: Archive): Promise<unknown> {
    const messages: unknown[] = [];
    for (let number = 0; number < archive.count; number++) {
      const at = messageNumber(number);
      const { key: _key, ...row } = await archive.listing.row(at, false);
      const stored = await archive.mailbox.readStored(at);
      const { table } = archive.mailbox;
      messages.push([row, table.span(at), table.fingerprint(at), stored.toString('latin1')]);
    }
    const { report } = archive.mailbox;
    const overview = await overviewOf(archive.listing.counting);
    return { messages, report, overview, status: archive.status() };
  }

  /** Opens both ways, and compares; `given` are the keys so far, with what each was given for. */
  async function compare(
    file: string,
    catalogs: string,
    letters: readonly Letter[],
    given: Map<string, string>,
  ): Promise<void> {
    const fromStart = await open(file, null);
    const byCatalog = await open(file, catalogs);
    expect(await seen(byCatalog)).toEqual(await seen(fromStart));
    for (const [of, text] of given) {
      const number = byCatalog.numberOf(key(of));
      if (number === null) continue;
      expect((await byCatalog.mailbox.readStored(number)).toString('latin1')).toBe(text);
    }
    for (const [number, letter] of letters.entries()) {
      given.set(byCatalog.keyOf(messageNumber(number)), textOf(letter));
    }
    await fromStart.close();
    await byCatalog.close();
    // Of an archive with a message there is a catalog: this test is about something.
    if (letters.length > 0) expect(readdirSync(catalogs)).not.toEqual([]);
  }

  it('is what it is when it is read from the start, and keys stay with their messages', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(200), { minLength: 1, maxLength: 6 }),
        fc.array(fc.option(round, { freq: 5 }), { minLength: 1, maxLength: 4 }),
        async (first, rounds) => {
          run += 1;
          const file = path.join(folder, `box${run}`);
          const catalogs = path.join(folder, `catalogs${run}`);
          const given = new Map<string, string>();
          let letters: readonly Letter[] = first.map(fresh);
          writeFileSync(file, letters.map(textOf).join(''));
          await compare(file, catalogs, letters, given);
          for (const change of rounds) {
            const before = letters;
            letters = (change?.edits ?? []).reduce(edited, letters);
            if (change) write(file, before, letters, change.way);
            await compare(file, catalogs, letters, given);
          }
          rmSync(catalogs, { recursive: true, force: true });
        },
      ),
      { numRuns: Number(process.env['MAILKEEP_CHANGES'] ?? 60) },
    );
    expect(glances).toBeGreaterThan(0);
  }, 180_000);
});

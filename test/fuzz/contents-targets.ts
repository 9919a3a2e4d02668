/**
 * The table of contents when the file changes: which message is which, what keys say, what the
 * difference is, and what stands after a flush.
 */

import type { OpenFile } from '../../electron/mailbox/disk/disk.ts';
import { prepareFlush } from '../../electron/mailbox/flush/compaction.ts';
import type { Plan } from '../../electron/mailbox/flush/plan.ts';
import { tableAfter } from '../../electron/mailbox/flush/table-after.ts';
import { DEFAULT_READING, type Format } from '../../electron/mailbox/format/format.ts';
import type { HeldLocks } from '../../electron/mailbox/lock/hold.ts';
import { Keys } from '../../electron/mailbox/toc/keys.ts';
import type { CurrentTable } from '../../electron/mailbox/toc/look-again.ts';
import { ancestorsOf, diffOf, matchTables } from '../../electron/mailbox/toc/matching.ts';
import type { Contents } from '../../electron/mailbox/toc/contents.ts';
import type { Table } from '../../electron/mailbox/toc/table.ts';
import { type MessageNumber, messageNumber } from '../../shared/units.ts';
import { NEVER, wantedOf } from '../support/flush-case.ts';
import { fileOf, spansOf } from '../support/scanned.ts';
import type { Chance } from './chance.ts';
import { FORMATS_THERE, WRITABLE_FORMATS } from './formats.ts';
import { hostileMailbox, hostileMessage } from './mailboxes.ts';
import { mutated } from './mutate.ts';
import { mustTile, scanned } from './scan-targets.ts';
import { must, type Target } from './target.ts';

const ROUNDS_MAX = 4;

function namesOf(keys: Keys, table: Table): readonly string[] {
  const names = spansOf(table).map((_, number) => keys.keyOf(messageNumber(number)));
  must(new Set(names).size === names.length, 'two messages with one key');
  names.forEach((name, number) => {
    must(keys.numberOf(name) === number, 'a key that does not name its message');
  });
  return names;
}

/** The old numbers are different ones, in range, of messages with the same fingerprint. */
function mustMatch(old: Table, now: Table, oldNumbers: Int32Array): void {
  must(oldNumbers.length === now.count, 'not a number for each message');
  const seen = new Set<number>();
  oldNumbers.forEach((from, number) => {
    if (from === -1) return;
    must(from >= 0 && from < old.count && !seen.has(from), 'an old message matched twice');
    must(now.sameMessage(messageNumber(number), old, messageNumber(from)), 'another message');
    seen.add(from);
  });
}

/** The same file after somebody was at it. */
function changed(chance: Chance, bytes: Buffer): Buffer {
  const kind = chance.integer(0, 4);
  if (kind === 0) return Buffer.concat([bytes, hostileMailbox(chance)]);
  if (kind === 1) return Buffer.concat([hostileMailbox(chance), bytes]);
  if (kind === 2) return hostileMailbox(chance);
  return mutated(bytes, chance, { most: 3 });
}

const regeneration: Target = {
  name: 'regeneration',
  share: 12,
  attempt: async (chance) => {
    let bytes = hostileMailbox(chance);
    const format = chance.pick(FORMATS_THERE);
    let { table } = await scanned(bytes, format, DEFAULT_READING);
    let keys = Keys.fresh(table);
    keys.finish();
    let names = namesOf(keys, table);
    const issued = new Set(names);
    for (let left = chance.integer(1, ROUNDS_MAX); left > 0; left--) {
      bytes = chance.note(changed(chance, bytes));
      const { table: now } = await scanned(bytes, format, DEFAULT_READING);
      const oldNumbers = matchTables(table, now);
      mustMatch(table, now, oldNumbers);
      const ancestors = ancestorsOf(table, now, oldNumbers);
      const diff = diffOf(table, oldNumbers, ancestors, 'changed');
      for (const count of [diff.arrived, diff.gone, diff.altered])
        must(count >= 0, 'less than none');
      must(table.count - diff.gone + diff.arrived === now.count, 'the difference does not add up');
      keys = Keys.after(keys, now, oldNumbers);
      const nowNames = namesOf(keys, now);
      nowNames.forEach((name, number) => {
        const from = oldNumbers[number] ?? -1;
        if (from >= 0) must(name === names[from], 'a message lost its key');
        else must(!issued.has(name), 'a key was given out twice');
        issued.add(name);
      });
      table = now;
      names = nowNames;
    }
  },
};

/** The plan of a flush that removes some messages of a mailbox in memory. */
async function planOf(
  file: OpenFile,
  size: number,
  format: Format,
  { table, report }: Pick<Contents, 'table' | 'report'>,
  numbers: readonly MessageNumber[],
): Promise<Plan> {
  const keys = Keys.fresh(table);
  keys.finish();
  const contents = { table, report, keys, identity: { size } };
  const current = { contents, held: {} as HeldLocks };
  const pending = new Map(
    (await wantedOf(file, table, numbers)).map(({ number, digest }) => [
      keys.keyOf(number),
      { digest, bytes: table.length(number) },
    ]),
  );
  const { plan } = await prepareFlush(current as unknown as CurrentTable, pending, {
    signal: NEVER,
    file,
    format,
    reading: DEFAULT_READING,
  });
  return plan;
}

/** Where messages lie, and which they are, as text. */
function placesIn(table: Table): readonly string[] {
  return spansOf(table).map(({ offset, length }, number) => {
    const { high, low } = table.fingerprint(messageNumber(number));
    return `${offset} ${length} ${high} ${low}`;
  });
}

/** What a message says about its own end may reach over its neighbours: then arithmetic must yield. */
const REACHES = /content-(?:length|type)/i;

const flush: Target = {
  name: 'flush by arithmetic',
  share: 8,
  attempt: async (chance) => {
    const bytes = chance.note(hostileMailbox(chance));
    const format = chance.pick(FORMATS_THERE);
    const before = await scanned(bytes, format, DEFAULT_READING);
    const numbers = before.spans.map((_, number) => messageNumber(number));
    const chosen = numbers.filter(() => chance.chance(0.4));
    if (chosen.length === 0) return;
    const plan = await planOf(fileOf(bytes), bytes.length, format, before, chosen);
    let at = 0;
    const kept: Buffer[] = [];
    for (const { offset, length } of plan.removals) {
      must(offset >= at && length > 0, 'removals that are not one behind the other');
      kept.push(bytes.subarray(at, offset));
      at = offset + length;
    }
    const after = Buffer.concat([...kept, bytes.subarray(at)]);
    must(after.length === plan.sizeAfter, 'the plan states another size');
    if (REACHES.test(bytes.toString('latin1'))) return;
    const rescanned = await scanned(after, format, DEFAULT_READING);
    mustTile(rescanned, format, after.length);
    // A line in front of what went may now be read as a separator; no kept message may be lost.
    const there = new Set(placesIn(rescanned.table));
    const lost = placesIn(tableAfter(plan).table).filter((one) => !there.has(one));
    must(lost.length === 0, `not found again after a flush: ${lost}`);
  },
};

const delivery: Target = {
  name: 'delivery',
  share: 6,
  attempt: async (chance) => {
    const bytes = hostileMailbox(chance);
    const format = chance.pick(WRITABLE_FORMATS);
    const tail = bytes.subarray(Math.max(0, bytes.length - 4096));
    const message = hostileMessage(chance);
    const written = format.envelope(message, tail, null, DEFAULT_READING);
    const all = chance.note(Buffer.concat([bytes, written]));
    const before = await scanned(bytes, format, DEFAULT_READING);
    const after = await scanned(all, format, DEFAULT_READING);
    mustTile(after, format, all.length);
    if (REACHES.test(bytes.toString('latin1'))) return;
    if (format.recognises(bytes) === 'no') return;
    const last = after.spans.at(-1);
    // Where the file ends with a separator of nothing, the message may begin with that.
    const content = last === undefined ? 0 : last.offset + last.separatorLength;
    must(content > bytes.length, 'the delivered message is not found');
    const now = new Set(after.spans.map(({ offset }) => offset));
    // A separator that was torn at the end may have become a message; none may be lost.
    must(
      before.spans.every(({ offset }) => now.has(offset)),
      'a message is lost by a delivery',
    );
  },
};

export const contentsTargets: readonly Target[] = [regeneration, flush, delivery];

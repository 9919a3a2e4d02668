/**
 * I4: a table and keys that were kept as bytes and made again are what they were, also in what becomes
 * of them: beside the originals, arbitrary sequences of looks, searches, appends and removals.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atOnce } from '../../../../shared/steps.ts';
import { Keys } from '../../../../electron/mailbox/toc/keys.ts';
import { matchTables } from '../../../../electron/mailbox/toc/matching.ts';
import { Table } from '../../../../electron/mailbox/toc/table.ts';
import { byteLength, byteOffset, type Key, key, messageNumber } from '../../../../shared/units.ts';
import { drawTable, extendTable } from '../../../support/drawn-table.ts';

interface Known {
  readonly table: Table;
  readonly keys: Keys;
}

type Columns = ReadonlyMap<string, Uint8Array>;

/** As they come from a disk: memory of their own, not always where numbers can lie. */
function copied(columns: Columns, shift: number): Columns {
  return new Map(
    [...columns].map(([name, bytes]) => {
      const room = new Uint8Array(bytes.length + shift);
      room.set(bytes, shift);
      return [name, room.subarray(shift)];
    }),
  );
}

const endOf = (table: Table): number => {
  const last = messageNumber(table.count - 1);
  return table.count === 0 ? 0 : table.offset(last) + table.length(last);
};

function restored({ table, keys }: Known, shift: number): Known {
  const { count, preambleBytes } = table;
  const size = endOf(table);
  const again = Table.restored(copied(atOnce(table.columns()), shift), {
    count,
    preambleBytes,
    size,
  });
  const keysAgain = again && Keys.restored(copied(atOnce(keys.columns()), shift), again);
  if (!again || !keysAgain) throw new Error('not restored');
  return { table: again, keys: keysAgain };
}

const keysOf = ({ table, keys }: Known): Key[] =>
  Array.from({ length: table.count }, (_none, number) => keys.keyOf(messageNumber(number)));

const names = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 6 });
const step = fc.oneof(
  fc.record({ step: fc.constant('append' as const), names }),
  fc.record({ step: fc.constant('change' as const), names }),
  fc.record({ step: fc.constantFrom('search', 'prepare', 'keep'), amount: fc.nat(4) }),
);

type Step = typeof step extends fc.Arbitrary<infer Drawn> ? Drawn : never;

function appended({ table, keys }: Known, added: readonly string[]): Known {
  extendTable(table, added.join(' '));
  keys.extend();
  return { table, keys };
}

function changed({ table, keys }: Known, now: readonly string[]): Known {
  const next = drawTable(now.join(' '));
  return { table: next, keys: Keys.after(keys, next, matchTables(table, next)) };
}

/** What happens to both, or only to the one that was kept: then nobody may see a difference. */
function taken(pair: [Known, Known], change: Step, given: readonly Key[]): [Known, Known] {
  const [one, other] = pair;
  switch (change.step) {
    case 'append':
      return [appended(one, change.names), appended(other, change.names)];
    case 'change':
      return [changed(one, change.names), changed(other, change.names)];
    case 'prepare':
      for (let at = 0; at < change.amount; at++) other.keys.prepare(1);
      other.table.makeRoom();
      return pair;
    case 'search':
      for (const of of given) other.keys.numberOf(of);
      return pair;
    case 'keep':
      return [one, restored(other, change.amount)];
  }
}

describe('what was kept as bytes', () => {
  it('is the same, and goes on as the same', () => {
    fc.assert(
      fc.property(names, fc.array(step, { maxLength: 10 }), fc.nat(3), (first, steps, shift) => {
        const table = drawTable(first.join(' '));
        const keys = Keys.fresh(table);
        keys.finish();
        let pair: [Known, Known] = [{ table, keys }, restored({ table, keys }, shift)];
        const given: Key[] = keysOf(pair[0]);
        for (const change of steps) {
          pair = taken(pair, change, given);
          const [one, other] = pair;
          expect(other.table.equals(one.table)).toBe(true);
          expect(keysOf(other)).toEqual(keysOf(one));
          given.push(...keysOf(one));
          for (const of of given) expect(other.keys.numberOf(of)).toBe(one.keys.numberOf(of));
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('is refused where it does not fit together', () => {
    const table = drawTable('a b c b');
    const keys = Keys.fresh(table);
    keys.finish();
    const facts = { count: 4, preambleBytes: table.preambleBytes, size: endOf(table) };
    const columns = atOnce(table.columns());
    expect(Table.restored(columns, facts)?.equals(table)).toBe(true);
    expect(Table.restored(columns, { ...facts, count: 3 })).toBe(null);
    expect(Table.restored(columns, { ...facts, size: endOf(table) - 1 })).toBe(null);
    for (const name of columns.keys()) {
      const without = new Map(columns);
      without.delete(name);
      expect(Table.restored(without, facts)).toBe(null);
      const shorter = new Map(columns).set(
        name,
        (columns.get(name) ?? new Uint8Array()).subarray(1),
      );
      expect(Table.restored(shorter, facts)).toBe(null);
    }
    const lone = drawTable('a');
    expect(Keys.restored(atOnce(keys.columns()), lone)).toBe(null);
    expect(Keys.restored(new Map(), table)).toBe(null);
  });

  it('has room for messages and gaps of any size', () => {
    const table = new Table();
    const places = [
      { offset: 0, length: 6e9, headerLength: 70_000 },
      { offset: 6e9, length: 300, headerLength: 299 },
      { offset: 6e9 + 400, length: 5, headerLength: 5 },
    ];
    for (const { offset, length, headerLength } of places) {
      const span = { offset: byteOffset(offset), length: byteLength(length) };
      const header = { headerLength: byteLength(headerLength), separatorLength: byteLength(5) };
      table.append({ ...span, ...header }, { high: 1, low: offset % 1000, head: 3, end: 4 });
    }
    const facts = { count: 3, preambleBytes: byteLength(0), size: 7e9 };
    const again = Table.restored(atOnce(table.columns()), facts);
    for (let number = 0; number < 3; number++) {
      const at = messageNumber(number);
      expect(again?.span(at)).toEqual(table.span(at));
      expect(again?.fingerprint(at)).toEqual(table.fingerprint(at));
    }
  });

  it('finds no key that was never given', () => {
    const table = drawTable('a b');
    const keys = Keys.fresh(table);
    keys.finish();
    const again = restored({ table, keys }, 0);
    expect(again.keys.numberOf(key('0123456789abcdef'))).toBe(null);
    expect(again.keys.numberOf(key('no key'))).toBe(null);
  });
});

/**
 * I4: a key means one message for ever. Beside a naive model that gives every physical message a
 * number of its own: arbitrary sequences of appends, removals and reorderings, with many equal
 * messages, never make a key mean another message, and never give a key out twice.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Keys } from '../../../../electron/mailbox/toc/keys.ts';
import { matchTables } from '../../../../electron/mailbox/toc/matching.ts';
import { messageNumber } from '../../../../shared/units.ts';
import { drawTable, extendTable } from '../../../support/drawn-table.ts';

const name = fc.constantFrom('a', 'b', 'c', 'd', 'e');

type Edit =
  | { readonly edit: 'append'; readonly names: readonly string[] }
  | { readonly edit: 'remove'; readonly at: number }
  | { readonly edit: 'swap'; readonly at: number };

const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ edit: fc.constant('append' as const), names: fc.array(name, { maxLength: 4 }) }),
  fc.record({ edit: fc.constant('remove' as const), at: fc.nat(20) }),
  fc.record({ edit: fc.constant('swap' as const), at: fc.nat(20) }),
);

function edited(names: readonly string[], change: Edit): string[] {
  const copy = [...names];
  if (change.edit === 'append') copy.push(...change.names);
  else if (change.edit === 'remove') copy.splice(change.at % Math.max(1, copy.length), 1);
  else if (copy.length > 1) {
    const at = change.at % (copy.length - 1);
    const [first = '', second = ''] = copy.slice(at, at + 2);
    copy.splice(at, 2, second, first);
  }
  return copy;
}

describe('I4: keys under arbitrary changes', () => {
  it('never mean another message, never come back', () => {
    fc.assert(
      fc.property(
        fc.array(name, { maxLength: 8 }),
        fc.array(edit, { maxLength: 12 }),
        (first, edits) => {
          let names: readonly string[] = first;
          let table = drawTable(names.join(' '));
          let keys = Keys.fresh(table);
          keys.finish();
          const everIssued = new Map<string, string>();
          const remember = (): void => {
            const now = new Set<string>();
            names.forEach((of, number) => {
              const key = keys.keyOf(messageNumber(number));
              expect(now.has(key)).toBe(false);
              now.add(key);
              expect(everIssued.get(key) ?? of).toBe(of);
              everIssued.set(key, of);
              expect(keys.numberOf(key)).toBe(number);
            });
          };
          remember();
          for (const change of edits) {
            const issued = new Set(everIssued.keys());
            const before = names.map((_of, number) => keys.keyOf(messageNumber(number)));
            names = edited(names, change);
            const next = drawTable(names.join(' '));
            const oldNumbers = matchTables(table, next);
            keys = Keys.after(keys, next, oldNumbers);
            table = next;
            remember();
            names.forEach((_of, number) => {
              const key = keys.keyOf(messageNumber(number));
              const old = oldNumbers[number] ?? -1;
              if (old >= 0) expect(key).toBe(before[old]);
              else expect(issued.has(key)).toBe(false);
            });
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('keys of equal messages', () => {
  it('say which of how many they are, so that a later run cannot mistake one for another', () => {
    const table = drawTable('a b b c');
    const keys = Keys.fresh(table);
    keys.finish();
    const [a, first, second] = [0, 1, 2].map((number) => keys.keyOf(messageNumber(number)));
    expect(a).toMatch(/^[0-9a-f]{16}$/);
    expect(first).toMatch(/-1of2$/);
    expect(second).toMatch(/-2of2$/);

    const later = drawTable('a b c');
    const laterKeys = Keys.fresh(later);
    laterKeys.finish();
    expect(first && laterKeys.numberOf(first)).toBe(null);
    expect(second && laterKeys.numberOf(second)).toBe(null);
    expect(a && laterKeys.numberOf(a)).toBe(0);
  });

  it('are the same whether the table came at once or piece by piece', () => {
    const table = drawTable('a a');
    const keys = Keys.fresh(table);
    keys.extend();
    extendTable(table, 'b a');
    keys.finish();
    const whole = drawTable('a a b a');
    const wholeKeys = Keys.fresh(whole);
    wholeKeys.finish();
    for (let number = 0; number < 4; number++) {
      const at = messageNumber(number);
      expect(keys.keyOf(at)).toBe(wholeKeys.keyOf(at));
    }
  });

  it('stay when the last message is scanned again, and go when it has become another', () => {
    const table = drawTable('a b');
    const keys = Keys.fresh(table);
    keys.finish();
    const b = keys.keyOf(messageNumber(1));
    let last = keys.forgetLast();
    table.truncate(1);
    extendTable(table, 'b c');
    expect(keys.restoreLast(last)).toBe('same');
    keys.extend();
    expect(keys.numberOf(b)).toBe(1);

    const c = keys.keyOf(messageNumber(2));
    last = keys.forgetLast();
    table.truncate(2);
    extendTable(table, 'd c');
    expect(keys.restoreLast(last)).toBe('altered');
    keys.extend();
    expect(keys.numberOf(c)).toBe(null);
    expect(keys.keyOf(messageNumber(3))).not.toBe(c);
  });
});

describe('keys of very many equal messages', () => {
  // Each costs the same however many there are: by looking through them it would be hours.
  it('are found, forgotten and given again one by one', () => {
    const count = 200_000;
    const table = drawTable('b');
    const keys = Keys.fresh(table);
    extendTable(table, 'a '.repeat(count));
    while (keys.finish(10_000));
    let found = 0;
    for (let number = 0; number <= count; number++) {
      if (keys.numberOf(keys.keyOf(messageNumber(number))) === number) found += 1;
    }
    expect(found).toBe(count + 1);
    expect(keys.keyOf(messageNumber(1))).toMatch(/-1of200000$/);
    for (let look = 0; look < 1000; look++) {
      const last = keys.forgetLast();
      table.truncate(count);
      extendTable(table, look % 2 === 0 ? 'c' : 'a');
      keys.restoreLast(last);
      keys.extend();
    }
    expect(keys.keyOf(messageNumber(count))).toMatch(/-(\d+)of\1$/);
  });

  it('are the same after a removal, and new for what arrives then', () => {
    const count = 10_000;
    const table = drawTable('a '.repeat(count));
    const before = Keys.fresh(table);
    before.finish();
    const kept = Int32Array.from({ length: count / 2 }, (_none, at) => 2 * at);
    const after = Keys.after(before, drawTable('a '.repeat(kept.length)), kept);
    kept.forEach((old, number) => {
      expect(after.keyOf(messageNumber(number))).toBe(before.keyOf(messageNumber(old)));
    });
    const withMore = Int32Array.from([...kept.keys(), -1, -1]);
    const more = Keys.after(after, drawTable('a '.repeat(withMore.length)), withMore);
    const last = [count / 2, count / 2 + 1].map((number) => more.keyOf(messageNumber(number)));
    expect(last).toEqual([1, 2].map((one) => expect.stringMatching(`-${count + one}of`)));
  });
});

describe('keys in a mailbox that is looked at often', () => {
  it('are found however often the last message was scanned again', () => {
    const table = drawTable('a b c');
    const keys = Keys.fresh(table);
    keys.finish();
    const a = keys.keyOf(messageNumber(0));
    for (let look = 0; look < 1000; look++) {
      const last = keys.forgetLast();
      table.truncate(2);
      extendTable(table, `c${look}`);
      expect(keys.restoreLast(last)).toBe('altered');
      keys.extend();
    }
    expect(keys.numberOf(a)).toBe(0);
    expect(keys.numberOf(keys.keyOf(messageNumber(2)))).toBe(2);
  });

  it('are not given to a second twin when one has come in front of the others', () => {
    const first = drawTable('b a');
    const before = Keys.fresh(first);
    before.finish();
    const second = drawTable('a b a');
    const between = Keys.after(before, second, Int32Array.of(-1, 0, 1));
    const third = drawTable('a b a a');
    const after = Keys.after(between, third, Int32Array.of(0, 1, 2, -1));
    const names = [0, 1, 2, 3].map((number) => after.keyOf(messageNumber(number)));
    expect(new Set(names).size).toBe(4);
    expect(names.slice(0, 3)).toEqual([0, 1, 2].map((n) => between.keyOf(messageNumber(n))));
  });

  it('of twins stay when one of them is the last message and is scanned again', () => {
    const old = drawTable('b a');
    const before = Keys.fresh(old);
    before.finish();
    const table = drawTable('a b a');
    const keys = Keys.after(before, table, Int32Array.of(-1, 0, 1));
    const twin = keys.keyOf(messageNumber(0));
    const last = keys.forgetLast();
    table.truncate(2);
    extendTable(table, 'c');
    expect(keys.restoreLast(last)).toBe('altered');
    expect(keys.numberOf(twin)).toBe(0);
  });

  it('are asked for in the middle of a scan without taking the name of the last message', () => {
    const table = drawTable('a b');
    const keys = Keys.fresh(table);
    keys.finish();
    const b = keys.keyOf(messageNumber(1));
    const last = keys.forgetLast();
    table.truncate(1);
    extendTable(table, 'b');
    keys.numberOf(b);
    extendTable(table, 'c');
    expect(keys.restoreLast(last)).toBe('same');
    expect(keys.numberOf(b)).toBe(1);
  });
});

it('a text that is no key names nothing', () => {
  const table = drawTable('a');
  const keys = Keys.fresh(table);
  keys.finish();
  for (const text of ['', '0', 'a', '../x', '0123456789abcdef-0of0', `${'f'.repeat(17)}`]) {
    expect(keys.numberOf(text as never)).toBe(null);
  }
});

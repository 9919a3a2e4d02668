/** I6: what became of the messages between two looks, in numbers, from drawn tables. */

import { describe, expect, it } from 'vitest';
import { ancestorsOf, diffOf, matchTables } from '../../../../electron/mailbox/toc/matching.ts';
import { drawTable } from '../../../support/drawn-table.ts';

function diff(before: string, after: string): string {
  const old = drawTable(before);
  const now = drawTable(after);
  const same = matchTables(old, now);
  const { arrived, gone, altered } = diffOf(old, same, ancestorsOf(old, now, same), 'changed');
  return `+${arrived} -${gone} ~${altered}`;
}

describe('the diff after another program changed the file', () => {
  it.each([
    ['a b c', 'a b c', '+0 -0 ~0'],
    ['a b c', 'a b c d e', '+2 -0 ~0'],
    ['a b c', 'a c', '+0 -1 ~0'],
    ['a b c', 'b', '+0 -2 ~0'],
    ['a b c', 'c b a', '+0 -0 ~0'],
    ['a b b c', 'a b c', '+0 -1 ~0'],
    ['', 'a b', '+2 -0 ~0'],
    ['a b', '', '+0 -2 ~0'],
    // Another message in the same place is another message, not an edit.
    ['a b c', 'a x c', '+1 -1 ~0'],
    ['a b c d', 'a d x', '+1 -2 ~0'],
    // The same message with another header, or another body, wherever it stands now.
    ['a b c', 'a b:flagged c', '+0 -0 ~1'],
    ['a b c', 'b:flagged c', '+0 -1 ~1'],
    ['a b c', 'c b:flagged a', '+0 -0 ~1'],
    ['a b b c', 'a b b:flagged c', '+0 -0 ~1'],
  ])('%s -> %s is %s', (before, after, expected) => {
    expect(diff(before, after)).toBe(expected);
  });

  it('pairs two that swapped places, whatever their sizes', () => {
    expect([...matchTables(drawTable('a b'), drawTable('b a'))]).toEqual([1, 0]);
  });
});

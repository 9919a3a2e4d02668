/**
 * Which messages belong into an arranged list, and which of two comes first, message by message: for
 * the few that arrive. Says the same as `arranging.ts`, which arranges all of them at once.
 */

import type { Envelopes } from '../../catalog/envelopes.ts';
import { SortKeys } from '../../catalog/sort-keys.ts';
import type { Arrangement } from '../../../shared/row.ts';
import { type MessageNumber, messageNumber } from '../../../shared/units.ts';
import { fitsOf, type Messages } from './arranging.ts';
import type { Question } from './question.ts';

/** One list's arrangement. */
export interface Comparing {
  /** Negative if the first of two numbers stands above the second. */
  readonly compare: (one: number, other: number) => number;
  readonly fits: (number: MessageNumber) => boolean;
}

type Compare = Comparing['compare'];

export function comparingOf(
  arrangement: Arrangement,
  messages: Messages,
  question?: Question,
): Comparing {
  const { direction } = arrangement;
  const ascending = ascendingOf(arrangement, messages);
  const compare: Compare =
    direction === 'ascending' ? ascending : (one, other) => ascending(other, one);
  return { compare, fits: fitsOf(arrangement, messages, question) };
}

function ascendingOf({ sort }: Arrangement, { envelopes, bytesOf }: Messages): Compare {
  const bytes = (number: number): number => bytesOf(messageNumber(number));
  switch (sort) {
    case 'position':
      return (one, other) => one - other;
    case 'bytes':
      return (one, other) => bytes(one) - bytes(other) || one - other;
    case 'date':
      return presentFirst(envelopes, (one, other) => {
        const [date, otherDate] = [envelopes.date(one), envelopes.date(other)];
        if (date === null || otherDate === null)
          return Number(date === null) - Number(otherDate === null);
        return date - otherDate;
      });
    case 'from':
    case 'to':
    case 'subject': {
      const keyOf = keysOf(sort, envelopes);
      return presentFirst(envelopes, (one, other) => Buffer.compare(keyOf(one), keyOf(other)));
    }
  }
}

function presentFirst(envelopes: Envelopes, compare: Compare): Compare {
  return (one, other) => {
    const [there, otherThere] = [envelopes.has(one), envelopes.has(other)];
    if (!there || !otherThere) return Number(otherThere) - Number(there) || one - other;
    return compare(one, other) || one - other;
  };
}

/** The keys by which texts are sorted; each is made once. */
function keysOf(
  column: 'from' | 'to' | 'subject',
  envelopes: Envelopes,
): (number: number) => Buffer {
  const known = new Map<number, Buffer>();
  return (number) => {
    const made = known.get(number) ?? sortKeyOf(envelopes[column](number), column);
    known.set(number, made);
    return made;
  };
}

function sortKeyOf(text: string, column: 'from' | 'to' | 'subject'): Buffer {
  const keys = new SortKeys(1);
  const bytes = Buffer.from(text);
  keys.add(bytes, 0, bytes.length, column === 'subject' ? 'subject' : 'text');
  return keys.bytes.subarray(0, keys.bytes.indexOf(0));
}

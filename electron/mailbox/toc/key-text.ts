/**
 * How a key is written: the fingerprint, and which of how many twins it is, if there are any.
 * Imports shared/ and the table's types.
 */

import { type Key, key, type MessageNumber } from '../../../shared/units.ts';
import type { Table } from './table.ts';

const KEY_PATTERN = /^([0-9a-f]{8})([0-9a-f]{8})(?:-([1-9]\d{0,9})of([1-9]\d{0,9}))?$/;

/** The part that twins share. */
export const nameOf = (high: number, low: number): string =>
  high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');

/** The same of a message. */
export const fingerprintText = (table: Table, number: MessageNumber): string =>
  nameOf(table.fingerprintHigh(number), table.fingerprintLow(number));

export const keyText = (name: string, ordinal: number, of: number): Key =>
  key(of === 1 ? name : `${name}-${ordinal}of${of}`);

export interface KeyParts {
  readonly name: string;
  readonly high: number;
  readonly low: number;
  readonly ordinal: number;
  readonly of: number;
}

/** What a key says; null if it is none. */
export function parsed(text: string): KeyParts | null {
  const match = KEY_PATTERN.exec(text);
  if (!match) return null;
  const [, high = '', low = '', ordinal = '1', of = '1'] = match;
  return {
    name: high + low,
    high: Number.parseInt(high, 16),
    low: Number.parseInt(low, 16),
    ordinal: Number(ordinal),
    of: Number(of),
  };
}

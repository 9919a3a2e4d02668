/**
 * The people in an address field, as a list. Imports shared, the header text and the parser of
 * postal-mime beside it.
 *
 * Promises: everybody in the field, groups included, in their order; a field that cannot be read as
 * addresses is one name; clean text; linear, never throws.
 */

import { addressParser } from 'postal-mime';
import type { Person } from '../../shared/message-view.ts';
import { decodeHeaderText } from './header-text.ts';

const FIELD_LENGTH_MAX = 100_000;
/** Stands for `=?`, so that the parser leaves encoded words alone; it cannot occur in bytes. */
const HIDDEN = '=\ue000';

/**
 * The people of an address field.
 * @param fieldValue a character for each byte
 */
export function people(fieldValue: string): readonly Person[] {
  const value = fieldValue.slice(0, FIELD_LENGTH_MAX);
  const found: Person[] = [];
  for (const { name, address, group } of addressParser(value.replaceAll('=?', HIDDEN))) {
    if (!group || group.length === 0) found.push(person(name ?? '', address ?? ''));
    for (const member of group ?? []) found.push(person(member.name, member.address));
  }
  const some = found.filter((one) => one.name !== '' || one.address !== '');
  if (some.length > 0) return some;
  const name = decodeHeaderText(value);
  return name === '' ? [] : [{ name, address: '' }];
}

function person(name: string, address: string): Person {
  return { name: shown(name), address: shown(address) };
}

const shown = (text: string): string => decodeHeaderText(text.replaceAll(HIDDEN, '=?'));

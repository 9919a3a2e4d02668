/**
 * The people in an address field, as a list. Imports shared, the header text and the parser of
 * postal-mime beside it.
 *
 * Promises: everybody in the field, groups included, in their order; a field that cannot be read as
 * addresses is one name; clean text; linear, never throws.
 */

import { shielded, trimmed, unshielded } from './byte-text.ts';
import { addressParser } from 'postal-mime';
import type { Person } from '../../shared/message-view.ts';
import { decodeHeaderText } from './header-text.ts';

const FIELD_LENGTH_MAX = 100_000;
const ARCHIVED = /^([^()<>",:;@]* at [^()<>",:;@]*)\(([^()\\]*)\)$/;
/** `host!host!user (Name)`, as UUCP went. */
const UUCP = /^([^()<>",:;@\s]+![^()<>",:;\s]+)\s*(?:\(([^()\\]*)\))?$/;

/**
 * The people of an address field.
 * @param fieldValue a character for each byte
 */
export function people(fieldValue: string): readonly Person[] {
  const value = fieldValue.slice(0, FIELD_LENGTH_MAX);
  // `user at host (Name)`, as Pipermail writes it.
  const archived = ARCHIVED.exec(value);
  if (archived) return [person(archived[2] ?? '', trimmed(archived[1] ?? ''))];
  const uucp = UUCP.exec(trimmed(value));
  if (uucp) return [person(uucp[2] ?? '', uucp[1] ?? '')];
  const found: Person[] = [];
  const plain = withFlatComments(shielded(value));
  for (const { name, address, group } of addressParser(plain)) {
    if (!group || group.length === 0) found.push(person(name ?? '', address ?? ''));
    for (const member of group ?? []) found.push(person(member.name, member.address));
  }
  const some = found.filter((one) => one.name !== '' || one.address !== '');
  if (some.length > 0) return some;
  const name = decodeHeaderText(value);
  return name === '' ? [] : [{ name, address: '' }];
}

function person(name: string, address: string): Person {
  // Comments inside of an address, and the route that mail once took to it (RFC 5322, 4.4).
  const bare = address.replace(/\([^()]*\)/g, '').replace(/^@[^:]*:(?=[^:]*@)/, '');
  return { name: shown(name), address: shown(bare) };
}

/** Comments in comments as one, which the parser does not know. */
function withFlatComments(value: string): string {
  if (!/\([^)]*\(/.test(value)) return value;
  let depth = 0;
  let quoted = false;
  let flat = '';
  for (const letter of value) {
    if (letter === '"' && depth === 0) quoted = !quoted;
    if (quoted || (letter !== '(' && letter !== ')')) {
      flat += letter;
      continue;
    }
    if (letter === '(') depth += 1;
    if (depth === 1) flat += letter;
    if (letter === ')') depth = Math.max(0, depth - 1);
  }
  return flat;
}

const shown = (text: string): string => decodeHeaderText(unshielded(text));

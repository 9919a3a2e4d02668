/**
 * The people in an address field. Imports the decoding of header text, and postal-mime.
 *
 * A list shows a name, or else an address; people search by both. So what is kept of a field is what is
 * shown, and behind a zero, which stands in no text, what else it is found by. Linear, never throws.
 */

import { shielded, trimmed, unshielded } from './byte-text.ts';
import { addressParser } from 'postal-mime';
import { PEOPLE_LENGTH_MAX } from './envelope-batch.ts';
import { decodeHeaderText } from './header-text.ts';

const BEHIND_SHOWN = '\0';

/** Behind the part that is shown, in bytes. */
export function shownEnd(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && bytes[at] !== 0) at += 1;
  return at;
}

/** The part of a kept field that a list shows. */
export function shownOf(kept: string): string {
  const end = kept.indexOf(BEHIND_SHOWN);
  return end < 0 ? kept : kept.slice(0, end);
}

/**
 * A From field as it is kept: shown is the name, or else the address.
 * @param fieldValue a character for each byte
 */
export function sender(fieldValue: string): string {
  const value = trimmed(fieldValue.slice(0, FIELD_LENGTH_MAX));
  const people = peopleIn(value);
  const shown = people.map(nameOrAddress).find((text) => text !== '');
  if (shown === undefined) return decodeHeaderText(value);
  return kept(shown, people, 1);
}

/**
 * A To field as it is kept: shown are the first ones, each by name or else by address, and an ellipsis
 * if there are more.
 * @param fieldValue a character for each byte
 */
export function recipients(fieldValue: string): string {
  const value = trimmed(fieldValue.slice(0, FIELD_LENGTH_MAX));
  const people = peopleIn(value).filter((person) => nameOrAddress(person) !== '');
  const shown = people.slice(0, SHOWN_MAX).map(nameOrAddress).join(', ');
  if (shown === '') return decodeHeaderText(value);
  return kept(people.length > SHOWN_MAX ? `${shown}, …` : shown, people, SHOWN_MAX);
}

/** A Cc field as it is kept: nothing of it is shown, and all of it found. */
export function copied(fieldValue: string): string {
  const value = trimmed(fieldValue.slice(0, FIELD_LENGTH_MAX));
  return foundBy(peopleIn(value), 0) || decodeHeaderText(value);
}

const FIELD_LENGTH_MAX = PEOPLE_LENGTH_MAX;
/** So many recipients are shown in a list. */
const SHOWN_MAX = 8;
const NAME_AND_ADDRESS = /^(?:"([^"\\]*)"|([^"<>(),:;\\]*))\s*<([^<>"()]*)>$/;
const ADDRESS = /^[^\s<>(),:;"]+@[^\s<>(),:;"]+$/;
const COMMENT_BEHIND = /^([^()<>",:;]*)\(([^()\\]*)\)$/;
/** As Pipermail writes addresses. */
const SPELT_AT = /^(\S+) at (\S+)$/;

interface Person {
  readonly name: string;
  readonly address: string;
}

const nameOrAddress = ({ name, address }: Person): string => name || address;

/** @param shown so many of the people are shown, by name or else by address */
function kept(text: string, people: readonly Person[], shown: number): string {
  const rest = foundBy(people, shown);
  return rest === '' ? text : `${text}${BEHIND_SHOWN}${rest}`;
}

/** Addresses, and the names of those who are not shown. */
function foundBy(people: readonly Person[], shown: number): string {
  return people
    .map(({ name, address }, index) => {
      if (index >= shown) return `${name} ${address}`.trim();
      return name === '' || name === address ? '' : address;
    })
    .filter((text) => text !== '')
    .join(', ');
}

/** One in one of the usual forms, or as many as there are. */
function peopleIn(value: string): Person[] {
  const usual = NAME_AND_ADDRESS.exec(value);
  if (usual) return [person(usual[1] ?? usual[2] ?? '', usual[3] ?? '')];
  if (ADDRESS.test(value)) return [person('', value)];
  // `user@host (Name)`, and `user at host (Name)` as Pipermail writes it.
  const comment = COMMENT_BEHIND.exec(value);
  if (comment) {
    const address = trimmed(comment[1] ?? '');
    return [person(comment[2] ?? '', address.replace(SPELT_AT, '$1@$2'), address)];
  }
  return parsedAddresses(value);
}

/** @param shown the address as it is shown if there is no name */
function person(name: string, address: string, shown = address): Person {
  const known = decodeHeaderText(name);
  return { name: known, address: decodeHeaderText(known === '' ? shown : address) };
}

/** Addresses by postal-mime, groups included, which must not decode words: their bytes would be lost. */
function parsedAddresses(value: string): Person[] {
  return addressParser(shielded(value))
    .flatMap((found) => [found, ...(found.group ?? [])])
    .map(({ name = '', address = '' }) => person(unshielded(name), unshielded(address)));
}

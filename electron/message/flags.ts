/**
 * What an archive says of a message, packed in one byte. Imports only shared.
 *
 * Sources: Status and X-Status of mbox (Dovecot, mbox.md), X-Mozilla-Status (nsMsgMessageFlags.idl),
 * the attributes of Babyl (Emacs etc/BABYL).
 */

import type { Flags } from '../../shared/row.ts';

export const READ = 1;
export const ANSWERED = 2;
export const STARRED = 4;
export const DRAFT = 8;
export const DELETED = 16;

const LETTERS = new Map([
  ['R', READ],
  ['A', ANSWERED],
  ['F', STARRED],
  ['T', DRAFT],
  ['D', DELETED],
]);

const LETTER_BITS = new Uint8Array(256);
for (const [letter, bit] of LETTERS) LETTER_BITS[letter.charCodeAt(0)] = bit;

/** The bits that the letters in some bytes of Status or X-Status mean. */
export function letterBits(bytes: Uint8Array, from: number, to: number): number {
  let bits = 0;
  for (let at = from; at < to; at++) bits |= LETTER_BITS[bytes[at] ?? 0] ?? 0;
  return bits;
}

const MOZILLA_READ = 0x0001;
const MOZILLA_REPLIED = 0x0002;
const MOZILLA_STARRED = 0x0004;
const MOZILLA_EXPUNGED = 0x0008;

/** The fields that tell flags; null where the message has no such field. */
export interface StatusFields {
  readonly status: string | null;
  readonly xStatus: string | null;
  readonly xMozillaStatus: string | null;
}

/** The bits of a message. One that no program has put a mark on counts as read. */
export function flagBits(fields: StatusFields): number {
  const { status, xStatus, xMozillaStatus } = fields;
  if (status === null && xStatus === null && xMozillaStatus === null) return READ;
  let bits = 0;
  // Some programs write all letters in one of the two fields, so each may stand in either.
  for (const letter of `${status ?? ''}${xStatus ?? ''}`.slice(0, LETTERS_MAX)) {
    bits |= LETTERS.get(letter) ?? 0;
  }
  const mozilla = Number.parseInt(xMozillaStatus ?? '', 16);
  if (mozilla & MOZILLA_READ) bits |= READ;
  if (mozilla & MOZILLA_REPLIED) bits |= ANSWERED;
  if (mozilla & MOZILLA_STARRED) bits |= STARRED;
  if (mozilla & MOZILLA_EXPUNGED) bits |= DELETED;
  return bits;
}

/** Words by which an archive flags a message outside of its header: the status line of Babyl. */
export interface FlagWords {
  readonly attributes: readonly string[];
  readonly labels: readonly string[];
}

/** The same for an archive that flags messages by words. Programs look for them anywhere in the line. */
export function flagBitsOf({ attributes, labels }: FlagWords): number {
  const has = (word: string): boolean => attributes.includes(word) || labels.includes(word);
  let bits = has('unseen') || has('recent') ? 0 : READ;
  if (has('answered')) bits |= ANSWERED;
  if (has('deleted')) bits |= DELETED;
  return bits;
}

/** Letters beyond so many, of both fields, mean nothing. */
export const LETTERS_MAX = 32;

export function toFlags(bits: number): Flags {
  return {
    read: (bits & READ) !== 0,
    answered: (bits & ANSWERED) !== 0,
    starred: (bits & STARRED) !== 0,
    draft: (bits & DRAFT) !== 0,
    deleted: (bits & DELETED) !== 0,
  };
}

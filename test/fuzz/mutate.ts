/** Damages bytes in the ways that archives are damaged by programs, disks and enemies. */

import type { Chance } from './chance.ts';

const LENGTH_MAX = 64 * 1024;

/** Pieces that mean something to one of the formats, or to what is inside a message. */
export const WORDS = [
  'From ',
  '\nFrom ',
  '\n\nFrom a@b Mon Jan  1 00:00:00 2024\n',
  '\nFrom - Mon Jan  1 00:00:00 2024\r\n',
  '\rFrom ???@??? Mon Jan  1 00:00:00 2024\r',
  `From ${'0123abcd'.repeat(5)} Mon Sep 17 00:00:00 2001\n`,
  '>From ',
  '>>From ',
  '\n',
  '\n\n',
  '\r\n',
  '\r\n\r\n',
  '\r',
  '\r\r',
  '\0',
  '\xef\xbb\xbf',
  '\x01\x01\x01\x01\n',
  '\x01\x01\x01\x01\r\n',
  '\x1f',
  '\n\x1f\x0c\n0, unseen,,\n*** EOOH ***\n',
  '\x1f\x0c\n1,,\nSubject: x\n\n*** EOOH ***\n',
  'BABYL OPTIONS: -*- rmail -*-\nVersion: 5\n',
  '*** EOOH ***\n',
  'Subject: x\n',
  'From: a@b\n',
  ' folded\n',
  'Content-Length: 60\n',
  'Content-Length: 999999999999999\n',
  'content-length:0\r\n',
  'Content-Type: multipart/mixed; boundary=b\n',
  'Content-Type: multipart/mixed;\n boundary="=_b"\n',
  'Content-Type: message/rfc822\n\n',
  'Content-Type: text/html; charset=utf-7\n',
  'Content-Transfer-Encoding: base64\n',
  'Content-Transfer-Encoding: quoted-printable\n',
  'Status: RO\n',
  'X-Status: D\n',
  'X-Mozilla-Status: 0009\n',
  '\n--b\n',
  '\n--b--\n',
  '\n--=_b\n',
  '=?utf-8?Q?=C3?=',
  '=?iso-2022-jp?B?GyRC?=',
  '=?',
  '?=',
  '<',
  '<b>',
  '</',
  '"',
  '(',
  ')',
  ';',
  ':',
  '=',
  '\xff',
  '\x80',
];

/** Where lines end and separators stand: files are cut there, and one byte beside. */
function border(bytes: Buffer, chance: Chance): number {
  const word = chance.pick(['\n', 'From ', '\n\n', '\x01\x01\x01\x01', '\x1f', '--', ':', '\r']);
  const found = bytes.indexOf(word, chance.integer(0, bytes.length), 'latin1');
  if (found < 0) return chance.integer(0, bytes.length);
  const beside = found + chance.integer(-1, word.length + 1);
  return Math.min(bytes.length, Math.max(0, beside));
}

/** One place, at a border as often as anywhere. */
function place(bytes: Buffer, chance: Chance): number {
  return chance.chance(0.5) ? border(bytes, chance) : chance.integer(0, bytes.length);
}

function spliced(bytes: Buffer, from: number, to: number, ...put: readonly Buffer[]): Buffer {
  return Buffer.concat([bytes.subarray(0, from), ...put, bytes.subarray(to)]);
}

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

type Damage = (bytes: Buffer, chance: Chance, words: readonly string[]) => Buffer;

const DAMAGES: readonly Damage[] = [
  function truncate(bytes, chance) {
    return bytes.subarray(0, place(bytes, chance));
  },
  function loseBeginning(bytes, chance) {
    return bytes.subarray(place(bytes, chance));
  },
  function flip(bytes, chance) {
    const copy = Buffer.from(bytes);
    for (let left = chance.small(8) + 1; left > 0 && copy.length > 0; left--) {
      const at = chance.integer(0, copy.length - 1);
      copy[at] = (copy[at] ?? 0) ^ (1 << chance.integer(0, 7));
    }
    return copy;
  },
  function insertWord(bytes, chance, words) {
    const at = place(bytes, chance);
    return spliced(bytes, at, at, latin1(chance.pick(words)));
  },
  function overwriteWithWord(bytes, chance, words) {
    const at = place(bytes, chance);
    const word = latin1(chance.pick(words));
    return spliced(bytes, at, Math.min(bytes.length, at + word.length), word);
  },
  function lose(bytes, chance) {
    const from = place(bytes, chance);
    return spliced(bytes, from, Math.min(bytes.length, from + chance.small(2000)));
  },
  function repeat(bytes, chance) {
    const from = place(bytes, chance);
    const piece = bytes.subarray(from, from + chance.small(600));
    const times = chance.small(40);
    return spliced(bytes, from, from, Buffer.alloc(piece.length * times, piece));
  },
  function swap(bytes, chance) {
    const [from, middle, to] = [1, 2, 3].map(() => place(bytes, chance)).sort((a, b) => a - b);
    if (from === undefined || middle === undefined || to === undefined) return bytes;
    return spliced(bytes, from, to, bytes.subarray(middle, to), bytes.subarray(from, middle));
  },
  function otherLineEnds(bytes, chance) {
    const ends = ['\n', '\r\n', '\r', '\n\n', '\0', '\n\r'];
    const end = chance.pick(ends);
    const share = chance.pick([1, 1, 0.5, 0.05]);
    const text = bytes.toString('latin1');
    return latin1(text.replace(/\r?\n/g, (was) => (chance.chance(share) ? end : was)));
  },
  function blank(bytes, chance) {
    const copy = Buffer.from(bytes);
    const from = place(bytes, chance);
    const to = Math.min(copy.length, from + chance.small(3000));
    return copy.fill(chance.pick([0, 0x20, 0x0a, 0x3e, 0xff]), from, to);
  },
  function otherNumber(bytes, chance) {
    const text = bytes.toString('latin1');
    const numbers = [...text.matchAll(/\d+/g)];
    const one = numbers.length > 0 ? chance.pick(numbers) : undefined;
    if (!one) return bytes;
    const value = Number(one[0]);
    const other = chance.pick([value + 1, value - 1, 0, -1, value * 1000, 2 ** 53, 1e21]);
    return spliced(bytes, one.index, one.index + one[0].length, latin1(String(other)));
  },
  function noise(bytes, chance) {
    const at = place(bytes, chance);
    return spliced(bytes, at, at, chance.bytes(chance.small(200)));
  },
];

/** Bytes after up to `most` damages, never very long. */
export function mutated(
  bytes: Buffer,
  chance: Chance,
  { most = 6, words = WORDS }: { readonly most?: number; readonly words?: readonly string[] } = {},
): Buffer {
  let now = bytes;
  for (let left = chance.small(most); left > 0; left--) {
    now = chance.pick(DAMAGES)(now, chance, words).subarray(0, LENGTH_MAX);
  }
  return now;
}

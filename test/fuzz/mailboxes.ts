/** Mailboxes to begin with: drawn ones in every format, messages of the sample archive, soups of words. */

// biome-ignore lint/correctness/useImportExtensions: a script with types beside it
import { sampleArchive } from '../../build/sample/sample.mjs';
import type { Chance } from './chance.ts';
import { mutated, WORDS } from './mutate.ts';

const FROM_LINES = [
  'From ann@example.org Mon Jan  1 00:00:00 2024',
  'From - Mon Jan  1 00:00:00 2024',
  'From bob at example.org  Wed Aug  4 10:11:12 2004',
  'From 12345@xxx Mon Oct 16 01:29:30 +0000 2023',
  'From ???@??? Mon Dec 13 18:45:29 2010',
  'From ann@example.org Mon Jan  1 00:00 MET DST 94',
  'From ann@example.org',
  'From ',
];

const FIELDS = [
  'Subject: every message',
  'Subject: =?utf-8?Q?caf=C3=A9?=\n folded',
  'From: Ann <ann@example.org>',
  'From: "Bob, the other" <bob@example.org>, group: a@b, c@d;',
  'To: undisclosed-recipients:;',
  'Date: Mon, 01 Jan 2024 00:00:00 +0100 (CET)',
  'Message-ID: <1@example.org>',
  'Status: RO',
  'X-Status: DA',
  'X-Mozilla-Status: 0008',
  'Content-Length: 33',
  'Content-Type: text/plain; charset=iso-8859-1',
  'Content-Type: text/html',
  'Content-Type: multipart/mixed; boundary="b"',
  'Content-Transfer-Encoding: quoted-printable',
  'Content-Disposition: attachment; filename="=?utf-8?B?w6k=?=.txt"',
];

const BODIES = [
  '',
  'text\n',
  'text\n\nFrom here on it goes\nto there\n',
  '>From quoted\n>>From twice\n',
  '--b\n\none\n--b\nContent-Type: text/html\n\n<p>two<br>lines\n--b--\n',
  '--b\nContent-Type: message/rfc822\n\nSubject: inner\n\nFrom a@b Mon Jan  1 00:00:00 2024\n--b--\n',
  'no line end',
];

function drawnMessage(chance: Chance): string {
  const fields = chance.several(FIELDS, 5).map((field) => `${field}\n`);
  const body = chance.several(BODIES, 3).join('');
  return `${fields.join('')}\n${body}`;
}

/** A whole mailbox by one of the formats' rules. */
const DRAWN: readonly ((chance: Chance, messages: readonly string[]) => string)[] = [
  (chance, messages) =>
    messages
      .map((message) => `${chance.pick(FROM_LINES)}\n${message}${chance.pick(['\n', '\n', ''])}`)
      .join(''),
  (_chance, messages) =>
    messages.map((message) => `\x01\x01\x01\x01\n${message}\n\x01\x01\x01\x01\n`).join(''),
  (chance, messages) =>
    'BABYL OPTIONS: -*- rmail -*-\nVersion: 5\nLabels: todo\nNote: options\n\x1f' +
    messages
      .map((message) => {
        const [header = '', ...body] = message.split('\n\n');
        return chance.chance(0.5)
          ? `\x0c\n0, unseen,,\n*** EOOH ***\n${message}\n\x1f`
          : `\x0c\n1, deleted,, todo,\n${header}\n\n*** EOOH ***\nSubject: x\n\n${body.join('\n\n')}\n\x1f`;
      })
      .join(''),
];

function soup(chance: Chance): string {
  return chance.several([...WORDS, ...FROM_LINES.map((line) => `${line}\n`)], 60).join('');
}

const SAMPLE_BYTES_MAX = 8 * 1024;
let sample: { readonly bytes: Buffer; readonly places: readonly [number, number][] } | null = null;

/** A stretch of the sample archive: some messages, none of them long. */
function ofSample(chance: Chance): Buffer {
  if (!sample) {
    const { bytes, messages } = sampleArchive();
    const places = messages
      .filter(({ length }) => length < SAMPLE_BYTES_MAX)
      .map(({ offset, length }): [number, number] => [offset, length]);
    sample = { bytes, places };
  }
  const { bytes, places } = sample;
  const pieces = Array.from({ length: chance.integer(1, 3) }, () => chance.pick(places));
  return Buffer.concat(pieces.map(([offset, length]) => bytes.subarray(offset, offset + length)));
}

/** A mailbox before anything happened to it. */
export function someMailbox(chance: Chance): Buffer {
  if (chance.chance(0.2)) return ofSample(chance);
  if (chance.chance(0.2)) return Buffer.from(soup(chance), 'latin1');
  const messages = Array.from({ length: chance.small(8) }, () => drawnMessage(chance));
  const draw = chance.chance(0.6) ? DRAWN[0] : chance.pick(DRAWN);
  return Buffer.from(draw?.(chance, messages) ?? '', 'latin1');
}

/** A mailbox, most often damaged. */
export function hostileMailbox(chance: Chance): Buffer {
  const bytes = someMailbox(chance);
  return chance.chance(0.1) ? bytes : mutated(bytes, chance);
}

/** One message without a separator line, most often damaged. */
export function hostileMessage(chance: Chance): Buffer {
  if (chance.chance(0.5)) return mutated(Buffer.from(drawnMessage(chance), 'latin1'), chance);
  const bytes = ofSample(chance);
  return mutated(bytes.subarray(bytes.indexOf('\n') + 1), chance);
}

/**
 * Which format a file is of, told from its first bytes, never from its name; and for what is no
 * mailbox, what it is instead and what to do about it.
 */

import type { FormatName } from '../../../shared/dialect-report.ts';
import { MailboxError } from '../../../shared/errors.ts';
import { babyl, OPTIONS } from './babyl.ts';
import { eml } from './eml.ts';
import type { Format } from './format.ts';
import { trimmedStart } from './line-end.ts';
import { mbox } from './mbox.ts';
import { mmdf } from './mmdf.ts';
import { behindPostmark } from './postmark.ts';

const packed = (kind: string): string =>
  `This is ${kind}. It was not changed; unpack it and open what is inside.`;
const compressed = (program: string): string =>
  `This file is compressed (${program}). It was not changed; unpack it and open what is inside.`;
const other = (kind: string): string =>
  `This is ${kind}, not a mail archive. It was not changed; choose a mail archive (mbox, MMDF or Babyl).`;

/** Files that begin in a known way, none of them a mailbox that can be opened. */
const KINDS: readonly (readonly [kind: string, begins: RegExp, sentence: string])[] = [
  [
    'uw-mbx',
    /^\*mbx\*\r\n/,
    'This is an archive in the mbx format of UW IMAP, which cannot be opened. It was not changed; convert it to mbox first.',
  ],
  ['gzip', /^\x1f\x8b/, compressed('gzip')],
  ['bzip2', /^BZh[1-9]/, compressed('bzip2')],
  ['xz', /^\xfd7zXZ\0/, compressed('xz')],
  ['lzip', /^LZIP[\x00\x01]/, compressed('lzip')],
  ['zstd', /^\x28\xb5\x2f\xfd/, compressed('zstd')],
  ['zip', /^PK(?:\x03\x04|\x05\x06)/, packed('a ZIP file')],
  ['7z', /^7z\xbc\xaf\x27\x1c/, packed('a 7-Zip file')],
  ['tar', /^[^\0]{1,100}\0[\s\S]{156,256}ustar/, packed('a tar file')],
  [
    'outlook',
    /^!BDN/,
    'This is an Outlook data file (PST), not an mbox. It was not changed; export the mail from Outlook first.',
  ],
  ['tnef', /^\x78\x9f\x3e\x22/, other('an attachment of Outlook (winmail.dat)')],
  ['ole', /^\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1/, other('a message or document of Microsoft Office')],
  ['emlx', /^\d+[ \t]*\r?\n[!-9;-~]+:/, other('a single message of Apple Mail')],
  ['sqlite', /^SQLite format 3\0/, other('a database')],
  ['pdf', /^%PDF-/, other('a PDF document')],
  ['picture', /^(?:\xff\xd8\xff|\x89PNG\r\n|GIF8[79]a|RIFF[\s\S]{4}WEBP)/, other('a picture')],
];

const BINARY =
  'This file holds no text and no mail. It was not changed; choose a mail archive (mbox, MMDF or Babyl).';
/** So much of the head decides for the known kinds. */
const KIND_BYTES = 600;

/** So much of a file's beginning tells its format. */
export const HEAD_BYTES = 64 * 1024;

/**
 * The format of a file.
 * @param head its first bytes, `HEAD_BYTES` or all of it
 * @param path for the error's details
 * @throws NOT_A_MAILBOX with a sentence that says what it is instead
 */
export function detectFormat(head: Uint8Array, path: string): Format {
  const start = trimmedStart(head);
  if (beginsAsBabyl(head, start)) return babyl;
  if (behindPostmark(head, start, head.length) >= 0) return mmdf;
  const begin = Buffer.from(head.subarray(0, KIND_BYTES)).toString('latin1');
  for (const [kind, begins, sentence] of KINDS) {
    if (begins.test(begin)) throw notAMailbox(path, kind, sentence);
  }
  if (eml.recognises(head) === 'yes') return eml;
  if (mbox.recognises(head) === 'no') throw notAMailbox(path, 'binary', BINARY);
  return mbox;
}

/** The formats by their names. */
export const FORMATS: Readonly<Record<FormatName, Format>> = { mbox, mmdf, babyl, eml };

const NEITHER: Readonly<Record<FormatName, string>> = {
  mbox: BINARY,
  mmdf: 'No line of four Control-A characters stands at the beginning of this file, so it is no MMDF archive. It was not changed; open it without naming a format.',
  babyl:
    'This file does not begin with "BABYL OPTIONS", so it is no Babyl archive. It was not changed; open it without naming a format.',
  eml: 'This file does not begin with the header of a message. It was not changed; open it without naming a format.',
};

/**
 * The format of that name, for a person who knows better than `detectFormat`.
 * @param head the first bytes of the file, 64 KiB or all of it
 * @throws NOT_A_MAILBOX if nothing in the file speaks for that format
 */
export function formatNamed(name: FormatName, head: Uint8Array, path: string): Format {
  const format = FORMATS[name];
  if (format.recognises(head) === 'no') throw notAMailbox(path, `no ${name}`, NEITHER[name]);
  return format;
}

/** What a new mailbox of a format holds while it has no messages. */
export function emptyMailbox(name: FormatName): Uint8Array {
  return FORMATS[name].emptyMailbox;
}

function beginsAsBabyl(head: Uint8Array, start: number): boolean {
  return OPTIONS.test(Buffer.from(head.subarray(start, start + 20)).toString('latin1'));
}

function notAMailbox(path: string, kind: string, sentence: string): MailboxError {
  return new MailboxError('NOT_A_MAILBOX', { path, kind }, { sentence });
}

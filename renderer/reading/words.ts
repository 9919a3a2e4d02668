/**
 * How an archive is read, in words for somebody who never heard of mbox: its format, its line ends,
 * how lines that begin with "From " are marked, and why a line could be read otherwise.
 */

import type {
  Dialect,
  DoubtfulLine,
  FormatName,
  Memory,
  Rule,
} from '../../shared/dialect-report.ts';

export const FORMATS: Readonly<Record<FormatName, string>> = {
  mbox: 'mbox: one message after the other. Each starts with a line that begins with “From ”.',
  mmdf: 'MMDF: one message after the other, each between two lines of control characters.',
  babyl:
    'Babyl, the format of Emacs: one message after the other, kept apart by a control character.',
  eml: 'A single message in a file of its own. It can be read, exported and printed, not changed.',
};

export const LINE_ENDS: Readonly<Record<Dialect['lineEnd'], string>> = {
  LF: 'Lines end as on Linux and on the Macs of today.',
  CRLF: 'Lines end as on Windows.',
  CR: 'Lines end as on the Macs of the last century.',
  mixed:
    'Some lines end as on Windows and some as on Linux: programs of both kinds wrote into this file.',
  none: 'There is no line in this file that ends.',
};

export const QUOTINGS: Readonly<Record<Dialect['quoting'], string>> = {
  mboxo:
    'A line within a message that begins with “From ” was marked with a “>”, so that it is not taken for the start of the next one.',
  mboxrd:
    'A line within a message that begins with “From ” was marked with a “>”, in a way that can be taken back exactly.',
  'content-length':
    'Each message says how long it is, so a line within it that begins with “From ” is not taken for the start of the next one.',
  none: 'Lines within messages that begin with “From ” are not marked. What stands around such a line tells whether a message starts there.',
  unknown: 'Nothing here shows how lines within messages that begin with “From ” are marked.',
};

export const RULES: Readonly<Record<Rule, { readonly name: string; readonly what: string }>> = {
  default: {
    name: 'By evidence',
    what: 'A message starts where a line looks like it: with a sender and a date, an empty line before it and a header behind it.',
  },
  'any-from': {
    name: 'Every “From ” line separates, as Python does',
    what: 'A message starts at every line that begins with “From ”. You see what programs made with Python see.',
  },
};

/** What a person should know of the remembering. */
export const MEMORIES: Readonly<Record<Exclude<Memory, 'none'>, string>> = {
  kept: 'What you decided here is remembered for this archive. The file itself is not changed.',
  damaged:
    'What was remembered of this archive is damaged and was set aside, so it is read by evidence. The archive itself is safe.',
  newer:
    'A newer Mailkeep remembers something of this archive that this version does not understand. What you decide here holds until you close the archive.',
  unsaved:
    'What you decided here could not be written down, so it holds only until you close the archive. The archive itself is safe.',
};

/** What a line is taken for, and why that can be doubted. */
export function verdictInWords({ reading, why, overruled }: DoubtfulLine): string {
  if (overruled) return `${why.charAt(0).toUpperCase()}${why.slice(1)}.`;
  const reason = why.startsWith('no ') ? `there is ${why}` : why;
  switch (reading) {
    case 'separator':
      return `Starts a message, although ${reason}.`;
    case 'content':
      return `Is text of a message: ${reason}.`;
    case 'end':
      return `Ends a message: ${reason}.`;
  }
}

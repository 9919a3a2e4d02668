/**
 * mbox: messages one behind the other, each begun by a From_ line (RFC 4155, and what programs make
 * of it; `reference`: mboxo, mboxrd, mboxcl, mboxcl2, Eudora, Pipermail, Takeout, patches of git).
 *
 * Spans and preamble tile the file exactly: a message ends where the next separator begins.
 */

import { byteOffset } from '../../../shared/units.ts';
import { type Limits, LIMITS } from './current-message.ts';
import { undeleteFields } from './deleted-flag.ts';
import { delivery, fit } from './delivery.ts';
import { DEFAULT_READING, type Format } from './format.ts';
import { isLineEnds } from './line-end.ts';
import { MboxScanner } from './mbox-scanner.ts';
import { FROM_LINES } from './overruling.ts';
import { seamHolds, tail } from './seam.ts';
import { isFrom } from './separator.ts';

/** mbox with other limits of how far it looks around; only tests need others. */
export function mboxWithin(limits: Limits): Format {
  return {
    name: 'mbox',
    recognises: (head) => recognises(head, limits),
    scanner: (reading, range) => new MboxScanner(reading, range, limits),
    overrulable: FROM_LINES,
    sections: {
      bytes: limits.sectionBytes,
      scanner: (reading, range) => new MboxScanner(reading, range, limits),
    },
    seamHolds,
    tail,
    partingLength: lineEndAtEnd,
    closes: isLineEnds,
    emptyMailbox: new Uint8Array(0),
    envelope: delivery,
    begins: (stored) => isFrom(stored, 0, stored.length),
    contentEnd: (stored) => stored.length,
    messageIn: (stored, { separatorLength }) => withoutEmptyLine(stored.subarray(separatorLength)),
    marksIn: () => null,
    undelete: (stored, { separatorLength, headerLength }) =>
      undeleteFields(stored, separatorLength, headerLength || stored.length),
    fit,
  };
}

export const mbox: Format = mboxWithin(LIMITS);

/** Length of the line end at the end of a stretch: behind a line that is ended, it is an empty line. */
function lineEndAtEnd(stored: Buffer): number {
  return /(?:\r?\n|\r)$/.exec(stored.subarray(-2).toString('latin1'))?.[0].length ?? 0;
}

/** A message without the one empty line that keeps it apart from the next separator. */
function withoutEmptyLine(message: Buffer): Buffer {
  const tail = message.subarray(-4).toString('latin1');
  const blank = /\n(\r?\n)$|\r(\r)$/.exec(tail);
  return message.subarray(0, message.length - (blank?.[1] ?? blank?.[2] ?? '').length);
}

function recognises(head: Uint8Array, limits: Limits): 'yes' | 'empty' | 'no' {
  if (head.length === 0) return 'empty';
  const scanner = new MboxScanner(
    DEFAULT_READING,
    { from: byteOffset(0), size: head.length },
    limits,
  );
  let found = 0;
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  const window = { bytes, filled: bytes.length, base: byteOffset(0), last: true };
  scanner.scan(window, () => {
    found += 1;
  });
  if (found > 0) return 'yes';
  return isText(head) ? 'empty' : 'no';
}

/** Text has next to no NULs and few other control bytes; in what encoding does not matter. */
export function isText(head: Uint8Array): boolean {
  let nulls = 0;
  let controls = 0;
  for (const byte of head) {
    if (byte === 0) nulls += 1;
    else if (byte < 0x20 && (byte < 0x07 || byte > 0x0d) && byte !== 0x1b) controls += 1;
  }
  return nulls * 1000 <= head.length && controls * 50 <= head.length;
}

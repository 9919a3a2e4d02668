/**
 * What an engine does that was started before there is anything to open: on some made-up messages, all
 * that the first opening would otherwise be the first to do, so that by then its code is compiled and
 * its packages are loaded. Opens no file and keeps nothing.
 */

import { Database } from '../../catalog/database.ts';
import { Envelopes } from '../../catalog/envelopes.ts';
import { windowMethods } from '../../../shared/contract.ts';
import { breath } from '../../../shared/steps.ts';
import { byteLength, byteOffset, messageNumber } from '../../../shared/units.ts';
import { formatNamed } from '../../mailbox/format/dialect.ts';
import { DEFAULT_READING } from '../../mailbox/format/format.ts';
import { Keys } from '../../mailbox/toc/keys.ts';
import { scan } from '../../mailbox/toc/scan.ts';
import { Table } from '../../mailbox/toc/table.ts';
import { EnvelopeDecoder } from '../../message/envelope-decoder.ts';

/** Enough for the compiler to notice; in rounds, between which it is asked whether there is still time. */
const ROUNDS = 8;
const MESSAGES = 125;

const MESSAGE = `From anna@example.org Thu Jan  1 00:00:00 1970
From: Anna <anna@example.org>
To: Ben <ben@example.org>
Subject: Re: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=
Date: Thu, 1 Jan 1970 00:00:00 +0000
Message-ID: <1@example.org>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: text/plain; charset=utf-8

Hello
--b--

`;

/**
 * Does it all once. Never fails: what cannot be done now is told when somebody needs it.
 * @param isWanted asked now and then: if not, it ends, so that on a slow machine nobody waits for it
 */
export async function warmUp(isWanted: () => boolean): Promise<void> {
  try {
    new Database(':memory:').close();
    for (const method of ['arrange', 'rows', 'status'] as const) {
      windowMethods[method].params.safeParse({});
    }
    const bytes = Buffer.from(MESSAGE.repeat(MESSAGES));
    for (let round = 0; round < ROUNDS && isWanted(); round++) {
      await readMadeUp(bytes);
      await breath();
    }
  } catch (error) {
    console.warn('not warmed up:', error);
  }
}

async function readMadeUp(bytes: Buffer): Promise<void> {
  const path = 'made up';
  const format = formatNamed('mbox', bytes, path);
  const read = (into: Uint8Array, offset: number): Promise<number> =>
    Promise.resolve(bytes.copy(into, 0, offset));
  const table = new Table();
  const range = { from: byteOffset(0), size: byteLength(bytes.length) };
  const { signal } = new AbortController();
  const progress = { into: table, signal, onProgress: () => undefined };
  await scan({ path, read }, format, DEFAULT_READING, range, progress);
  const decoder = new EnvelopeDecoder();
  decoder.begin(table.count);
  for (let number = 0; number < table.count; number++) {
    const span = table.span(messageNumber(number));
    const end = span.offset + span.length;
    const message = { bytes, start: Number(span.offset), end };
    const marks = format.marksIn(bytes.subarray(message.start, end), span);
    decoder.add(message, span, marks, () => message);
  }
  const envelopes = new Envelopes();
  envelopes.adopt(0, decoder.done(), table.count);
  envelopes.order('date', table.count);
  const keys = Keys.fresh(table);
  for (let number = 0; number < table.count; number++) keys.keyOf(messageNumber(number));
}

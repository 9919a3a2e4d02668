/**
 * Messages of the corpus as threads need them, their ids read with a regular expression from the text
 * of the header: independent of how the engine reads them.
 */

import { type Envelope, readEnvelope } from '../../electron/message/envelope.ts';
import { latin1, readHeader } from '../../electron/message/header-fields.ts';
import type { ExpectedMessage } from './corpus.ts';
import type { DrawnMessage } from './naive-threads.ts';

const HEADER_BYTES = 256 * 1024;
/** As many references of one message are kept as `message-links.ts` says. */
const REFERENCES_MAX = 254;

export interface Read {
  readonly drawn: DrawnMessage;
  readonly envelope: Envelope;
}

/** An id without brackets, quotes and white space. */
export const plain = (id: string): string => id.replace(/[\s"<>]/g, '');

function idsIn(value: string): string[] {
  const spoken = value.replace(/\([^)]*\)/g, (comment) =>
    insideId(value, comment) ? comment : ' ',
  );
  return (spoken.match(/<[^<>]*>/g) ?? []).map(plain).filter((id) => id !== '');
}

/** True if what looks like a comment is a part of an id. */
const insideId = (value: string, comment: string): boolean =>
  /<[^<>]*$/.test(value.slice(0, value.indexOf(comment)));

function drawnOf(text: string, { subject, date }: Envelope): DrawnMessage {
  const fields = readHeader(text).fields;
  const value = (name: string): string =>
    fields.find((field) => field.name.toLowerCase() === name)?.value ?? '';
  const own = value('message-id');
  const [id = plain(own)] = idsIn(own);
  const all = idsIn(value('references'));
  const answered = idsIn(value('in-reply-to')).filter((one) => one.includes('@'));
  const references = all.length > 0 ? all : answered.slice(0, 1);
  const kept =
    references.length > REFERENCES_MAX
      ? [references[0] ?? '', ...references.slice(1 - REFERENCES_MAX)]
      : references;
  return { id: id === '' ? null : id, references: kept, subject, date };
}

export function readOf(bytes: Buffer, { msg_offset, msg_length, offset }: ExpectedMessage): Read {
  const start = offset ?? msg_offset;
  const stored = bytes.subarray(start, msg_offset + msg_length);
  const text = latin1(stored.subarray(msg_offset - start), 0, HEADER_BYTES);
  const header = readHeader(text);
  const envelope = readEnvelope(stored, msg_offset - start + header.end, msg_offset - start);
  return { drawn: drawnOf(text.slice(0, header.end), envelope), envelope };
}

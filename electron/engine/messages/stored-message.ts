/**
 * A message of an archive as a source of bytes, without what keeps it apart from others. Imports
 * mailbox and message. A small one is read whole, and compared with its fingerprint; a large one
 * stays in the file, and each stroke is read where the message is then.
 */

import { MailboxError } from '../../../shared/errors.ts';
import type { Key } from '../../../shared/units.ts';
import type { Mailbox } from '../../mailbox/mailbox.ts';
import type { Span } from '../../mailbox/toc/table.ts';
import { type ByteSource, bytesInMemory } from '../../message/byte-source.ts';

/** What this needs of an archive. */
export interface Messages {
  readonly mailbox: Mailbox;
  /** A message exactly as stored, or its beginning. @throws GONE */
  stored(wanted: Key, bytesMax?: number): Promise<Buffer>;
  /** Bytes of it from one on. @throws GONE */
  part(wanted: Key, from: number, length: number): Promise<Buffer>;
  /** Where it lies. @throws GONE */
  spanOf(wanted: Key): Span;
}

export interface StoredMessage {
  readonly source: ByteSource;
  /** The line that keeps it apart; empty if it has none. */
  readonly separator: string;
  /** Bytes that it holds in memory. */
  readonly held: number;
  /**
   * By how much what is stored is ahead of the source, from `stretchFrom` on; null if the source is no
   * stretch of it.
   */
  readonly offset: number | null;
  /** In front of that lies in the source what is stored elsewhere: the header, where Babyl keeps two. */
  readonly stretchFrom: number;
  /** All of it, if it lies in memory. */
  readonly whole: Buffer | null;
}

/** Reads; if the file is not what we knew, looks at it and reads where the message is now. @throws GONE */
export async function foundAgain(
  read: () => Promise<Buffer>,
  sync: () => Promise<unknown>,
): Promise<Buffer> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof MailboxError) || error.code !== 'GONE') throw error;
    await sync();
    return read();
  }
}

/** A longer message is not read whole. */
const WHOLE_BYTES_MAX = 16 * 1024 * 1024;
const HEAD_BYTES = 1024 * 1024;
const TAIL_BYTES = 4096;
const SEPARATOR_LENGTH_MAX = 1000;

/** @throws GONE */
export async function storedMessage(messages: Messages, wanted: Key): Promise<StoredMessage> {
  const span = messages.spanOf(wanted);
  if (span.length > WHOLE_BYTES_MAX) return largeMessage(messages, wanted);
  const stored = await messages.stored(wanted);
  const { format } = messages.mailbox;
  const message = format.messageIn(stored, messages.spanOf(wanted));
  const joint = format.jointIn?.(stored) ?? null;
  return {
    source: bytesInMemory(message),
    separator: separatorOf(stored, span),
    held: message.length,
    offset: joint ? joint.from - joint.at : offsetIn(stored, message),
    stretchFrom: joint?.at ?? 0,
    whole: message,
  };
}

function offsetIn(stored: Buffer, message: Buffer): number | null {
  if (message.buffer !== stored.buffer) return null;
  const offset = message.byteOffset - stored.byteOffset;
  return offset >= 0 && offset + message.length <= stored.length ? offset : null;
}

function separatorOf(stored: Buffer, { separatorLength }: Span): string {
  const line = stored.toString('latin1', 0, Math.min(separatorLength, SEPARATOR_LENGTH_MAX));
  // In MMDF a postmark comes first.
  const at = line.search(/^From /m);
  return at < 0 ? '' : line.slice(at);
}

async function largeMessage(messages: Messages, wanted: Key): Promise<StoredMessage> {
  const { format } = messages.mailbox;
  const span = messages.spanOf(wanted);
  const head = await messages.stored(wanted, HEAD_BYTES);
  // A byte behind it, so that its last line end is not taken for that of the message.
  const opened = format.messageIn(Buffer.concat([head, Buffer.from('x')]), span);
  const begin = Buffer.from(opened.subarray(0, -1));
  const removed = head.length - begin.length;
  const readAt = (offset: number, length: number): Promise<Buffer> =>
    messages.part(wanted, offset, length);
  const tail = await readAt(span.length - TAIL_BYTES, TAIL_BYTES);
  const inside = { ...span, separatorLength: 0, headerLength: 0 };
  // Babyl keeps its end outside of the message; the others have an empty line or a postmark there.
  const trimmed = format.name === 'babyl' ? 0 : tail.length - format.messageIn(tail, inside).length;
  const length = span.length - removed - trimmed;
  return {
    source: {
      length,
      read: async (from, wantedLength) => {
        const end = Math.min(length, from + wantedLength);
        if (from >= end) return Buffer.alloc(0);
        if (end <= begin.length) return begin.subarray(from, end);
        if (from >= begin.length) return readAt(from + removed, end - from);
        const rest = await readAt(begin.length + removed, end - begin.length);
        return Buffer.concat([begin.subarray(from), rest]);
      },
    },
    separator: separatorOf(head, span),
    held: begin.length,
    offset: removed,
    stretchFrom: format.jointIn?.(head)?.at ?? 0,
    whole: null,
  };
}

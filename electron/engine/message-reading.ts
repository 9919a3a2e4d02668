/**
 * Reading messages for whoever asks: decoded, as text, part by part, as stored. Imports mailbox and
 * message; the archive finds the message where it is now.
 */

import { MailboxError } from '../../shared/errors.ts';
import type { Attachment, MessageText, MessageView } from '../../shared/message-view.ts';
import { type PartChunk, WHOLE_MESSAGE } from '../../shared/reading-contract.ts';
import type { Key } from '../../shared/units.ts';
import type { Mailbox } from '../mailbox/mailbox.ts';
import type { Span } from '../mailbox/toc/table.ts';
import { type ReadMessage, readMessage } from '../message/read-message.ts';

/** No more than this of one message is decoded for reading. */
const DECODED_BYTES_MAX = 32 * 1024 * 1024;

/** What this needs of an archive. */
export interface Messages {
  readonly mailbox: Mailbox;
  /** A message exactly as stored, or its beginning. @throws GONE */
  stored(wanted: Key, bytesMax?: number): Promise<Buffer>;
  /** Where it lies. @throws GONE */
  spanOf(wanted: Key): Span;
}

export class MessageReading {
  readonly #messages: Messages;

  constructor(messages: Messages) {
    this.#messages = messages;
  }

  /** A message decoded for reading. @throws GONE */
  async view(wanted: Key, charset?: string): Promise<MessageView> {
    void charset;
    const { read, span, truncated } = await this.#read(wanted);
    return { ...read.view, key: wanted, bytes: span.length, truncated };
  }

  /** The text of a message. @throws GONE */
  async text(wanted: Key, charset?: string): Promise<MessageText> {
    void charset;
    return (await this.#read(wanted)).read.text;
  }

  /** Every attachment. @throws GONE */
  async attachments(
    wanted: Key,
  ): Promise<{ readonly attachments: Attachment[]; readonly omitted: number }> {
    return { attachments: (await this.#read(wanted)).read.view.attachments, omitted: 0 };
  }

  /** Decoded bytes of a part. @throws GONE if there is no such part */
  async partBytes(wanted: Key, part: string, from: number, length: number): Promise<PartChunk> {
    const content =
      part === WHOLE_MESSAGE
        ? (await this.#read(wanted)).message
        : (await this.#read(wanted)).read.contents.get(part);
    if (!content) throw new MailboxError('GONE', { key: wanted, part });
    const bytes = new Uint8Array(content.subarray(from, from + length));
    return { bytes, end: from + bytes.length >= content.length, total: content.length };
  }

  /** What a part should be called. @throws GONE if there is no such part */
  async partName(wanted: Key, part: string): Promise<string> {
    const { view } = (await this.#read(wanted)).read;
    if (part === WHOLE_MESSAGE) return view.subject === '' ? '' : `${view.subject}.eml`;
    return view.attachments.find((one) => one.part === part)?.name ?? '';
  }

  /** Bytes of the message as stored. @throws GONE */
  async source(wanted: Key, from: number, length: number): Promise<PartChunk> {
    const stored = await this.#messages.stored(wanted, from + length);
    const { length: total } = this.#messages.spanOf(wanted);
    const bytes = new Uint8Array(stored.subarray(from, from + length));
    return { bytes, end: from + bytes.length >= total, total };
  }

  async #read(wanted: Key): Promise<{
    readonly read: ReadMessage;
    readonly message: Buffer;
    readonly span: Span;
    readonly truncated: boolean;
  }> {
    const stored = await this.#messages.stored(wanted, DECODED_BYTES_MAX);
    const span = this.#messages.spanOf(wanted);
    const message = this.#messages.mailbox.format.messageIn(stored, span);
    const read = await readMessage(message);
    return { read, message, span, truncated: stored.length < span.length };
  }
}

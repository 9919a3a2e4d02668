/**
 * Reads messages for an export, one after the other, as they are stored. Imports mailbox types and
 * shared.
 *
 * Promises: no bytes are given out under another message's key, also while other programs change the
 * file or we compact it; a message that is gone is an error, never silence; bounded memory, however
 * long a message is. Messages that lie behind each other are read in large strokes.
 */

import { MailboxError } from '../../../shared/errors.ts';
import type { Row } from '../../../shared/row.ts';
import type { Key, MessageNumber } from '../../../shared/units.ts';
import type { Table, Span } from '../../mailbox/toc/table.ts';
import type { ExportSource } from './source.ts';

/** So much is read at once. */
const STROKE_BYTES = 4 * 1024 * 1024;
/** A longer message is given out in strokes. */
const WHOLE_BYTES_MAX = 16 * 1024 * 1024;
/** A file that changes all the time is not looked at again more often than this for one message. */
const TRIES = 4;

export interface StoredMessage {
  readonly key: Key;
  readonly number: MessageNumber;
  readonly span: Span;
  readonly row: Row;
  /** All of it, or its beginning. */
  readonly begin: Buffer;
  /** Its last bytes: 4 KiB, or all of it. */
  readonly last: Buffer;
  /** True if `begin` is all of it. */
  readonly whole: boolean;
  /**
   * The bytes behind `begin`, in memory that is used again.
   * @throws GONE, CHANGED at its end at the latest if they are not all of this message
   */
  rest(): AsyncGenerator<Buffer>;
}

const LAST_BYTES = 4096;

export interface Limits {
  readonly strokeBytes: number;
  readonly wholeBytesMax: number;
}
const LIMITS: Limits = { strokeBytes: STROKE_BYTES, wholeBytesMax: WHOLE_BYTES_MAX };

/** A stroke of the file, and by which table it was read. */
interface Held {
  readonly table: Table | null;
  readonly from: number;
  readonly bytes: Buffer;
}
const NOTHING_HELD: Held = { table: null, from: 0, bytes: Buffer.alloc(0) };

export class StoredMessages {
  readonly #source: ExportSource;
  readonly #limits: Limits;
  #held: Held = NOTHING_HELD;

  /** @param limits only tests need others */
  constructor(source: ExportSource, limits: Limits = LIMITS) {
    this.#source = source;
    this.#limits = limits;
  }

  /** @throws GONE if it is no longer in the archive */
  async read(of: Key): Promise<StoredMessage> {
    const { mailbox } = this.#source;
    for (let tried = 0; tried < TRIES; tried++) {
      const message = await this.#try(of);
      if (message) return message;
      this.#held = NOTHING_HELD;
      await this.#source.sync();
    }
    throw new MailboxError('GONE', { key: of, path: mailbox.path });
  }

  /** Null if the file is not what the table says: it must be looked at again. */
  async #try(of: Key): Promise<StoredMessage | null> {
    const { mailbox, listing } = this.#source;
    const { table } = mailbox;
    const number = mailbox.keys.numberOf(of);
    if (number === null) throw new MailboxError('GONE', { key: of, path: mailbox.path });
    const span = table.span(number);
    const whole = span.length <= this.#limits.wholeBytesMax;
    const begin = whole
      ? await this.#bytes(table, span.offset, span.length)
      : await this.#beginning(table, span, number);
    if (!begin || mailbox.table !== table) return null;
    if (whole && !mailbox.isStored(number, begin)) return null;
    const last = whole ? begin : await this.#last(table, span);
    if (!last) return null;
    const row = await listing.row(number, false);
    if (mailbox.table !== table) return null;
    const rest = () => this.#rest(of, table, span, begin.length);
    return { key: of, number, span, row, begin, last, whole, rest };
  }

  /** Bytes of the file by this table; null if they are not there. */
  async #bytes(table: Table, offset: number, length: number): Promise<Buffer | null> {
    const held = this.#held;
    const at = offset - held.from;
    if (held.table === table && at >= 0 && at + length <= held.bytes.length) {
      return held.bytes.subarray(at, at + length);
    }
    // Memory of its own each time: what was given out may still be waiting to be written.
    const bytes = Buffer.allocUnsafe(Math.max(length, this.#limits.strokeBytes));
    const read = await this.#source.mailbox.readBytes(table, bytes, offset);
    if (read === null) return null;
    this.#held = { table, from: offset, bytes: bytes.subarray(0, read) };
    return read < length ? null : bytes.subarray(0, length);
  }

  /** Of a long message. The file must be the one that was scanned: there is no digest of the rest. */
  async #beginning(table: Table, span: Span, number: MessageNumber): Promise<Buffer | null> {
    const { mailbox } = this.#source;
    if (!(await mailbox.looksUnchanged())) return null;
    const begin = await mailbox.readStored(number, this.#limits.strokeBytes);
    return begin.length === Math.min(span.length, this.#limits.strokeBytes) &&
      mailbox.table === table
      ? begin
      : null;
  }

  async #last(table: Table, { offset, length }: Span): Promise<Buffer | null> {
    const bytes = Buffer.allocUnsafe(Math.min(length, LAST_BYTES));
    const from = offset + length - bytes.length;
    const read = await this.#source.mailbox.readBytes(table, bytes, from);
    return read === null ? null : bytes.subarray(0, read);
  }

  async *#rest(of: Key, table: Table, span: Span, from: number): AsyncGenerator<Buffer> {
    const { mailbox } = this.#source;
    const stroke = Buffer.allocUnsafe(this.#limits.strokeBytes);
    for (let at = from; at < span.length; ) {
      const part = stroke.subarray(0, Math.min(stroke.length, span.length - at));
      const read = await mailbox.readBytes(table, part, span.offset + at);
      if (read !== part.length) throw new MailboxError('CHANGED', { key: of }, CHANGED);
      yield part;
      at += part.length;
    }
    if (mailbox.table === table && (await mailbox.looksUnchanged())) return;
    await this.#source.sync();
    const number = mailbox.keys.numberOf(of);
    const now = number === null ? null : mailbox.table.span(number);
    // Mail that arrived behind it has changed the file, and not this message.
    if (now?.offset === span.offset && now.length === span.length) return;
    throw new MailboxError('CHANGED', { key: of }, CHANGED);
  }
}

const CHANGED = {
  sentence: 'Another program changed the archive while this message was read; it was left out.',
};

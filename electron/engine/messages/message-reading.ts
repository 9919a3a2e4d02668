/**
 * Reading messages for whoever asks: decoded, as text, part by part, as stored. Imports mailbox and
 * message; the archive finds the message where it is now.
 *
 * The last few messages stay open, so that strokes of an attachment are decoded once and a key that
 * is held down never opens one twice.
 */

import { MailboxError } from '../../../shared/errors.ts';
import type { Attachment, MessageText, MessageView } from '../../../shared/message-view.ts';
import {
  type PartChunk,
  type SoundBytes,
  type SoundStretch,
  WHOLE_MESSAGE,
} from '../../../shared/reading-contract.ts';
import { type Key, key } from '../../../shared/units.ts';
import type { ByteSource } from '../../message/byte-source.ts';
import type { PartBytes } from '../../message/part-bytes.ts';
import type { PlayableSound } from '../../message/sound.ts';
import { OpenMessage } from '../../message/read-message.ts';
import type { Seen } from '../removing/seen.ts';
import { type Messages, storedMessage } from './stored-message.ts';
import type { Tasks } from '../archive/tasks.ts';

const OPEN_MAX = 4;
const OPEN_BYTES_MAX = 48 * 1024 * 1024;
/** Parts of one message that are being read in strokes. */
const STROKES_MAX = 8;
/** Looked at before each stroke: the message must still begin where we think. */
const CHECK_BYTES = 256;

interface Opened {
  readonly message: OpenMessage;
  readonly source: ByteSource;
  readonly held: number;
  readonly parts: Map<string, PartBytes>;
  /** The sound that is played, and its part. */
  sound: { readonly part: string; readonly playable: PlayableSound } | null;
}

/** Messages of an archive, and what was shown of them. */
type Shown = Messages & { readonly tasks: Tasks; readonly seen: Seen };

export class MessageReading {
  readonly #messages: Shown;
  /** The last used one last. */
  readonly #opened = new Map<Key, Promise<Opened>>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(messages: Shown) {
    this.#messages = messages;
  }

  /** A message decoded for reading. @throws GONE */
  async view(wanted: Key, charset?: string): Promise<MessageView> {
    const { message } = await this.#open(wanted);
    const view = await message.view(charset ?? null);
    return { ...view, key: wanted, bytes: this.#messages.spanOf(wanted).length };
  }

  /** The text of a message. @throws GONE */
  async text(wanted: Key, charset?: string): Promise<MessageText> {
    const { message } = await this.#open(wanted);
    return message.text(charset ?? null);
  }

  /** Every attachment, however far behind. @throws GONE, CANCELLED */
  async attachments(
    wanted: Key,
  ): Promise<{ readonly attachments: Attachment[]; readonly omitted: number }> {
    const { message } = await this.#open(wanted);
    return this.#messages.tasks.run('read', async (task) => {
      const { signal } = task;
      const onProgress = (done: number, total: number): void => task.progress(done, total);
      try {
        return await message.attachments({ signal, onProgress });
      } catch (error) {
        if (signal.aborted) throw new MailboxError('CANCELLED', { key: wanted });
        throw error;
      }
    });
  }

  /** Decoded bytes of a part. @throws GONE if there is no such part */
  partBytes(wanted: Key, part: string, from: number, length: number): Promise<PartChunk> {
    return this.#inTurn(async () => {
      const opened = await this.#open(wanted);
      if (part === WHOLE_MESSAGE) {
        const { length: total } = opened.source;
        const bytes = new Uint8Array(await opened.source.read(from, length));
        return { bytes, end: from + bytes.length >= total, total };
      }
      const content = opened.parts.get(part) ?? (await opened.message.part(part));
      if (!content) throw new MailboxError('GONE', { key: wanted, part });
      const [oldest] = opened.parts.keys();
      if (opened.parts.size >= STROKES_MAX && oldest !== undefined) opened.parts.delete(oldest);
      opened.parts.set(part, content);
      const { bytes, end } = await content.read(from, length);
      // A copy: a port sends all of the memory that bytes lie in.
      return { bytes: new Uint8Array(bytes), end, total: content.total };
    });
  }

  /** Bytes of a part as a browser plays it. @throws GONE if there is no such part */
  soundBytes({ key: text, part, from, length }: SoundStretch): Promise<SoundBytes> {
    return this.#inTurn(async () => {
      const wanted = key(text);
      const opened = await this.#open(wanted);
      if (opened.sound?.part !== part) {
        const playable = await opened.message.sound(part);
        if (!playable) throw new MailboxError('GONE', { key: wanted, part });
        opened.sound = { part, playable };
      }
      const { playable } = opened.sound;
      return { bytes: new Uint8Array(await playable.read(from, length)), total: playable.length };
    });
  }

  /**
   * Those of some messages that are not what was shown of them last: another program has written into
   * them. Each is said once, and read anew when it is asked for next.
   */
  async changedSinceShown(keys: readonly Key[]): Promise<readonly Key[]> {
    const { seen, mailbox } = this.#messages;
    const changed: Key[] = [];
    for (const of of keys) {
      if (!seen.has(of)) continue;
      const stored = await this.#messages.stored(of);
      const message = mailbox.format.messageIn(stored, this.#messages.spanOf(of));
      if (await seen.isStill(of, message)) continue;
      seen.forget(of);
      this.#opened.delete(of);
      changed.push(of);
    }
    return changed;
  }

  /** What a part should be called; empty if it has no name. @throws GONE if the message is gone */
  async partName(wanted: Key, part: string): Promise<string> {
    const { message } = await this.#open(wanted);
    if (part !== WHOLE_MESSAGE) return message.nameOf(part);
    const { subject } = await message.view();
    return subject === '' ? '' : `${subject.slice(0, 100)}.eml`;
  }

  /** Bytes of the message as stored. @throws GONE */
  async source(wanted: Key, from: number, length: number): Promise<PartChunk> {
    await this.#messages.stored(wanted, CHECK_BYTES);
    const { length: total } = this.#messages.spanOf(wanted);
    // A copy: a port sends all of the memory that bytes lie in.
    const bytes = new Uint8Array(await this.#messages.part(wanted, from, length));
    return { bytes, end: from + bytes.length >= total, total };
  }

  /** @throws GONE if the message is no longer there, whatever is still open of it */
  async #open(wanted: Key): Promise<Opened> {
    const known = this.#opened.get(wanted);
    this.#opened.delete(wanted);
    if (known) await this.#messages.stored(wanted, CHECK_BYTES);
    const opening = known ?? this.#make(wanted);
    this.#opened.set(wanted, opening);
    try {
      const opened = await opening;
      await this.#close();
      return opened;
    } catch (error) {
      this.#opened.delete(wanted);
      throw error;
    }
  }

  async #make(wanted: Key): Promise<Opened> {
    const { source, separator, held, whole } = await storedMessage(this.#messages, wanted);
    if (whole) this.#messages.seen.note(wanted, whole);
    const message = await OpenMessage.open(source, separator);
    return { message, source, held, parts: new Map(), sound: null };
  }

  /** Closes messages that were not looked at for longest. */
  async #close(): Promise<void> {
    let held = 0;
    for (const [index, [of, opening]] of [...this.#opened].reverse().entries()) {
      held += (await opening.catch(() => null))?.held ?? 0;
      if (index > 0 && (index >= OPEN_MAX || held > OPEN_BYTES_MAX)) this.#opened.delete(of);
    }
  }

  /** Strokes of one part come one after the other. */
  #inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}

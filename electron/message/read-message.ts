/**
 * A message that is open for reading: what is to be shown of it, its text, its attachments, the bytes
 * of its parts. Imports shared and this folder.
 *
 * Anything in a message is hostile or broken. Promises: always an answer that shows what there is;
 * nothing is fetched or run; text and names hold no control characters; work and memory are bounded,
 * whatever the message says of itself. Of a message of any length only the beginning is looked at
 * until its text has been seen; the rest when somebody asks for what lies there.
 */

import type { Attachment, BodyPart, MessageText, MessageView } from '../../shared/message-view.ts';
import { BodyBuilder } from './body-builder.ts';
import { type ByteSource, bytesInMemory, withLineFeeds } from './byte-source.ts';
import type { Entity } from './entity.ts';
import { TextMaker } from './message-text.ts';
import type { PartBytes } from './part-bytes.ts';
import { kindOf } from './part-kind.ts';
import type { Staying } from '../../shared/strip-contract.ts';
import { PartPlaces } from './part-places.ts';
import { PlayableSound } from './sound.ts';
import { Structure } from './structure.ts';
import { type Removable, removableParts, type Wanted } from './without-attachments.ts';

/** All of a message but what only its place in an archive tells. */
export type ReadView = Omit<MessageView, 'key' | 'bytes'>;

export interface ReadMessage {
  readonly view: ReadView;
  readonly text: MessageText;
}

/** Looked at in any case before a message is shown. */
const BEGINNING_BYTES = 16 * 1024 * 1024;
const STROKE_BYTES = 1024 * 1024;

/** What may be taken out of a message, and where its body begins. */
export interface RemovableParts {
  readonly bodyFrom: number;
  readonly parts: readonly Removable[];
  readonly staying: Staying;
}

interface Work {
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Where a message's parts were found: in all of it, or in its beginning. */
interface Walked {
  readonly root: Entity;
  readonly seen: number;
}

export class OpenMessage {
  readonly #source: ByteSource;
  readonly #separator: string;
  #beginning: Walked | null = null;
  #whole: Walked | null = null;
  readonly #places = new PartPlaces();
  #names: ReadonlyMap<string, string> | null = null;

  private constructor(source: ByteSource, separator: string) {
    this.#source = source;
    this.#separator = separator;
  }

  /**
   * Opens a message.
   * @param source the message without what keeps it apart in its archive
   * @param separator that line; empty if there is none
   */
  static async open(source: ByteSource, separator = ''): Promise<OpenMessage> {
    return new OpenMessage(await withLineFeeds(source), separator);
  }

  /** What is to be shown. @param charset for all texts, instead of what they say */
  async view(charset: string | null = null): Promise<ReadView> {
    return (await this.#build(charset)).view;
  }

  async text(charset: string | null = null): Promise<MessageText> {
    const { builder, body } = await this.#build(charset);
    return new TextMaker(builder.texts).make(body);
  }

  /** The view, and the text of the same. */
  async read(charset: string | null = null): Promise<ReadMessage> {
    const { builder, body, view } = await this.#build(charset);
    return { view, text: new TextMaker(builder.texts).make(body) };
  }

  /** Every attachment: the message is looked through to its end. */
  async attachments(
    work: Work = {},
  ): Promise<{ readonly attachments: Attachment[]; readonly omitted: number }> {
    this.#whole ??= await this.#walk(() => false, work);
    const { builder } = await this.#build(null);
    return { attachments: builder.list.all, omitted: builder.list.omitted };
  }

  /** Attachments that lie in the message itself and may be taken out of it. */
  async removable(wanted: Wanted, work: Work = {}): Promise<RemovableParts> {
    const { attachments } = await this.attachments(work);
    const { root } = this.#whole ?? (await this.#walk(() => false, work));
    const looked = { source: this.#source, root, attachments };
    return { bodyFrom: root.bodyFrom, ...(await removableParts(looked, wanted)) };
  }

  /** The decoded bytes of a part; null if there is no such part. */
  async part(part: string): Promise<PartBytes | null> {
    if (this.#names === null) await this.#build(null);
    const found = this.#places.bytesOf(part);
    if (found || this.#whole) return found;
    await this.attachments();
    return this.#places.bytesOf(part);
  }

  /**
   * A part as a sound to be played; null if it is no attachment. Of its bytes only the first are
   * decoded, unless it is no base64: then how many there are cannot be reckoned.
   */
  async sound(part: string): Promise<PlayableSound | null> {
    const { attachments } = await this.attachments();
    const attachment = attachments.find((one) => one.part === part);
    const bytes = this.#places.bytesOf(part);
    if (!attachment || !bytes) return null;
    const isKnown = attachment.size === 'exact' || bytes.encoding === 'base64';
    const length = isKnown ? attachment.bytes : await bytes.count();
    return PlayableSound.of(bytes, attachment.type, length);
  }

  /** The name of a part that is an attachment; empty for others. */
  async nameOf(part: string): Promise<string> {
    if (!this.#names?.has(part)) await this.attachments();
    return this.#names?.get(part) ?? '';
  }

  async #build(charset: string | null): Promise<{
    readonly builder: BodyBuilder;
    readonly body: readonly BodyPart[];
    readonly view: ReadView;
  }> {
    this.#beginning ??= this.#whole ?? (await this.#walk(textSeen, {}));
    const { root, seen } = this.#whole ?? this.#beginning;
    const builder = new BodyBuilder(this.#places, charset);
    const placed = { entity: root, source: this.#source, prefix: '' };
    const letter = await builder.letter(placed, 0, this.#separator);
    const { list, protection } = builder;
    const attachments = list.all;
    const omitted = { ...builder.omitted, attachments: list.omitted };
    this.#names = new Map(attachments.map(({ part, name }) => [part, name]));
    const truncated = seen < this.#source.length && !root.complete;
    const view = { ...letter, attachments, protection, omitted, truncated };
    return { builder, body: letter.body, view };
  }

  /** Looks at the message from its beginning. @param enough true if the rest can wait */
  async #walk(enough: (root: Entity) => boolean, work: Work): Promise<Walked> {
    const structure = new Structure();
    const { length } = this.#source;
    let at = 0;
    while (at < length && !structure.settled) {
      work.signal?.throwIfAborted();
      const bytes = await this.#source.read(at, STROKE_BYTES);
      if (bytes.length === 0) break;
      structure.push(bytes);
      at += bytes.length;
      work.onProgress?.(at, length);
      if (at >= BEGINNING_BYTES && structure.root && enough(structure.root)) break;
    }
    return { root: structure.end(length), seen: at };
  }
}

/** True if a text has been seen to its end. */
function textSeen(entity: Entity): boolean {
  const kind = kindOf(entity);
  if (entity.children.length > 0) return entity.children.some(textSeen);
  return (kind === 'text' || kind === 'html') && entity.complete;
}

/**
 * Reads a message that lies in memory.
 * @param message as stored, without its separator line
 */
export async function readMessage(message: Uint8Array, separator = ''): Promise<ReadMessage> {
  const open = await OpenMessage.open(bytesInMemory(message), separator);
  return open.read();
}

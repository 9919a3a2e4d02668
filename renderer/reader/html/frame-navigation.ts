/**
 * Sends one frame from document to document, one navigation at a time.
 *
 * Chromium loses a navigation that begins while the one before is about to be shown: the frame then stays
 * at the older document, which would stand below the head of another message. So the next one begins when
 * the one before has come, and the first has loaded as well: with it the frame moves to the process of
 * messages, of which main hears earlier than the page. A place that the frame is on its way to, but that
 * has no document yet, is taken for what is wanted by then.
 */

import { documentAddress, type MessageDocument } from '../../../shared/reader-contract.ts';
import type { ReaderStore } from '../reader-store.ts';
import type { MessageLink } from './clean-html.ts';
import { FramePace } from './frame-pace.ts';

/** What takes longer to come has been lost: the frame is sent on. */
const COME_MAX_MS = 2000;

const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export class FrameNavigation {
  readonly #reader: ReaderStore;
  readonly #pace = new FramePace();
  #frame: HTMLIFrameElement | null = null;
  #token = '';
  /** The frame is on its way to a place that has no document yet. */
  #departed: Promise<void> | null = null;
  /** Settles when the frame is in the process of messages. */
  readonly #moved: Promise<void>;
  #hasMoved: () => void = () => undefined;
  /** Settles when the document that was put last has come. */
  #came: Promise<unknown> = Promise.resolve();

  constructor(reader: ReaderStore) {
    this.#reader = reader;
    this.#moved = new Promise((resolve) => {
      this.#hasMoved = resolve;
    });
  }

  /** The frame is there, or gone, and its document with it. */
  attach(frame: HTMLIFrameElement | null): void {
    this.#frame = frame;
    if (frame) return;
    this.#reader.forgetDocument(this.#token);
    this.#token = '';
    this.#departed = null;
  }

  get attached(): boolean {
    return this.#frame !== null;
  }

  /** The frame has loaded something: a document of ours, or the empty page that it begins with. */
  loaded(): void {
    if (this.#token !== '') this.#hasMoved();
  }

  /** Waits until the frame may be sent elsewhere. */
  async turn(): Promise<void> {
    if (this.#departed) return;
    await this.#came;
    const wait = this.#pace.take(performance.now());
    if (wait > 0) await delay(wait);
  }

  /** The frame is on its way while the document is being made. Call after `turn`. @throws what main answers */
  depart(): Promise<void> {
    this.#departed ??= this.#depart().catch((error) => {
      this.#departed = null;
      throw error;
    });
    return this.#departed;
  }

  /** There is no document for where the frame is on its way to: it becomes empty. */
  async giveUp(): Promise<void> {
    if (this.#departed)
      await this.arrive({ html: '', pictures: 'none', carried: [] }, [], () => {});
  }

  async #depart(): Promise<void> {
    const token = await this.#reader.placeForDocument();
    // Who took the frame away meanwhile wants nothing any more.
    if (!this.#frame) return this.#reader.forgetDocument(token);
    const before = this.#token;
    this.#token = token;
    this.#navigate('');
    this.#reader.forgetDocument(before);
  }

  /**
   * Puts the document in the place to which the frame is on its way.
   * @param onCome told when the frame has it: what it carries may still be on its way
   * @throws what main answers
   */
  async arrive(
    document: Omit<MessageDocument, 'token'>,
    links: readonly MessageLink[],
    onCome: () => void,
  ): Promise<void> {
    const token = this.#token;
    this.#departed = null;
    const come = new Promise<void>((resolve) => {
      this.#reader.onceCome(token, () => {
        resolve();
        onCome();
      });
    });
    this.#came = Promise.race([Promise.all([come, this.#moved]), delay(COME_MAX_MS)]);
    await this.#reader.keepDocument({ token, ...document }, links);
  }

  /** Only the fragment changes: the document stays, and is scrolled. */
  async go(fragment: string): Promise<void> {
    const token = this.#token;
    await this.#came;
    if (token !== this.#token || this.#departed) return;
    this.#pace.take(performance.now());
    this.#navigate(`#${fragment}`);
  }

  /** Replacing leaves no trace in the window's history. */
  #navigate(fragment: string): void {
    if (this.#token === '') return;
    this.#frame?.contentWindow?.location.replace(documentAddress(this.#token) + fragment);
  }
}

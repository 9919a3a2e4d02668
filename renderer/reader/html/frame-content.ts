/**
 * What one frame shows, message after message: its document is cleaned here and served by main
 * (electron/main/message-frame.ts). Knows nothing of React.
 */

import { type ErrorValue, toErrorValue } from '../../../shared/errors.ts';
import { documentAddress } from '../../../shared/reader-contract.ts';
import { Latest } from '../../engine/latest.ts';
import type { ReaderStore } from '../reader-store.ts';
import { CarriedPictures, type FetchPart, wholePart } from './carried-pictures.ts';
import {
  finishDocument,
  type FramePart,
  type PreparedDocument,
  prepareDocument,
} from './frame-document.ts';
import { FramePace } from './frame-pace.ts';
import { HIT_NAME } from './mark-hits.ts';

const PICTURE_PART_BYTES_MAX = 12 * 1024 * 1024;

/** Who wants to know how far a document is. */
interface FrameListener {
  /** The frame was sent to it. */
  readonly onSent: (prepared: PreparedDocument) => void;
  /** The frame shows it, as far as it has come. */
  readonly onCome: () => void;
  readonly onFailed: (error: ErrorValue) => void;
}

/** One frame and the documents that it shows, one after the other. */
export class FrameContent {
  readonly #reader: ReaderStore;
  readonly #latest = new Latest();
  readonly #pace = new FramePace();
  #frame: HTMLIFrameElement | null = null;
  #token = '';
  #prepared: PreparedDocument | null = null;
  #carried = new CarriedPictures();
  #words = '';
  #shows = '';

  constructor(reader: ReaderStore) {
    this.#reader = reader;
  }

  /**
   * The key of the message whose document the frame was last sent to: when it has loaded, that is on
   * screen. State of React would come too late: the frame may have loaded before it is rendered.
   */
  get shows(): string {
    return this.#shows;
  }

  attach(frame: HTMLIFrameElement | null): void {
    this.#frame = frame;
    if (!frame) this.#forget();
  }

  /** Shows parts of a message; of several requests that follow quickly only the last. */
  show(
    messageKey: string,
    parts: readonly FramePart[],
    pictures: 'none' | 'remote',
    fetchPart: FetchPart,
    { onSent, onCome, onFailed }: FrameListener,
  ): void {
    this.#shows = '';
    this.#prepared = null;
    this.#latest.run(async () => {
      try {
        await this.#turn();
        // A key that is held down has gone on meanwhile.
        if (this.#latest.superseded) return;
        await this.#depart();
        const carried = await carriedOf(parts, fetchPart);
        // What comes next sends the frame elsewhere: this one must not come back over it.
        if (this.#latest.superseded || !this.#frame) return this.#forget();
        const prepared = prepareDocument(parts, {
          carried: carried.addresses,
          remote: pictures,
        });
        this.#prepared = prepared;
        this.#carried = carried;
        this.#words = this.#reader.finding.words;
        await this.#write(prepared, messageKey, onCome);
        onSent(prepared);
      } catch (error) {
        this.#forget();
        onFailed(toErrorValue(error));
      }
    });
  }

  /** Marks words by showing the document again. @returns how many places there are */
  async mark(words: string): Promise<number> {
    const [prepared, messageKey] = [this.#prepared, this.#shows];
    if (!prepared) return 0;
    if (words === this.#words) return finishDocument(prepared, words).hits;
    this.#words = words;
    await this.#turn();
    if (this.#prepared !== prepared) return 0;
    await this.#depart();
    // Another message took the place of this one.
    if (this.#prepared !== prepared) return 0;
    return this.#write(prepared, messageKey, () => undefined);
  }

  /** Only the fragment changes: the document stays, and is scrolled. */
  go(place: number | null): void {
    if (place === null) return;
    this.#pace.take(performance.now());
    this.#navigate(`#${HIT_NAME}${place}`);
  }

  /** Waits until the frame may be sent elsewhere. */
  async #turn(): Promise<void> {
    const wait = this.#pace.take(performance.now());
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
  }

  /** The frame is on its way while the document is being made. */
  async #depart(): Promise<void> {
    const token = await this.#reader.placeForDocument();
    const before = this.#token;
    this.#token = token;
    this.#navigate('');
    this.#reader.forgetDocument(before);
  }

  async #write(
    prepared: PreparedDocument,
    messageKey: string,
    onCome: () => void,
  ): Promise<number> {
    const { html, hits } = finishDocument(prepared, this.#words);
    const { links, pictures } = prepared;
    const token = this.#token;
    this.#shows = messageKey;
    this.#reader.onceCome(token, onCome);
    await this.#reader.keepDocument({ token, html, pictures, carried: this.#carried.all }, links);
    return hits;
  }

  #forget(): void {
    this.#reader.forgetDocument(this.#token);
    this.#token = '';
  }

  /** Replacing leaves no trace in the window's history. */
  #navigate(fragment: string): void {
    if (this.#token === '') return;
    this.#frame?.contentWindow?.location.replace(documentAddress(this.#token) + fragment);
  }
}

/** The pictures that a message carries; one that cannot be read is left out. */
async function carriedOf(
  parts: readonly FramePart[],
  fetchPart: FetchPart,
): Promise<CarriedPictures> {
  const carried = new CarriedPictures();
  for (const part of parts) {
    try {
      if (part.kind === 'html') await carried.load(part.related, part.html, fetchPart);
      else if (part.kind === 'picture') {
        carried.add(await wholePart(fetchPart, part.part, PICTURE_PART_BYTES_MAX), [part.part]);
      }
    } catch (error) {
      console.warn('pictures of a message cannot be read', error);
    }
  }
  return carried;
}

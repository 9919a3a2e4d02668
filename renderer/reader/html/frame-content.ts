/**
 * What one frame shows, message after message: its document is cleaned here and served by main
 * (electron/main/message-frame.ts). Knows nothing of React.
 */

import { type ErrorValue, toErrorValue } from '../../../shared/errors.ts';
import { Latest } from '../../engine/latest.ts';
import type { ReaderStore } from '../reader-store.ts';
import { CarriedPictures, type FetchPart, wholePart } from './carried-pictures.ts';
import {
  finishDocument,
  type FramePart,
  type PreparedDocument,
  prepareDocument,
} from './frame-document.ts';
import { FrameNavigation } from './frame-navigation.ts';
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
  readonly #navigation: FrameNavigation;
  #prepared: PreparedDocument | null = null;
  #carried = new CarriedPictures();
  #words = '';
  #shows = '';

  constructor(reader: ReaderStore) {
    this.#reader = reader;
    this.#navigation = new FrameNavigation(reader);
  }

  attach(frame: HTMLIFrameElement | null): void {
    this.#navigation.attach(frame);
  }

  /**
   * The frame has loaded.
   * @returns the key of the message whose document it was last sent to: that is on screen now. State of
   * React would come too late: the frame may have loaded before it is rendered.
   */
  loaded(): string {
    this.#navigation.loaded();
    return this.#shows;
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
        await this.#navigation.turn();
        // A key that is held down has gone on meanwhile.
        if (this.#latest.superseded) return;
        await this.#navigation.depart();
        const carried = await carriedOf(parts, fetchPart);
        // What comes next takes the place that the frame is on its way to.
        if (this.#latest.superseded || !this.#navigation.attached) return;
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
        onFailed(toErrorValue(error));
        await this.#navigation.giveUp();
      }
    });
  }

  /** Marks words by showing the document again. @returns how many places there are */
  async mark(words: string): Promise<number> {
    const [prepared, messageKey] = [this.#prepared, this.#shows];
    if (!prepared) return 0;
    if (words === this.#words) return finishDocument(prepared, words).hits;
    this.#words = words;
    // Another message takes the place of this one, or a person types on.
    const isWanted = () => this.#prepared === prepared && this.#words === words;
    await this.#navigation.turn();
    if (!isWanted()) return 0;
    await this.#navigation.depart();
    if (!isWanted()) return 0;
    return this.#write(prepared, messageKey, () => undefined);
  }

  /** Scrolls to a place of those that are marked. */
  go(place: number | null): void {
    if (place !== null) void this.#navigation.go(`${HIT_NAME}${place}`);
  }

  async #write(
    prepared: PreparedDocument,
    messageKey: string,
    onCome: () => void,
  ): Promise<number> {
    const { html, hits } = finishDocument(prepared, this.#words);
    const { links, pictures } = prepared;
    this.#shows = messageKey;
    const document = { html, pictures, carried: this.#carried.all };
    await this.#navigation.arrive(document, links, onCome);
    return hits;
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

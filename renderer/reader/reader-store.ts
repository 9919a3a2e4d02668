/**
 * The reader of a window, whatever message is in it: how a person wants to see messages (remembered
 * by main), what they look for in one, and what has to be asked of them about links and files. What
 * main tells of frames arrives here.
 */

import type { Answer } from '../../shared/answer.ts';
import type { Bridge } from '../../shared/bridge.ts';
import type { ErrorValue } from '../../shared/errors.ts';
import type { Attachment } from '../../shared/message-view.ts';
import {
  type FrameEvent,
  linkPlace,
  type MessageDocument,
  type PartFile,
  PICTURE_SENDERS_MAX,
  READER_SETTINGS_USUAL,
  type ReaderSettings,
  type ReaderView,
  ZOOM_USUAL,
  ZOOMS,
} from '../../shared/reader-contract.ts';
import type { ArchiveId } from '../../shared/units.ts';
import { Observable } from '../engine/observable.ts';
import { Finding } from './find/finding.ts';
import type { MessageLink } from './html/clean-html.ts';
import { checkLink, type LinkTarget } from './links/link-check.ts';

export interface ReaderSnapshot {
  readonly settings: ReaderSettings;
  /** Whether quotes inside of quotes are folded. */
  readonly quotes: 'folded' | 'open';
  /** The message whose remote pictures are fetched this once; empty if none. */
  readonly picturesOf: string;
  /** A link that deceives, or leads nowhere: a person is asked. */
  readonly asked: { readonly target: LinkTarget | null; readonly link: MessageLink } | null;
  /** Where the link under the pointer leads; empty if there is none. */
  readonly hover: string;
  /** The attachment that is looked at, of the message with this key. */
  readonly preview: { readonly key: string; readonly attachment: Attachment } | null;
  readonly error: ErrorValue | null;
}

export class ReaderStore {
  readonly finding = new Finding();
  readonly #bridge: Bridge;
  readonly #state = new Observable<ReaderSnapshot>({
    settings: READER_SETTINGS_USUAL,
    quotes: 'folded',
    picturesOf: '',
    asked: null,
    hover: '',
    preview: null,
    error: null,
  });
  /** The links of each document that is shown, by its token. */
  readonly #links = new Map<string, readonly MessageLink[]>();
  #place: Promise<Answer<string>> | null = null;
  readonly #onCome = new Map<string, () => void>();

  readonly subscribe = this.#state.subscribe;
  readonly snapshot = this.#state.snapshot;

  /** @param onKey hears keys that were pressed while a frame had the keyboard */
  constructor(bridge: Bridge, onKey: (event: KeyboardEvent) => void) {
    this.#bridge = bridge;
    bridge.onFrame((event) => this.#hear(event, onKey));
    void bridge.readerSettings().then((answer) => {
      if (answer.ok) this.#state.set({ settings: answer.value });
    });
  }

  see(view: ReaderView): void {
    this.#remember({ view });
  }

  /** Lists show threads, or not: remembered for archives to come. */
  seeThreads(threads: ReaderSettings['threads']): void {
    this.#remember({ threads });
  }

  /** Shows messages larger (1), smaller (-1), or as usual (0). */
  zoom(step: 1 | 0 | -1): void {
    const { zoom } = this.snapshot().settings;
    const at = ZOOMS.findIndex((one) => one >= zoom);
    const next = step === 0 ? ZOOM_USUAL : (ZOOMS[at + step] ?? zoom);
    this.#remember({ zoom: next });
  }

  /** Nobody's pictures are shown unasked any more. */
  forgetPictureSenders(): void {
    this.#remember({ pictureSenders: [] });
  }

  turnQuotes(): void {
    this.#state.set({ quotes: this.snapshot().quotes === 'folded' ? 'open' : 'folded' });
  }

  allowPictures(key: string): void {
    this.#state.set({ picturesOf: key });
  }

  /** Fetches remote pictures of a sender from now on, or no longer. */
  trust(address: string, trust: 'always' | 'no-longer'): void {
    const others = this.snapshot().settings.pictureSenders.filter((one) => one !== address);
    const senders = trust === 'always' ? [address, ...others] : others;
    if (trust === 'no-longer') this.#state.set({ picturesOf: '' });
    this.#remember({ pictureSenders: senders.slice(0, PICTURE_SENDERS_MAX) });
  }

  /** The token of a place for a document, to which a frame may go at once. @throws what main answers */
  async placeForDocument(): Promise<string> {
    const taken = this.#place ?? this.#bridge.placeDocument();
    // The next one is had before it is needed. Taken at once: two frames that begin together must not
    // have the same place.
    this.#place = this.#bridge.placeDocument();
    const place = await taken;
    if (!place.ok) throw place.error;
    return place.value;
  }

  /** Puts a document in its place. @throws what main answers */
  async keepDocument(document: MessageDocument, links: readonly MessageLink[]): Promise<void> {
    this.#links.set(document.token, links);
    const answer = await this.#bridge.keepDocument(document);
    if (!answer.ok) throw answer.error;
  }

  /** A document of main's that plays an attachment. @returns its token. @throws what main answers */
  async keepSound(archive: ArchiveId, request: PartFile): Promise<string> {
    const answer = await this.#bridge.keepSound(archive, request);
    if (!answer.ok) throw answer.error;
    return answer.value;
  }

  /** Calls back when a frame has taken a document in: what it carries may still be on its way. */
  onceCome(token: string, come: () => void): void {
    this.#onCome.set(token, come);
  }

  /** A document is no longer shown: main need not keep it. */
  forgetDocument(token: string): void {
    if (token === '') return;
    this.#links.delete(token);
    this.#onCome.delete(token);
    void this.told(this.#bridge.dropDocument(token));
  }

  /** A person chose a link: it is opened if it is what it seems, otherwise they are asked. */
  follow(link: MessageLink): void {
    const target = checkLink(link.href, link.text);
    if (target && target.warnings.length === 0) this.openLink(target.href);
    else this.#state.set({ asked: { target, link } });
  }

  openLink(href: string): void {
    this.#state.set({ asked: null });
    void this.told(this.#bridge.openLink(href));
  }

  dismissLink(): void {
    this.#state.set({ asked: null });
  }

  look(key: string, attachment: Attachment | null): void {
    this.#state.set({ preview: attachment && { key, attachment } });
  }

  dismissError(): void {
    this.#state.set({ error: null });
  }

  async told<Value>(
    answer: Promise<{ ok: true; value: Value } | { ok: false; error: ErrorValue }>,
  ): Promise<Value | null> {
    const got = await answer;
    if (got.ok) return got.value;
    this.#state.set({ error: got.error });
    return null;
  }

  #hear(event: FrameEvent, onKey: (event: KeyboardEvent) => void): void {
    if (event.frame === 'link') {
      const link = this.#links.get(event.token)?.[event.link];
      if (link) this.follow(link);
    } else if (event.frame === 'come') {
      this.#onCome.get(event.token)?.();
      this.#onCome.delete(event.token);
    } else if (event.frame === 'hover') {
      this.#state.set({ hover: this.#shown(event.url) });
    } else if (event.key === 'Escape' && isInFrame() && this.snapshot().preview) {
      this.look('', null);
    } else if (isInFrame() && !OWN_KEYS.has(event.key) && !(event.ctrlKey && event.key === 'a')) {
      onKey(new KeyboardEvent('keydown', event));
    }
  }

  /** Where an address that main tells of leads: those of a document stand for links of its. */
  #shown(url: string): string {
    const place = linkPlace(url);
    const href = place ? (this.#links.get(place.token)?.[place.link]?.href ?? '') : url;
    return checkLink(href, '')?.href ?? (place ? href : '');
  }

  #remember(change: Partial<ReaderSettings>): void {
    const settings = { ...this.snapshot().settings, ...change };
    this.#state.set({ settings });
    void this.told(this.#bridge.rememberReader(settings));
  }
}

/** A frame scrolls by these itself. */
const OWN_KEYS = new Set([
  'ArrowUp',
  'ArrowDown',
  'ArrowLeft',
  'ArrowRight',
  'PageUp',
  'PageDown',
  'Home',
  'End',
  ' ',
  'Tab',
]);

function isInFrame(): boolean {
  return document.activeElement instanceof HTMLIFrameElement;
}

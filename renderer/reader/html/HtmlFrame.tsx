/**
 * HTML of a message in a frame that may do nothing: no script, no form, no window, an origin of its
 * own. What it shows is cleaned here and served by main (electron/main/message-frame.ts); clicks come
 * back as places in the table of links. Above it stands what it would fetch, and was not allowed to.
 */

import { ImageOff, Images, TriangleAlert } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { type ErrorValue, toErrorValue } from '../../../shared/errors.ts';
import { documentAddress } from '../../../shared/reader-contract.ts';
import { useReader } from '../../app/use-store.ts';
import type { ArchiveStore } from '../../engine/archive-store.ts';
import { Latest } from '../../engine/latest.ts';
import type { ReaderStore } from '../reader-store.ts';
import { type FetchPart, carriedPictures, pictureAddress, wholePart } from './carried-pictures.ts';
import {
  finishDocument,
  type FramePart,
  type PreparedDocument,
  prepareDocument,
} from './frame-document.ts';
import { HIT_NAME } from './mark-hits.ts';
import { say } from '../../../shared/language/say.ts';
import { ErrorText } from '../../language/ErrorText.tsx';

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
class FrameContent {
  readonly #reader: ReaderStore;
  readonly #latest = new Latest();
  #frame: HTMLIFrameElement | null = null;
  #token = '';
  #prepared: PreparedDocument | null = null;
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
    if (!frame) this.#reader.forgetDocument(this.#token);
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
      const carried = await carriedOf(parts, fetchPart);
      if (this.#latest.superseded) return;
      try {
        const prepared = prepareDocument(parts, { carried, remote: pictures });
        this.#prepared = prepared;
        this.#words = this.#reader.finding.words;
        await this.#write(prepared, messageKey, onCome);
        onSent(prepared);
      } catch (error) {
        onFailed(toErrorValue(error));
      }
    });
  }

  /** Marks words by showing the document again. @returns how many places there are */
  async mark(words: string): Promise<number> {
    if (!this.#prepared) return 0;
    if (words === this.#words) return finishDocument(this.#prepared, words).hits;
    this.#words = words;
    return this.#write(this.#prepared, this.#shows, () => undefined);
  }

  /** Only the fragment changes: the document stays, and is scrolled. */
  go(place: number | null): void {
    if (place !== null) this.#navigate(`#${HIT_NAME}${place}`);
  }

  async #write(
    prepared: PreparedDocument,
    messageKey: string,
    onCome: () => void,
  ): Promise<number> {
    const { html, hits } = finishDocument(prepared, this.#words);
    const { links, pictures } = prepared;
    const token = await this.#reader.keepDocument(html, { links, pictures, replaces: this.#token });
    // Another message was asked for meanwhile: this one must not come back over it.
    if (this.#prepared !== prepared || !this.#frame) this.#reader.forgetDocument(token);
    else {
      this.#token = token;
      this.#shows = messageKey;
      this.#reader.onceCome(token, onCome);
      this.#navigate('');
    }
    return hits;
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
): Promise<ReadonlyMap<string, string>> {
  const all = new Map<string, string>();
  for (const part of parts) {
    try {
      if (part.kind === 'html') {
        const found = await carriedPictures(part.related, part.html, fetchPart);
        for (const [name, address] of found) all.set(name, address);
      } else if (part.kind === 'picture') {
        const bytes = await wholePart(fetchPart, part.part, PICTURE_PART_BYTES_MAX);
        const address = bytes && (await pictureAddress(bytes));
        if (address) all.set(part.part, address);
      }
    } catch (error) {
      console.warn('pictures of a message cannot be read', error);
    }
  }
  return all;
}

interface NoticeProps {
  readonly messageKey: string;
  readonly sender: string;
  readonly remote: number;
}

function RemoteNotice({ messageKey, sender, remote }: NoticeProps) {
  const [reader, { settings, picturesOf }] = useReader();
  if (remote === 0) return null;
  if (sender !== '' && settings.pictureSenders.includes(sender)) {
    return (
      <p className="notice">
        <Images size={15} aria-hidden />
        <span>{say('frame.always', { pictures: remote, sender })}</span>
        <button
          type="button"
          className="small-button"
          onClick={() => reader.trust(sender, 'no-longer')}
        >
          {say('frame.noLonger')}
        </button>
      </p>
    );
  }
  if (picturesOf === messageKey) {
    return (
      <p className="notice">
        <Images size={15} aria-hidden />
        <span>{say('frame.fetched', { pictures: remote })}</span>
      </p>
    );
  }
  return (
    <p className="notice" role="note">
      <ImageOff size={15} aria-hidden />
      <span>{say('frame.blocked', { pictures: remote })}</span>
      <button
        type="button"
        className="small-button"
        onClick={() => reader.allowPictures(messageKey)}
      >
        {say('frame.once')}
      </button>
      {sender !== '' && (
        <button
          type="button"
          className="small-button"
          onClick={() => reader.trust(sender, 'always')}
        >
          {say('frame.alwaysFor')}
        </button>
      )}
    </p>
  );
}

/** Whose document the frame was told to show. */
interface Ready {
  readonly messageKey: string;
  readonly prepared: PreparedDocument;
}

interface Props {
  readonly store: ArchiveStore;
  readonly messageKey: string;
  readonly sender: string;
  readonly subject: string;
  readonly parts: readonly FramePart[];
  readonly order: number;
  readonly onShown: () => void;
}

export function HtmlFrame({ store, messageKey, sender, subject, parts, order, onShown }: Props) {
  const [reader, { settings, picturesOf }] = useReader();
  const [content] = useState(() => new FrameContent(reader));
  const [ready, setReady] = useState<Ready | null>(null);
  const [loaded, setLoaded] = useState('');
  const [failed, setFailed] = useState<ErrorValue | null>(null);
  const prepared = ready?.messageKey === messageKey ? ready.prepared : null;
  const frame = useRef<HTMLIFrameElement>(null);
  const allowed = picturesOf === messageKey || settings.pictureSenders.includes(sender);

  const shownNow = useCallback(() => {
    setLoaded(messageKey);
    onShown();
  }, [messageKey, onShown]);

  useEffect(() => {
    content.attach(frame.current);
    return () => content.attach(null);
  }, [content]);

  useEffect(() => {
    setLoaded('');
    setFailed(null);
    const fetchPart: FetchPart = (part, from, length) =>
      store.reader.part(messageKey, part, from, length);
    content.show(messageKey, parts, allowed ? 'remote' : 'none', fetchPart, {
      onSent: (made) => setReady({ messageKey, prepared: made }),
      // Pictures from elsewhere may take any time: nobody waits for them with a blank page.
      onCome: () => allowed && shownNow(),
      onFailed: (error) => {
        setFailed(error);
        onShown();
      },
    });
  }, [content, store, messageKey, parts, allowed, shownNow, onShown]);

  // Another document: the words are to be counted again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(
    () =>
      reader.finding.join({
        order,
        mark: (words) => content.mark(words),
        show: (place) => content.go(place),
      }),
    [reader, content, order, ready],
  );

  return (
    <>
      <RemoteNotice messageKey={messageKey} sender={sender} remote={prepared?.remote ?? 0} />
      {failed && (
        <p className="notice" role="alert">
          <TriangleAlert size={15} aria-hidden />
          <span>
            {say('frame.failed')} <ErrorText error={failed} />
          </span>
        </p>
      )}
      <iframe
        ref={frame}
        sandbox=""
        title={subject === '' ? say('frame.title') : say('frame.titleOf', { subject })}
        className={prepared?.coloured ? 'message-frame message-frame-coloured' : 'message-frame'}
        style={{ zoom: settings.zoom / 100 }}
        data-loaded={loaded === messageKey}
        // The empty page that a frame begins with is loaded too.
        onLoad={() => {
          if (content.shows === messageKey) shownNow();
        }}
      />
    </>
  );
}

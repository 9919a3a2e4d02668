/**
 * The documents of messages, served under a scheme of their own: `mailkeep-message://message/<token>/`.
 *
 * Anything in a message is hostile (DESIGN 6). The window sanitises; what it hands over is kept here
 * as a string, never parsed, and shown in `<iframe sandbox="">`, which allows nothing: no script, no
 * form, no window, no navigation of ours, an origin that equals no other. The headers below say all
 * that once more, so that neither a hole in the sanitiser nor one in the frame's attribute is enough.
 * Pictures that a message carries lie below its document, as bytes: nothing else of the scheme may be
 * seen by it, and no other document may see them.
 * A token cannot be guessed, is good for one document, and dies with it. It can be had before the
 * document is finished: then the frame is on its way meanwhile, which takes some ten milliseconds.
 */

import { randomBytes } from 'node:crypto';
import { protocol, type WebContents } from 'electron';
import { MailboxError } from '../../shared/errors.ts';
import {
  carriedPlace,
  type CarriedPicture,
  DOCUMENTS_MAX,
  MESSAGE_SCHEME,
  type MessageDocument,
  pictureFolder,
  soundAddress,
  soundTokenOf,
  tokenOf,
} from '../../shared/reader-contract.ts';
import { say, spoken } from '../../shared/language/say.ts';
import { PAGE_ORIGIN } from './page.ts';
import { type ReadSound, Sound } from './sound.ts';
import { STRANGE_HEADERS } from './strange-headers.ts';

/**
 * What a document of a message may do: see the pictures that it carries, in its own folder or within
 * itself, and a remote one only if a person asked for them.
 */
export function messagePolicy(folder: string, pictures: MessageDocument['pictures']): string {
  const own = folder === '' ? '' : ` ${folder}`;
  return [
    'sandbox',
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    `img-src data:${own}${pictures === 'remote' ? ' https: http:' : ''}`,
    "media-src 'none'",
    "script-src 'none'",
    "font-src 'none'",
    "connect-src 'none'",
    "object-src 'none'",
    "frame-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
    `frame-ancestors ${PAGE_ORIGIN}`,
  ].join('; ');
}

const HEADERS = {
  ...STRANGE_HEADERS,
  'content-type': 'text/html; charset=utf-8',
  'cross-origin-resource-policy': 'same-site',
};

/** What a document that plays a sound may do: play that one. */
function soundPolicy(token: string): string {
  return messagePolicy('', 'none').replace("media-src 'none'", `media-src ${soundAddress(token)}`);
}

/** The browser's own player, and where the sound is. */
function soundDocument(token: string): string {
  return (
    `<!doctype html><html lang="${spoken().locale}"><head><meta charset="utf-8">` +
    `<title>${say('preview.sound')}</title>` +
    '<style>:root{color-scheme:light dark;background:light-dark(#fff,#191c1b)}' +
    'body{margin:0}audio{display:block;width:100%}</style></head>' +
    `<body><audio controls preload="auto" src="${soundAddress(token)}"></audio></body></html>`
  );
}

/** What it is was told by its first bytes; a browser that looks itself is told not to. */
function pictureAnswer({ type, bytes }: CarriedPicture): Response {
  return new Response(bytes, {
    headers: { ...HEADERS, 'content-type': type },
  });
}

/** A document in its place, or on its way there. */
interface Place {
  readonly window: WebContents;
  /** Null if it does not come any more. */
  readonly document: Promise<Shown | null>;
  readonly put: (document: Shown | null) => void;
  /** What has been put there. */
  shown: Shown | null;
}

interface Shown {
  readonly html: string;
  readonly pictures: MessageDocument['pictures'];
  readonly carried: readonly CarriedPicture[];
  /** What the document plays; null if it is a message. */
  readonly sound: Sound | null;
}

export class MessageFrames {
  readonly #places = new Map<string, Place>();

  /** Call once, when the app is ready. */
  serve(): void {
    protocol.handle(MESSAGE_SCHEME, async (request) => {
      const isGet = request.method === 'GET';
      const sound = this.#places.get(soundTokenOf(request.url) ?? '')?.shown?.sound;
      if (isGet && sound) return sound.answer(request);
      const picture = this.#pictureAt(request.url);
      if (isGet && picture) return pictureAnswer(picture);
      const token = tokenOf(request.url) ?? '';
      const place = this.#places.get(token);
      if (!place || !isGet) return new Response('Not found', { status: 404, headers: HEADERS });
      const document = await place.document;
      // The frame stays what it is.
      if (!document) return new Response(null, { status: 204, headers: HEADERS });
      const { html, pictures, carried } = document;
      const folder = carried.length > 0 ? pictureFolder(token) : '';
      const policy = document.sound ? soundPolicy(token) : messagePolicy(folder, pictures);
      return new Response(html, { headers: { ...HEADERS, 'content-security-policy': policy } });
    });
  }

  /** Makes a place for a document of a window. @returns its token */
  place(window: WebContents): string {
    const theirs = [...this.#places].filter(([, one]) => one.window === window);
    for (const [oldest] of theirs.slice(0, Math.max(0, theirs.length - DOCUMENTS_MAX + 1))) {
      this.#drop(oldest);
    }
    const token = randomBytes(16).toString('hex');
    let put: Place['put'] = () => undefined;
    const document = new Promise<Shown | null>((resolve) => {
      put = resolve;
    });
    this.#places.set(token, { window, document, put, shown: null });
    return token;
  }

  /** Puts a document of a window in its place. @throws MISUSE if that is none, or has one */
  keep(window: WebContents, { token, html, pictures, carried }: MessageDocument): void {
    this.#put(window, token, { html, pictures, carried, sound: null });
  }

  /** Keeps a document of a window that plays a sound. @returns its token. @throws as `read` */
  async keepSound(window: WebContents, read: ReadSound): Promise<string> {
    const sound = await Sound.of(read);
    const token = this.place(window);
    const html = soundDocument(token);
    this.#put(window, token, { html, pictures: 'none', carried: [], sound });
    return token;
  }

  /** Whether this is the address of a document that a frame of the window may show. */
  isShown(window: WebContents, address: string): boolean {
    return this.#places.get(tokenOf(address) ?? '')?.window === window;
  }

  /** Whether the document at this address may fetch remote pictures. */
  mayFetchPictures(address: string): boolean {
    return this.#places.get(tokenOf(address) ?? '')?.shown?.pictures === 'remote';
  }

  /** A document that its window no longer shows. */
  dropOne(window: WebContents, token: string): void {
    if (this.#places.get(token)?.window === window) this.#drop(token);
  }

  /** A window is gone, and its documents with it. */
  drop(window: WebContents): void {
    for (const [token, place] of this.#places) if (place.window === window) this.#drop(token);
  }

  #pictureAt(address: string): CarriedPicture | undefined {
    const at = carriedPlace(address);
    return at ? this.#places.get(at.token)?.shown?.carried[at.place] : undefined;
  }

  #put(window: WebContents, token: string, document: Shown): void {
    const place = this.#places.get(token);
    if (place?.window !== window || place.shown) throw new MailboxError('MISUSE', { token });
    place.shown = document;
    place.put(document);
  }

  #drop(token: string): void {
    this.#places.get(token)?.put(null);
    this.#places.delete(token);
  }
}

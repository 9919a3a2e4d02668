/**
 * The documents of messages, served under a scheme of their own: `mailkeep-message://message/<token>/`.
 *
 * Anything in a message is hostile (DESIGN 6). The window sanitises; what it hands over is kept here
 * as a string, never parsed, and shown in `<iframe sandbox="">`, which allows nothing: no script, no
 * form, no window, no navigation of ours, an origin that equals no other. The headers below say all
 * that once more, so that neither a hole in the sanitiser nor one in the frame's attribute is enough.
 * A token cannot be guessed, is good for one document, and dies with it.
 */

import { randomBytes } from 'node:crypto';
import { protocol, type WebContents } from 'electron';
import {
  DOCUMENTS_MAX,
  MESSAGE_SCHEME,
  type MessageDocument,
  soundAddress,
  soundTokenOf,
  tokenOf,
} from '../../shared/reader-contract.ts';
import { say, spoken } from '../../shared/language/say.ts';
import { PAGE_ORIGIN } from './page.ts';
import { type ReadSound, Sound } from './sound.ts';
import { STRANGE_HEADERS } from './strange-headers.ts';

/** What a document of a message may do; a remote picture only if a person asked for them. */
export function messagePolicy(pictures: MessageDocument['pictures']): string {
  return [
    'sandbox',
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    `img-src data:${pictures === 'remote' ? ' https: http:' : ''}`,
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
  return messagePolicy('none').replace("media-src 'none'", `media-src ${soundAddress(token)}`);
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

const newToken = (): string => randomBytes(16).toString('hex');

interface Kept {
  readonly document: MessageDocument;
  /** What the document plays; null if it is a message. */
  readonly sound: Sound | null;
  readonly window: WebContents;
}

export class MessageFrames {
  readonly #kept = new Map<string, Kept>();

  /** Call once, when the app is ready. */
  serve(): void {
    protocol.handle(MESSAGE_SCHEME, (request) => {
      const isGet = request.method === 'GET';
      const sound = this.#kept.get(soundTokenOf(request.url) ?? '')?.sound;
      if (isGet && sound) return sound.answer(request);
      const token = tokenOf(request.url) ?? '';
      const kept = this.#kept.get(token);
      if (!kept || !isGet) return new Response('Not found', { status: 404, headers: HEADERS });
      const { html, pictures } = kept.document;
      const policy = kept.sound ? soundPolicy(token) : messagePolicy(pictures);
      return new Response(html, { headers: { ...HEADERS, 'content-security-policy': policy } });
    });
  }

  /** Keeps a document of a window. @returns its token */
  keep(window: WebContents, document: MessageDocument): string {
    const token = newToken();
    this.#keep(token, { window, document, sound: null });
    return token;
  }

  /** Keeps a document of a window that plays a sound. @returns its token. @throws as `read` */
  async keepSound(window: WebContents, read: ReadSound): Promise<string> {
    const token = newToken();
    const sound = await Sound.of(read);
    const document = { html: soundDocument(token), pictures: 'none', replaces: '' } as const;
    this.#keep(token, { window, document, sound });
    return token;
  }

  #keep(token: string, kept: Kept): void {
    const { window, document } = kept;
    this.dropOne(window, document.replaces);
    const theirs = [...this.#kept].filter(([, one]) => one.window === window);
    for (const [oldest] of theirs.slice(0, Math.max(0, theirs.length - DOCUMENTS_MAX + 1))) {
      this.#kept.delete(oldest);
    }
    this.#kept.set(token, kept);
  }

  /** Whether this is the address of a document that a frame of the window may show. */
  isShown(window: WebContents, address: string): boolean {
    return this.#kept.get(tokenOf(address) ?? '')?.window === window;
  }

  /** Whether the document at this address may fetch remote pictures. */
  mayFetchPictures(address: string): boolean {
    return this.#kept.get(tokenOf(address) ?? '')?.document.pictures === 'remote';
  }

  /** A document that its window no longer shows. */
  dropOne(window: WebContents, token: string): void {
    if (this.#kept.get(token)?.window === window) this.#kept.delete(token);
  }

  /** A window is gone, and its documents with it. */
  drop(window: WebContents): void {
    for (const [token, kept] of this.#kept) if (kept.window === window) this.#kept.delete(token);
  }
}

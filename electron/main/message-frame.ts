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
  tokenOf,
} from '../../shared/reader-contract.ts';
import { PAGE_ORIGIN } from './page.ts';
import { STRANGE_HEADERS } from './strange-headers.ts';

/** What a document of a message may do; a remote picture only if a person asked for them. */
export function messagePolicy(pictures: MessageDocument['pictures']): string {
  return [
    'sandbox',
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    `img-src data:${pictures === 'remote' ? ' https: http:' : ''}`,
    'media-src data:',
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

interface Kept {
  readonly document: MessageDocument;
  readonly window: WebContents;
}

export class MessageFrames {
  readonly #kept = new Map<string, Kept>();

  /** Call once, when the app is ready. */
  serve(): void {
    protocol.handle(MESSAGE_SCHEME, (request) => {
      const document = this.#kept.get(tokenOf(request.url) ?? '')?.document;
      if (!document || request.method !== 'GET') {
        return new Response('Not found', { status: 404, headers: HEADERS });
      }
      return new Response(document.html, {
        headers: { ...HEADERS, 'content-security-policy': messagePolicy(document.pictures) },
      });
    });
  }

  /** Keeps a document of a window. @returns its token */
  keep(window: WebContents, document: MessageDocument): string {
    this.dropOne(window, document.replaces);
    const theirs = [...this.#kept].filter(([, kept]) => kept.window === window);
    for (const [token] of theirs.slice(0, Math.max(0, theirs.length - DOCUMENTS_MAX + 1))) {
      this.#kept.delete(token);
    }
    const token = randomBytes(16).toString('hex');
    this.#kept.set(token, { document, window });
    return token;
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

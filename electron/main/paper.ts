/**
 * Puts a document on paper or into a PDF: HTML that a window made, shown in a window of its own that
 * nobody sees. Imports Electron only.
 *
 * Everything in a message is hostile: that window runs no script, has no preload and no Node, a
 * session that keeps nothing, loads nothing but the document itself, and goes nowhere.
 */

import { randomUUID } from 'node:crypto';
import { BrowserWindow, type Session, session } from 'electron';
import { MailboxError } from '../../shared/errors.ts';
import { PAGE_SCHEME } from './page.ts';

const ORIGIN = `${PAGE_SCHEME}://paper/`;
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** Documents that are being laid out, by their address. */
const documents = new Map<string, string>();
let closed: Session | null = null;

/** A session that reaches nothing but these documents. */
function closedSession(): Session {
  if (closed) return closed;
  const ours = session.fromPartition('mailkeep-paper');
  ours.protocol.handle(PAGE_SCHEME, (request) => {
    const document = documents.get(request.url);
    if (document === undefined) return new Response('Not found', { status: 404 });
    return new Response(document, {
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': POLICY,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
      },
    });
  });
  ours.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !documents.has(details.url) });
  });
  ours.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  ours.setPermissionCheckHandler(() => false);
  closed = ours;
  return ours;
}

/** Shows a document to `use` in a window that nobody sees. */
async function laidOut<Value>(
  document: string,
  use: (window: BrowserWindow) => Promise<Value>,
): Promise<Value> {
  const address = `${ORIGIN}${randomUUID()}`;
  documents.set(address, document);
  const window = new BrowserWindow({
    show: false,
    webPreferences: {
      session: closedSession(),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      javascript: false,
      spellcheck: false,
    },
  });
  try {
    await window.loadURL(address);
    return await use(window);
  } finally {
    documents.delete(address);
    window.destroy();
  }
}

/** The document as a PDF. */
export function toPdf(document: string): Promise<Uint8Array> {
  return laidOut(document, (window) =>
    window.webContents.printToPDF({
      pageSize: 'A4',
      printBackground: false,
      preferCSSPageSize: true,
    }),
  );
}

/** Prints with the system's dialog. @returns false if the person thought better of it */
export function print(document: string): Promise<boolean> {
  return laidOut(
    document,
    (window) =>
      new Promise<boolean>((resolve, reject) => {
        window.webContents.print({}, (success, reason) => {
          if (success) resolve(true);
          else if (/cancel/i.test(reason)) resolve(false);
          else {
            const sentence = `It could not be printed (${reason || 'no reason given'}). Save it as PDF instead.`;
            reject(new MailboxError('IO', { reason }, { sentence }));
          }
        });
      }),
  );
}

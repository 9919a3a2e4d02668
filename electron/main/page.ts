/**
 * The page of our windows, served under an origin of its own: `mailkeep://app/`.
 *
 * A `file:` page may read every file of the user; ours may read what the build put into one folder.
 */

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { app, protocol } from 'electron';
import { PDF_SCHEME } from '../../shared/pdf-contract.ts';
import { MESSAGE_SCHEME } from '../../shared/reader-contract.ts';

export const PAGE_SCHEME = 'mailkeep';
const SCHEME = PAGE_SCHEME;
export const PAGE_ORIGIN = `${SCHEME}://app`;
export const PAGE_URL = `${PAGE_ORIGIN}/index.html`;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  // Styles of messages are read (never applied) in documents without a window, and these inherit this
  // policy: without 'unsafe-inline' the sanitiser would find every style empty. Scripts stay ours.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  // Documents of messages and PDFs, each in a sandboxed frame: see message-frame.ts, pdf-frame.ts.
  `frame-src ${MESSAGE_SCHEME}: ${PDF_SCHEME}:`,
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Must run before the app is ready. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true } },
    // No fetching, no service workers, no way round a policy: what is not named is not granted.
    // A sound is played while it comes: a stream.
    { scheme: MESSAGE_SCHEME, privileges: { standard: true, secure: true, stream: true } },
    { scheme: PDF_SCHEME, privileges: { standard: true, secure: true } },
  ]);
}

function notFound(): Response {
  return new Response('Not found', { status: 404 });
}

/** Serves the built page; anything outside its folder is not found. Call when the app is ready. */
export function servePage(): void {
  const folder = path.join(app.getAppPath(), 'out', 'renderer');
  protocol.handle(SCHEME, async (request) => {
    const url = new URL(request.url);
    const file = path.join(folder, path.normalize(decodeURIComponent(url.pathname)));
    const type = TYPES[path.extname(file)];
    if (url.host !== 'app' || !file.startsWith(folder + path.sep) || !type) return notFound();
    try {
      return new Response(new Uint8Array(await readFile(file)), {
        headers: {
          'content-type': type,
          'content-security-policy': CONTENT_SECURITY_POLICY,
          'x-content-type-options': 'nosniff',
        },
      });
    } catch {
      return notFound();
    }
  });
}

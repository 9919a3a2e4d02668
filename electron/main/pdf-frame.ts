/**
 * Serves the frame that draws PDFs (renderer/pdf): one document, our script and its tables, nothing else.
 *
 * It is the only frame with strange content in which a script runs, so it has nothing to do harm
 * with: a process and an opaque origin of its own, no preload, no bridge, and a policy that lets these
 * two scripts run, and nothing be fetched, embedded, sent or evaluated. The window hands it the bytes.
 */

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { app, protocol } from 'electron';
import { PDF_CMAPS, PDF_FRAME, PDF_SCHEME, PDF_SCRIPT } from '../../shared/pdf-contract.ts';
import { PAGE_ORIGIN } from './page.ts';
import { STRANGE_HEADERS } from './strange-headers.ts';

const POLICY = [
  'sandbox allow-scripts',
  "default-src 'none'",
  `script-src ${PDF_SCRIPT} ${PDF_CMAPS}`,
  "connect-src 'none'",
  "object-src 'none'",
  "frame-src 'none'",
  "worker-src 'none'",
  "form-action 'none'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
  `frame-ancestors ${PAGE_ORIGIN}`,
].join('; ');

const HEADERS = { ...STRANGE_HEADERS, 'content-security-policy': POLICY };

const DOCUMENT = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>PDF</title></head>
<body><main id="pages"></main><script src="${PDF_CMAPS}"></script><script src="${PDF_SCRIPT}"></script>
</body></html>`;

const SCRIPTS: Readonly<Record<string, string>> = {
  [PDF_SCRIPT]: 'viewer.js',
  [PDF_CMAPS]: 'cmaps.js',
};

/** Call once, when the app is ready. */
export function servePdfFrame(): void {
  const folder = path.join(app.getAppPath(), 'out', 'viewer');
  protocol.handle(PDF_SCHEME, async (request) => {
    if (request.method === 'GET' && request.url === PDF_FRAME) {
      return new Response(DOCUMENT, {
        headers: { ...HEADERS, 'content-type': 'text/html; charset=utf-8' },
      });
    }
    const script = SCRIPTS[request.url];
    if (request.method === 'GET' && script !== undefined) {
      return new Response(new Uint8Array(await readFile(path.join(folder, script))), {
        headers: { ...HEADERS, 'content-type': 'text/javascript; charset=utf-8' },
      });
    }
    return new Response('Not found', { status: 404, headers: HEADERS });
  });
}

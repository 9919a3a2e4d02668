/**
 * The real window with everything watched by which a message could do something: what is asked of
 * the network (in the app, and on a server to which every name leads), dialogs, the console, where
 * frames go, windows, and how long the page does not answer.
 */

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ElectronApplication, Page } from '@playwright/test';
import { CANARY } from '../attacks/attack.ts';
import { type OpenWindow, openWindow } from './window.ts';

export interface Watched {
  readonly window: OpenWindow;
  /** What arrived at the server: nothing should, unless a person asked. */
  readonly arrived: readonly Arrived[];
  /** By what a script of a message would show, and what only the policy stopped; may be emptied. */
  readonly signs: string[];
  /** Requests that left the page for anything but our own, cancelled or not. */
  asked(): Promise<readonly string[]>;
  /** Addresses that frames and windows went to. */
  went(): Promise<readonly string[]>;
  close(): Promise<void>;
}

export interface Arrived {
  readonly url: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** Kept in the app, where its own listeners are. */
interface Log {
  readonly asked: string[];
  readonly went: string[];
}

const PIXEL = Buffer.from('R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs=', 'base64');

async function listen(arrived: Arrived[]): Promise<Server> {
  const server = createServer((request, response) => {
    arrived.push({ url: `${request.headers.host}${request.url}`, headers: request.headers });
    response.setHeader('set-cookie', 'seen=1').setHeader('content-type', 'image/gif').end(PIXEL);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

/** Listens where the app itself does not: none of its own listeners is replaced. */
async function watchApp(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ session, webContents }) => {
    const log: Log = { asked: [], went: [] };
    Object.assign(globalThis, { attackLog: log });
    const ours = /^(?:mailkeep|mailkeep-message|mailkeep-pdf|devtools):|^data:|^blob:/;
    const note = ({ url }: { url: string }): void => {
      if (!ours.test(url)) log.asked.push(url.slice(0, 300));
    };
    session.defaultSession.webRequest.onErrorOccurred(note);
    session.defaultSession.webRequest.onSendHeaders(note);
    for (const contents of webContents.getAllWebContents()) {
      contents.on('did-start-navigation', ({ url }) => void log.went.push(url.slice(0, 300)));
      contents.on('did-create-window', () => void log.went.push('a window'));
    }
  });
}

const read = (app: ElectronApplication): Promise<Log> =>
  app.evaluate(() => (globalThis as unknown as { attackLog: Log }).attackLog);

function watchPage(page: Page, signs: string[]): void {
  page.on('dialog', (dialog) => {
    signs.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('console', (message) => {
    if (message.text().includes(CANARY)) signs.push(`console: ${message.text().slice(0, 300)}`);
    if (/Refused to|Blocked script/.test(message.text())) {
      signs.push(`stopped only by the policy: ${message.text().slice(0, 300)}`);
    }
  });
  page.on('pageerror', (error) => signs.push(`error: ${error.message.slice(0, 300)}`));
}

/** Opens files in a window that is watched; every name of the internet leads to our server. */
export async function openWatched(
  files: readonly string[],
  options: { readonly folder?: string } = {},
): Promise<Watched> {
  const arrived: Arrived[] = [];
  const signs: string[] = [];
  const server = await listen(arrived);
  const { port } = server.address() as AddressInfo;
  const window = await openWindow(files, {
    ...options,
    switches: [`--host-resolver-rules=MAP * 127.0.0.1:${port}`],
  });
  await watchApp(window.app);
  watchPage(window.page, signs);
  return {
    window,
    arrived,
    signs,
    asked: async () => (await read(window.app)).asked,
    went: async () => (await read(window.app)).went,
    close: async () => {
      await window.close();
      server.close();
    },
  };
}

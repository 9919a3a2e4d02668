/**
 * What no window of ours may do, whatever is shown in it (DESIGN 6, Electron's security checklist):
 * navigate, open windows, embed web views, ask for permissions, or make a network request
 * (`network.ts`). Asserted point by point in test/e2e/security.spec.ts.
 *
 * Every navigation is denied, but that a frame shows a document which its window has just handed
 * over, or becomes the one that draws PDFs. A link of a message that a person chose ends here: the window is told which, and asks.
 */

import { app, type Input, type Session, session, type WebContents } from 'electron';
import { PDF_FRAME } from '../../shared/pdf-contract.ts';
import { linkPlace, tokenOf } from '../../shared/reader-contract.ts';
import { sendFrame } from './bridge.ts';
import type { MessageFrames } from './message-frame.ts';
import { closeNetwork } from './network.ts';

function denyPermissions(ours: Session): void {
  ours.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  ours.setPermissionCheckHandler(() => false);
  ours.setDevicePermissionHandler(() => false);
  // What a page would save on its own; files are written by engines, where a person chose.
  ours.on('will-download', (event) => event.preventDefault());
}

/** Addresses that a window hears of are shown to a person; the rest of a longer one says nothing. */
const SHOWN_LENGTH_MAX = 2000;

function denyNavigation(contents: WebContents, frames: MessageFrames): void {
  contents.on('will-frame-navigate', (event) => {
    const isOurs = event.url === PDF_FRAME || frames.isShown(contents, event.url);
    if (!event.isMainFrame && isOurs) return;
    event.preventDefault();
    const place = linkPlace(event.url);
    if (place && !event.isMainFrame) sendFrame(contents, { frame: 'link', ...place });
  });
  contents.on('did-frame-navigate', (_event, url) => {
    const token = tokenOf(url);
    if (token !== null) sendFrame(contents, { frame: 'come', token });
  });
  contents.on('update-target-url', (_event, url) => {
    sendFrame(contents, { frame: 'hover', url: url.slice(0, SHOWN_LENGTH_MAX) });
  });
}

/** Keys pressed while a frame has the keyboard never reach the page; it hears of them here. */
function tellKeys(contents: WebContents): void {
  contents.on('before-input-event', (_event, input: Input) => {
    if (input.type !== 'keyDown' || input.isComposing) return;
    sendFrame(contents, {
      frame: 'key',
      key: input.key,
      ctrlKey: input.control,
      metaKey: input.meta,
      shiftKey: input.shift,
      altKey: input.alt,
    });
  });
}

/** Must run before the app is ready: no name of a message's links is ever looked up beforehand. */
export function closeNames(): void {
  app.commandLine.appendSwitch('dns-prefetch-disable');
}

/** Holds for every window made from now on. Call once, when the app is ready. */
export function secure(frames: MessageFrames): void {
  closeNetwork(session.defaultSession, (frame) => frames.mayFetchPictures(frame));
  denyPermissions(session.defaultSession);
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    denyNavigation(contents, frames);
    tellKeys(contents);
  });
}

/**
 * What no window of ours may do, whatever is shown in it (DESIGN 6, Electron's security checklist):
 * navigate, open windows, embed web views, ask for permissions, or make any network request.
 */

import { app, type Session, session } from 'electron';
import { PAGE_ORIGIN } from './page.ts';

const OURS = [`${PAGE_ORIGIN}/`, 'devtools://', 'data:', 'blob:'];

function closeNetwork(ours: Session): void {
  ours.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !OURS.some((start) => details.url.startsWith(start)) });
  });
}

function denyPermissions(ours: Session): void {
  ours.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  ours.setPermissionCheckHandler(() => false);
  ours.setDevicePermissionHandler(() => false);
}

/** Holds for every window made from now on. Call once, when the app is ready. */
export function secure(): void {
  closeNetwork(session.defaultSession);
  denyPermissions(session.defaultSession);
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-frame-navigate', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

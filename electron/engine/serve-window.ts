/** Serves an archive to a window, over a port. */

import { type Notification, windowMethods } from '../../shared/contract.ts';
import type { Archive } from './archive/archive.ts';
import { type Port, servePort } from './port.ts';
import { serveContract } from './serve.ts';
import { WindowSession } from './window-session.ts';

/** @param ended called when the window, or its interest, is gone */
export function serveWindow(
  archive: Archive,
  port: Port,
  ended: (session: WindowSession) => void,
): WindowSession {
  let notify: (note: Notification) => void = () => undefined;
  const session = new WindowSession(archive, (note) => notify(note));
  notify = servePort(port, serveContract(windowMethods, session.handlers()), () => {
    session.end();
    ended(session);
  });
  return session;
}

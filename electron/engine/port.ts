/** Serves a contract over a message port: see `shared/wire.ts` for what travels. */

import type { Notification } from '../../shared/contract.ts';
import type { Call, FromEngine } from '../../shared/wire.ts';
import type { Serve } from './serve.ts';

/** What this file needs of a port; Electron's MessagePortMain and Node's MessagePort both have it. */
export interface Port {
  postMessage(message: FromEngine): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
}

function isCall(data: unknown): data is Call {
  return (
    typeof data === 'object' &&
    data !== null &&
    'id' in data &&
    Number.isSafeInteger(data.id) &&
    'method' in data &&
    typeof data.method === 'string'
  );
}

/**
 * Answers every well-formed call on the port, in whatever order the answers come; what is no call
 * at all cannot be answered and is dropped.
 * @returns a function that sends a notification
 */
export function servePort(
  port: Port,
  serve: Serve,
  closed: () => void,
): (note: Notification) => void {
  let open = true;
  port.on('message', ({ data }) => {
    if (!isCall(data)) return;
    void serve(data.method, data.params).then((answer) => {
      if (open) port.postMessage({ id: data.id, answer });
    });
  });
  port.on('close', () => {
    open = false;
    closed();
  });
  port.start();
  return (note) => {
    if (open) port.postMessage(note);
  };
}

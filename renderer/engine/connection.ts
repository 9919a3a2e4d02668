/**
 * The window's end of an engine's port: calls that answer, notifications that do not wait. When the
 * port closes, from whichever side, every open call fails with ENGINE_ENDED; none is left waiting.
 */

import { fromAnswer } from '../../shared/answer.ts';
import type { Notification, Params, Result, WindowMethods } from '../../shared/contract.ts';
import { MailboxError } from '../../shared/errors.ts';
import type { FromEngine, Reply } from '../../shared/wire.ts';

export type MethodName = keyof WindowMethods;

interface Waiting {
  readonly answered: (reply: Reply) => void;
  readonly abandoned: () => void;
}

export class Connection {
  readonly #port: MessagePort;
  readonly #waiting = new Map<number, Waiting>();
  #listener: (note: Notification) => void = () => undefined;
  #last = 0;
  #open = true;

  constructor(port: MessagePort) {
    this.#port = port;
    port.addEventListener('message', ({ data }: MessageEvent<FromEngine>) => {
      if ('notify' in data) this.#listener(data);
      else this.#waiting.get(data.id)?.answered(data);
    });
    // The other end is gone. Known to Chromium since 122; not yet to TypeScript's DOM.
    port.addEventListener('close', () => this.close());
    port.start();
  }

  /** Who hears notifications; one listener. */
  listen(listener: (note: Notification) => void): void {
    this.#listener = listener;
  }

  /** @throws MailboxError what the engine answers, or ENGINE_ENDED */
  call<Name extends MethodName>(
    method: Name,
    params: Params<WindowMethods, Name>,
  ): Promise<Result<WindowMethods, Name>> {
    if (!this.#open) return Promise.reject(new MailboxError('ENGINE_ENDED'));
    this.#last += 1;
    const id = this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, {
        answered: ({ answer }) => {
          this.#waiting.delete(id);
          try {
            resolve(fromAnswer(answer) as Result<WindowMethods, Name>);
          } catch (error) {
            reject(error);
          }
        },
        abandoned: () => reject(new MailboxError('ENGINE_ENDED')),
      });
      this.#port.postMessage({ id, method, params });
    });
  }

  /** The engine is gone, or no longer wanted. */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#port.close();
    for (const { abandoned } of this.#waiting.values()) abandoned();
    this.#waiting.clear();
  }
}

/**
 * The window's end of an engine's port: calls that answer, notifications that do not wait. When the
 * port closes, every open call fails with ENGINE_ENDED; none is left waiting.
 */

import { fromAnswer } from '../../shared/answer.ts';
import type { Notification, Params, Result, WindowMethods } from '../../shared/contract.ts';
import { MailboxError } from '../../shared/errors.ts';
import type { FromEngine, Reply } from '../../shared/wire.ts';

export type MethodName = keyof WindowMethods;

export class Connection {
  readonly #port: MessagePort;
  readonly #waiting = new Map<number, (reply: Reply) => void>();
  readonly #abandon = new Set<() => void>();
  #listener: (note: Notification) => void = () => undefined;
  #last = 0;
  #open = true;

  constructor(port: MessagePort) {
    this.#port = port;
    port.addEventListener('message', ({ data }: MessageEvent<FromEngine>) => {
      if ('notify' in data) this.#listener(data);
      else this.#waiting.get(data.id)?.(data);
    });
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
      const abandon = (): void => reject(new MailboxError('ENGINE_ENDED'));
      this.#abandon.add(abandon);
      this.#waiting.set(id, ({ answer }) => {
        this.#waiting.delete(id);
        this.#abandon.delete(abandon);
        try {
          resolve(fromAnswer(answer) as Result<WindowMethods, Name>);
        } catch (error) {
          reject(error);
        }
      });
      this.#port.postMessage({ id, method, params });
    });
  }

  /** The engine is gone, or no longer wanted. */
  close(): void {
    this.#open = false;
    this.#port.close();
    for (const abandon of this.#abandon) abandon();
    this.#abandon.clear();
    this.#waiting.clear();
  }
}

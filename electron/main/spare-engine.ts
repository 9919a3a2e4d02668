/** An engine started before it is needed, so that opening an archive need not wait for a process to start. */

import type { Engine } from '../engine/launch.ts';

/** An engine is made ready for the first archive when the window has been there for so long. */
const QUIET_MS = 500;

export class SpareEngine {
  readonly #make: () => Engine;
  #spare: Engine | null = null;
  #quiet: NodeJS.Timeout | null = null;
  #ending = false;

  /** @param make an engine, not started yet */
  constructor(make: () => Engine) {
    this.#make = make;
  }

  /** Makes one ready now: an archive is about to be opened, or to be chosen. */
  prepare(): void {
    if (this.#spare || this.#ending) return;
    const spare = this.#make();
    spare.prepare();
    this.#spare = spare;
    void spare.ended.then(() => {
      if (this.#spare === spare) this.#spare = null;
    });
  }

  /** Makes one ready once the window has come to rest, if it is wanted by then. */
  prepareAtRest(isWanted: () => boolean): void {
    if (this.#quiet) clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => {
      if (isWanted()) this.prepare();
    }, QUIET_MS);
  }

  /** The one that is ready, or else a new one. */
  take(): Engine {
    return this.#takeReady() ?? this.#make();
  }

  /** None is made ready any more. */
  end(): void {
    this.#ending = true;
    if (this.#quiet) clearTimeout(this.#quiet);
    this.#takeReady()?.discard();
  }

  #takeReady(): Engine | null {
    const spare = this.#spare;
    this.#spare = null;
    return spare?.alive ? spare : null;
  }
}

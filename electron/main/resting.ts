/**
 * Engines whose archive no window shows are asked to end when that has been so for a while. Whether one
 * does, it decides itself: never with messages marked, or work under way.
 */

import type { Engine } from '../engine/launch.ts';

export class Resting {
  readonly #afterMs: number;
  readonly #timers = new Map<Engine, NodeJS.Timeout>();

  /** @param afterMs for so long no window has shown the archive */
  constructor(afterMs: number) {
    this.#afterMs = afterMs;
  }

  /** Called whenever it may have changed which archives are shown. */
  follow(engine: Engine, shown: 'shown' | 'hidden'): void {
    const timer = this.#timers.get(engine);
    if (shown === 'shown' || !engine.alive) {
      clearTimeout(timer);
      this.#timers.delete(engine);
    } else if (!timer) {
      // Asked again and again: what was in the way may be gone the next time.
      this.#timers.set(engine, setInterval(() => engine.rest(), this.#afterMs).unref());
      void engine.ended.then(() => this.follow(engine, 'shown'));
    }
  }
}

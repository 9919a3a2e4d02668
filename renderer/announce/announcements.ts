/**
 * What a person hears who does not see the window: what a deletion came to, how many messages were
 * found, how far long work is. Each once, politely; what is urgent is an alert and not said here.
 */

import { Observable } from '../engine/observable.ts';

export interface Announced {
  readonly serial: number;
  readonly text: string;
}

/** What was said before stays in the page a little, so that several things at once are all read. */
const KEPT_MAX = 4;

const state = new Observable<{ readonly said: readonly Announced[] }>({ said: [] });
let serial = 0;

export const announcements = { subscribe: state.subscribe, snapshot: state.snapshot };

/** Says something after what is being read. */
export function announce(text: string): void {
  if (text === '') return;
  serial += 1;
  state.set({ said: [...state.snapshot().said, { serial, text }].slice(-KEPT_MAX) });
}

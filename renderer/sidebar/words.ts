/** What an archive is, in words. */

import { say } from '../../shared/language/say.ts';
import type { LockState, Status } from '../../shared/status.ts';
import { engineText } from '../language/engine-text.ts';

/** How far what is shown is to be believed (I9). */
export function stateInWords({ state, packed, envelopes, messages }: Status): string {
  // Lists are sorted, filtered and counted by envelopes: before the last of them they are not whole.
  if (state === 'ready' && envelopes < messages) return say('state.scanning');
  return say(state === 'ready' && packed?.incomplete ? 'state.partial' : `state.${state}`);
}

export function lockInWords({ state, why }: LockState): string {
  const said = say(`lock.${state}`);
  return why ? say('lock.why', { state: said, why: engineText(why) }) : said;
}

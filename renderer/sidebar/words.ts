/** What an archive is, in words. */

import { say } from '../../shared/language/say.ts';
import type { LockState, Status } from '../../shared/status.ts';
import { engineText } from '../language/engine-text.ts';

/** How far the table of contents is to be believed (I9). */
export function stateInWords({ state, packed }: Status): string {
  return say(state === 'ready' && packed?.incomplete ? 'state.partial' : `state.${state}`);
}

export function lockInWords({ state, why }: LockState): string {
  const said = say(`lock.${state}`);
  return why ? say('lock.why', { state: said, why: engineText(why) }) : said;
}

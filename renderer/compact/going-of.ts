/** What a compaction would take away, as far as it is known. */

import type { Status } from '../../shared/status.ts';
import type { Amount } from '../../shared/units.ts';

export interface GoingAway extends Amount {
  /** Also what is flagged as deleted inside the file. */
  readonly alsoFlagged: boolean;
  /** False while there may be more: which messages are flagged, their envelopes tell. */
  readonly isKnown: boolean;
}

/** @param withFlagged null before a person has chosen: then it goes only where there is nothing else to do */
export function goingOf(
  {
    marked,
    flagged,
    envelopes,
    messages,
  }: Pick<Status, 'marked' | 'flagged' | 'envelopes' | 'messages'>,
  withFlagged: boolean | null,
): GoingAway {
  const alsoFlagged = flagged.messages > 0 && (withFlagged ?? marked.messages === 0);
  return {
    alsoFlagged,
    messages: marked.messages + (alsoFlagged ? flagged.messages : 0),
    bytes: marked.bytes + (alsoFlagged ? flagged.bytes : 0),
    isKnown: !alsoFlagged || envelopes >= messages,
  };
}

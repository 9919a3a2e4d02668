/**
 * Under which names a text of an envelope groups messages: a sender under the address, whatever the name
 * beside it; a mailing list; each of the labels. Imports how these texts are kept.
 */

import { shownOf } from './correspondents.ts';
import { labelsOf } from './lists-and-labels.ts';
import type { GroupingName } from '../../shared/overview-contract.ts';

/** Which column of the envelopes holds the text. */
export const GROUPED_COLUMNS = { sender: 'from', list: 'list', label: 'labels' } as const;

/** The names, none for a message that is in no such group. @param kept as envelopes keep it */
export function groupKeys(by: GroupingName, kept: string): readonly string[] {
  switch (by) {
    case 'sender':
      return [addressIn(kept)];
    case 'list':
      return kept === '' ? [] : [kept];
    case 'label':
      return labelsOf(kept);
  }
}

/** What a person calls the group of that name. @param kept a text that is in it */
export function groupLabel(by: GroupingName, name: string, kept: string): string {
  return by === 'sender' ? shownOf(kept) : name;
}

/** The first address of a kept From field; what is shown, if it has none besides. */
function addressIn(kept: string): string {
  const shown = shownOf(kept);
  const address = kept.slice(shown.length + 1).split(', ', 1)[0] ?? '';
  return (address || shown).toLowerCase();
}

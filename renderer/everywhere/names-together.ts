/** What several archives can tell by name, as if they were one: for the search over all. */

import { ATTACHMENT_KINDS } from '../../shared/attachment-kinds.ts';
import type { Group } from '../../shared/overview-contract.ts';
import type { KnownNames } from '../search/completions.ts';

/**
 * Archives that are not open are searched, too, and tell nothing before: all kinds of attachments are
 * named. What an archive does not tell (its engine has just ended) is left out.
 */
export function namesTogether(archives: readonly KnownNames[]): KnownNames {
  return {
    groups: async (by, filter) => together(await toldBy(archives, (one) => one.groups(by, filter))),
    attachmentKinds: async () => ATTACHMENT_KINDS,
    years: async () => {
      const years = await toldBy(archives, (one) => one.years());
      return [...new Set(years)].sort((one, other) => other - one);
    },
  };
}

/** What those tell that answer. */
async function toldBy<Told>(
  archives: readonly KnownNames[],
  ask: (one: KnownNames) => Promise<readonly Told[]>,
): Promise<readonly Told[]> {
  const told = await Promise.allSettled(archives.map(ask));
  return told.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
}

/** Each name once, with all that has it, most messages first. */
function together(groups: readonly Group[]): readonly Group[] {
  const byText = new Map<string, Group>();
  for (const group of groups) {
    const known = byText.get(group.text);
    byText.set(group.text, known ? both(known, group) : group);
  }
  return [...byText.values()].sort((one, other) => other.messages - one.messages);
}

/** Called as it is called where more messages have it. */
function both(one: Group, other: Group): Group {
  const { text, label } = one.messages >= other.messages ? one : other;
  const bytes = one.bytes + other.bytes;
  return { text, label, messages: one.messages + other.messages, bytes };
}

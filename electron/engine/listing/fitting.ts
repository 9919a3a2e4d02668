/** Which messages belong into a list, its query aside: those of its view, as far as it is narrowed. */

import type { Envelopes } from '../../catalog/envelopes.ts';
import type { Arrangement, ViewName } from '../../../shared/row.ts';
import type { MessageNumber } from '../../../shared/units.ts';
import { TextBits } from '../../catalog/text-bits.ts';
import { DELETED, DRAFT, READ, STARRED } from '../../message/flags.ts';
import { CHAT_LABEL, DRAFT_LABEL, labelBits } from '../../message/system-labels.ts';
import { dependsOnOthers, type Narrowable, narrowingTest } from './narrowing.ts';

export interface Fittable extends Narrowable {
  readonly envelopes: Envelopes;
  isMarked(number: MessageNumber): boolean;
}

export type Test = (number: MessageNumber) => boolean;

/** Whether a message belongs into a list; null if every one does. Good until the envelopes change. */
export function testOf({ view, narrowed }: Arrangement, messages: Fittable): Test | null {
  const inView = viewTest(view, messages);
  const narrow = narrowingTest(narrowed, messages);
  if (!inView || !narrow) return inView ?? narrow;
  return (number) => inView(number) && narrow(number);
}

/** True if whether a message belongs into a list can change without the message. */
export const isVolatile = ({ view, narrowed }: Arrangement): boolean =>
  view === 'marked' || dependsOnOthers(narrowed);

/** Whether the labels of a message say this of it. */
function labelTest({ stored }: Envelopes, bit: number): Test {
  const { labels, people } = stored;
  const bits = new TextBits(people, labelBits);
  return (number) => (bits.of(labels[number] ?? 0) & bit) !== 0;
}

function viewTest(view: ViewName, { envelopes, isMarked }: Fittable): Test | null {
  switch (view) {
    case 'all':
      return null;
    case 'attachments':
      return (number) => envelopes.attachment(number);
    case 'unread':
      return (number) => envelopes.has(number) && (envelopes.flags(number) & READ) === 0;
    case 'starred':
      return (number) => (envelopes.flags(number) & STARRED) !== 0;
    case 'drafts': {
      const isLabelled = labelTest(envelopes, DRAFT_LABEL);
      return (number) => (envelopes.flags(number) & DRAFT) !== 0 || isLabelled(number);
    }
    case 'chats':
      return labelTest(envelopes, CHAT_LABEL);
    case 'deleted':
      return (number) => (envelopes.flags(number) & DELETED) !== 0;
    case 'marked':
      return isMarked;
  }
}

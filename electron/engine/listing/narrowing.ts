/** Which messages a narrowed list has: the test of each `Narrowing`. Imports the catalog's columns. */

import type { Envelopes } from '../../catalog/envelopes.ts';
import { GROUPED_COLUMNS, groupKeys } from '../../message/group-keys.ts';
import { kindBit } from '../../message/attachment-kind.ts';
import type { Narrowing } from '../../../shared/narrowing.ts';
import type { GroupingName } from '../../../shared/overview-contract.ts';
import { HOURS, LocalClock } from './local-clock.ts';

/** What a message is among others that are the same. */
export type Copy = 'single' | 'kept' | 'other';

export interface Narrowable {
  readonly envelopes: Envelopes;
  copyOf(number: number): Copy;
}

export type NumberTest = (number: number) => boolean;

/** Whether a message fits all of them; null if every one does. Good until the envelopes change. */
export function narrowingTest(
  narrowed: readonly Narrowing[] | undefined,
  messages: Narrowable,
): NumberTest | null {
  const tests = (narrowed ?? []).map((one) => testOf(one, messages));
  const [first] = tests;
  if (!first) return null;
  return tests.length === 1 ? first : (number) => tests.every((test) => test(number));
}

/** True if whether a message fits depends on more than itself and what came with it. */
export const dependsOnOthers = (narrowed: readonly Narrowing[] | undefined): boolean =>
  narrowed?.some(({ by }) => by === 'duplicates') ?? false;

function testOf(narrowing: Narrowing, { envelopes, copyOf }: Narrowable): NumberTest {
  const { dates, kinds } = envelopes.stored;
  switch (narrowing.by) {
    case 'sender':
    case 'list':
    case 'label':
      return groupTest(narrowing.by, narrowing.text, envelopes);
    case 'dates': {
      const { from, to } = narrowing;
      return (number) => {
        const date = dates[number] ?? Number.NaN;
        return date >= from && date < to && envelopes.has(number);
      };
    }
    case 'undated':
      return (number) => envelopes.has(number) && Number.isNaN(dates[number] ?? Number.NaN);
    case 'times': {
      const { weekday, hour } = narrowing;
      const clock = new LocalClock();
      return (number) => {
        const date = dates[number] ?? Number.NaN;
        if (Number.isNaN(date) || !envelopes.has(number)) return false;
        const shown = clock.hourOfWeek(date);
        return (
          (weekday === null || Math.floor(shown / HOURS) === weekday) &&
          (hour === null || shown % HOURS === hour)
        );
      };
    }
    case 'attachments': {
      const bit = kindBit(narrowing.kind);
      return (number) => ((kinds[number] ?? 0) & bit) !== 0;
    }
    case 'duplicates': {
      const { which } = narrowing;
      return (number) =>
        copyOf(number) === 'other' || (which === 'all' && copyOf(number) === 'kept');
    }
  }
}

/** Whether a message is in a group; each text is looked at once, when the first message has it. */
function groupTest(by: GroupingName, name: string, envelopes: Envelopes): NumberTest {
  const { people, ...columns } = envelopes.stored;
  const column = columns[GROUPED_COLUMNS[by]];
  const known = new Uint8Array(people.count);
  const isIn = (text: number): boolean => groupKeys(by, people.text(text)).includes(name);
  return (number) => {
    const text = column[number] ?? 0;
    if (!known[text]) known[text] = isIn(text) ? IN : OUT;
    return known[text] === IN && envelopes.has(number);
  };
}

const IN = 1;
const OUT = 2;

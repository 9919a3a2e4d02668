/** How much a list holds: what a compaction would free if all of it were deleted. */

import { inStretches, inTurns, type Steps } from '../../../shared/steps.ts';
import type { Result, WindowMethods } from '../../../shared/contract.ts';
import { type Amount, type MessageNumber, messageNumber } from '../../../shared/units.ts';
import type { View } from './view.ts';

export interface ListAmountSource {
  readonly count: number;
  bytesOf(number: MessageNumber): number;
  /** Every message that is marked for deletion. */
  marked(): Iterable<MessageNumber>;
}

/** So many marked messages are a step: each is looked up by its key. */
const STEP_KEYS = 1 << 12;

type Amounts = Pick<Result<WindowMethods, 'listAmount'>, 'all' | 'marked'>;

/** All messages of a view's list, and those of them that are marked: of one list, whatever comes meanwhile. */
export async function listAmount(
  view: View,
  source: ListAmountSource,
): Promise<Result<WindowMethods, 'listAmount'>> {
  for (;;) {
    const { generation } = view.state;
    const steps = amounts(view.listedNumbers, source);
    const made = await inTurns(steps, () => view.stillMeans(generation));
    if (made && view.stillMeans(generation)) return { generation, ...made.value };
  }
}

/** @param numbers of the messages listed; null for all */
function* amounts(numbers: Uint32Array | null, source: ListAmountSource): Steps<Amounts> {
  const { count } = source;
  const isListed = new Uint8Array(count);
  const all = { messages: numbers?.length ?? count, bytes: 0 };
  yield* inStretches(0, all.messages, (from, to) => {
    for (let row = from; row < to; row++) {
      const number = numbers?.[row] ?? row;
      isListed[number] = 1;
      all.bytes += source.bytesOf(messageNumber(number));
    }
  });
  return { all, marked: yield* markedOf(isListed, source) };
}

function* markedOf(isListed: Uint8Array, source: ListAmountSource): Steps<Amount> {
  const marked = { messages: 0, bytes: 0 };
  let looked = 0;
  for (const number of source.marked()) {
    looked += 1;
    if (looked % STEP_KEYS === 0) yield;
    if (isListed[number] !== 1) continue;
    marked.messages += 1;
    marked.bytes += source.bytesOf(number);
  }
  return marked;
}

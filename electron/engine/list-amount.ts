/** How much a list holds: what a compaction would free if all of it were deleted. */

import type { Result, WindowMethods } from '../../shared/contract.ts';
import type { Amount, MessageNumber } from '../../shared/units.ts';
import type { View } from './view.ts';

export interface ListAmountSource {
  readonly count: number;
  bytesOf(number: MessageNumber): number;
  /** Every message that is marked for deletion. */
  marked(): readonly MessageNumber[];
}

/** All messages of a view's list, and those of them that are marked. */
export function listAmount(
  view: View,
  source: ListAmountSource,
): Result<WindowMethods, 'listAmount'> {
  const isListed = new Uint8Array(source.count);
  const listed = view.listed();
  for (const number of listed) isListed[number] = 1;
  const marked = source.marked().filter((number) => isListed[number] === 1);
  return {
    generation: view.state.generation,
    all: amountOf(listed, source),
    marked: amountOf(marked, source),
  };
}

function amountOf(numbers: readonly MessageNumber[], source: ListAmountSource): Amount {
  let bytes = 0;
  for (const number of numbers) bytes += source.bytesOf(number);
  return { messages: numbers.length, bytes };
}

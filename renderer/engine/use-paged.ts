/** Paged lists in components. */

import { useEffect, useSyncExternalStore } from 'react';
import type { Paged, PagedState } from './paged.ts';

/**
 * The first items of a list, fetched again whenever `changes` is another number.
 * @param count so many of them are wanted, at most
 */
export function useFirst<Item>(
  paged: Paged<Item>,
  count: number,
  changes: number,
): readonly Item[] {
  const { total } = usePaged(paged);
  // biome-ignore lint/correctness/useExhaustiveDependencies: fetched again with every change
  useEffect(() => {
    paged.show(0, count - 1);
    paged.refresh();
  }, [paged, count, changes]);
  const items: Item[] = [];
  for (let index = 0; index < Math.min(count, total ?? 0); index++) {
    const item = paged.at(index);
    if (item !== undefined) items.push(item);
  }
  return items;
}

export function usePaged<Item>(paged: Paged<Item>): PagedState {
  return useSyncExternalStore(paged.subscribe, paged.snapshot);
}

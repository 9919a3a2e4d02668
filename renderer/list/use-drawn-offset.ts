/** Connects `drawn-offset.ts` to the rows of a list. */

import { useEffect, useMemo, useReducer } from 'react';
import type { ArchiveStore } from '../engine/archive-store.ts';
import { DrawnOffset, WAIT_MS } from './drawn-offset.ts';
import { offsetMax, type Viewport, visibleRows } from './visible-rows.ts';

interface Offsets {
  readonly drawn: number;
  /** Whose rows are to be fetched. */
  readonly awaited: number;
}

/** The offset to draw, for one that is wanted. */
export function useDrawnOffset(store: ArchiveStore, wanted: number, viewport: Viewport): Offsets {
  const { rowPixels } = viewport;
  // Rows of another height begin anew: what is drawn is in pixels of one height.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a beginning, and a height
  const drawing = useMemo(() => new DrawnOffset(wanted), [rowPixels]);
  const [, look] = useReducer((looks: number) => looks + 1, 0);
  const isReady = (offset: number): boolean => {
    const { firstOnScreen, lastOnScreen } = visibleRows(offset, viewport);
    for (let row = firstOnScreen; row <= lastOnScreen; row++) if (!store.row(row)) return false;
    return true;
  };
  const drawn = drawing.at(wanted, isReady, performance.now(), offsetMax(viewport));
  const isLate = drawn !== wanted;
  useEffect(() => {
    if (!isLate) return undefined;
    const timer = setInterval(look, WAIT_MS);
    return () => clearInterval(timer);
  }, [isLate]);
  return { drawn, awaited: drawing.awaited(wanted) };
}

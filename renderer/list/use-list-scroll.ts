/** Connects the arithmetic of `visible-rows.ts` to a scrolling element. */

import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import {
  clampOffset,
  listPixels,
  offsetOf,
  offsetShowing,
  ROW_PIXELS,
  SCROLL_PIXELS_MAX,
  scrollTopOf,
  type Viewport,
} from './visible-rows.ts';

const LINE_PIXELS = ROW_PIXELS;

export interface ListScroll {
  readonly offset: number;
  readonly viewport: Viewport;
  /** Scrolls as little as needed for a row to be wholly on screen. */
  readonly reveal: (row: number) => void;
  /** Moves the list by so many rows, because so many came or went above. */
  readonly shiftBy: (rows: number) => void;
}

/** @param element the scrolling element @param rows how many rows the list has */
export function useListScroll(element: RefObject<HTMLElement | null>, rows: number): ListScroll {
  const [height, setHeight] = useState(0);
  const [offset, setOffset] = useState(0);
  const exact = useRef(0);
  const viewport: Viewport = { rows, height };
  const latest = useRef(viewport);
  latest.current = viewport;

  const moveTo = useCallback(
    (wanted: number): void => {
      const to = clampOffset(wanted, latest.current);
      exact.current = to;
      setOffset(to);
      const scroller = element.current;
      if (!scroller) return;
      const scrollTop = Math.round(scrollTopOf(to, latest.current));
      if (Math.abs(scroller.scrollTop - scrollTop) >= 1) scroller.scrollTop = scrollTop;
    },
    [element],
  );

  useLayoutEffect(() => {
    const scroller = element.current;
    if (!scroller) return;
    const observer = new ResizeObserver(() => setHeight(scroller.clientHeight));
    observer.observe(scroller);
    setHeight(scroller.clientHeight);
    return () => observer.disconnect();
  }, [element]);

  // The list became shorter, or the window higher: stay within bounds.
  // biome-ignore lint/correctness/useExhaustiveDependencies: bounds depend on both
  useLayoutEffect(() => moveTo(exact.current), [rows, height, moveTo]);

  useEffect(() => {
    const scroller = element.current;
    if (!scroller) return;
    const scrolled = (): void => {
      // Our own writes come back rounded; only a hand on the scroll bar moves the list.
      const own = Math.round(scrollTopOf(exact.current, latest.current));
      if (Math.abs(scroller.scrollTop - own) < 1) return;
      const to = offsetOf(scroller.scrollTop, latest.current);
      exact.current = to;
      setOffset(to);
    };
    const wheeled = (event: WheelEvent): void => {
      if (listPixels(latest.current.rows) <= SCROLL_PIXELS_MAX || event.ctrlKey) return;
      event.preventDefault();
      const unit = [1, LINE_PIXELS, latest.current.height][event.deltaMode] ?? 1;
      moveTo(exact.current + event.deltaY * unit);
    };
    scroller.addEventListener('scroll', scrolled, { passive: true });
    scroller.addEventListener('wheel', wheeled, { passive: false });
    return () => {
      scroller.removeEventListener('scroll', scrolled);
      scroller.removeEventListener('wheel', wheeled);
    };
  }, [element, moveTo]);

  const reveal = useCallback(
    (row: number): void => {
      // Measured now: a list that has just come does not know its height yet.
      const { clientHeight = 0 } = element.current ?? {};
      const now = { ...latest.current, height: clientHeight };
      moveTo(offsetShowing(row, exact.current, now));
    },
    [element, moveTo],
  );
  const shiftBy = useCallback((by: number) => moveTo(exact.current + by * ROW_PIXELS), [moveTo]);
  return { offset: clampOffset(offset, viewport), viewport, reveal, shiftBy };
}

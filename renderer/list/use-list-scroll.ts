/** Connects the arithmetic of `visible-rows.ts` to a scrolling element. */

import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import {
  clampOffset,
  listPixels,
  offsetAmong,
  offsetOf,
  offsetShowing,
  SCROLL_PIXELS_MAX,
  scrollTopOf,
  type Place,
  type Viewport,
} from './visible-rows.ts';

export interface ListScroll {
  readonly offset: number;
  readonly viewport: Viewport;
  /** Scrolls as little as needed for a row to be wholly on screen. */
  readonly reveal: (row: number) => void;
  /** Moves the list by so many rows, because so many came or went above. */
  readonly shiftBy: (rows: number) => void;
}

/** @param element the scrolling element @param rows how many rows the list has, @param rowPixels each so high */
export function useListScroll(
  element: RefObject<HTMLElement | null>,
  rows: number,
  rowPixels: number,
): ListScroll {
  const [height, setHeight] = useState(0);
  const [place, setPlace] = useState<Place>({ offset: 0, rowPixels });
  const exact = useRef(place);
  const viewport: Viewport = { rows, height, rowPixels };
  const latest = useRef(viewport);
  latest.current = viewport;

  const offsetNow = useCallback(() => offsetAmong(latest.current.rowPixels, exact.current), []);
  const stand = useCallback((offset: number): void => {
    const before = exact.current;
    const { rowPixels } = latest.current;
    if (before.offset === offset && before.rowPixels === rowPixels) return;
    exact.current = { offset, rowPixels };
    setPlace(exact.current);
  }, []);
  const moveTo = useCallback(
    (wanted: number): void => {
      const to = clampOffset(wanted, latest.current);
      stand(to);
      const scroller = element.current;
      if (!scroller) return;
      const scrollTop = Math.round(scrollTopOf(to, latest.current));
      if (Math.abs(scroller.scrollTop - scrollTop) >= 1) scroller.scrollTop = scrollTop;
    },
    [element, stand],
  );

  useLayoutEffect(() => {
    const scroller = element.current;
    if (!scroller) return;
    const observer = new ResizeObserver(() => setHeight(scroller.clientHeight));
    observer.observe(scroller);
    setHeight(scroller.clientHeight);
    return () => observer.disconnect();
  }, [element]);

  // The list became shorter, the window higher, or each row: stay at that row, and within bounds.
  // biome-ignore lint/correctness/useExhaustiveDependencies: bounds depend on all three
  useLayoutEffect(() => moveTo(offsetNow()), [rows, height, rowPixels, moveTo, offsetNow]);

  useEffect(() => {
    const scroller = element.current;
    if (!scroller) return;
    const scrolled = (): void => {
      // Our own writes come back rounded; only a hand on the scroll bar moves the list.
      const own = Math.round(scrollTopOf(offsetNow(), latest.current));
      if (Math.abs(scroller.scrollTop - own) < 1) return;
      stand(offsetOf(scroller.scrollTop, latest.current));
    };
    const wheeled = (event: WheelEvent): void => {
      if (listPixels(latest.current) <= SCROLL_PIXELS_MAX || event.ctrlKey) return;
      event.preventDefault();
      const unit = [1, latest.current.rowPixels, latest.current.height][event.deltaMode] ?? 1;
      moveTo(offsetNow() + event.deltaY * unit);
    };
    scroller.addEventListener('scroll', scrolled, { passive: true });
    scroller.addEventListener('wheel', wheeled, { passive: false });
    return () => {
      scroller.removeEventListener('scroll', scrolled);
      scroller.removeEventListener('wheel', wheeled);
    };
  }, [element, moveTo, offsetNow, stand]);

  const reveal = useCallback(
    (row: number): void => {
      // Measured now: a list that has just come does not know its height yet.
      const { clientHeight = 0 } = element.current ?? {};
      const now = { ...latest.current, height: clientHeight };
      moveTo(offsetShowing(row, offsetNow(), now));
    },
    [element, moveTo, offsetNow],
  );
  const shiftBy = useCallback(
    (by: number) => moveTo(offsetNow() + by * latest.current.rowPixels),
    [moveTo, offsetNow],
  );
  const offset = clampOffset(offsetAmong(rowPixels, place), viewport);
  return { offset, viewport, reveal, shiftBy };
}

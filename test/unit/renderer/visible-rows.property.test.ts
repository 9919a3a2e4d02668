/**
 * The list is exact to its last row, for any number of rows up to ten million: every row can be
 * reached, rows meet, and the scroll bar and the offset agree.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  drawnMax,
  offsetAmong,
  offsetMax,
  offsetOf,
  offsetShowing,
  ROW_PIXELS,
  SCROLL_PIXELS_MAX,
  scrollPixels,
  scrollTopOf,
  visibleRows,
} from '../../../renderer/list/visible-rows.ts';

const list = fc.record({
  rows: fc.integer({ min: 1, max: 10_000_000 }),
  height: fc.integer({ min: 100, max: 2000 }),
  rowPixels: fc.constantFrom(...Object.values(ROW_PIXELS)),
});
const share = fc.double({ min: 0, max: 1, noNaN: true });

describe('a list of up to ten million rows', () => {
  it('can show every row, wholly, wherever it was before', () => {
    fc.assert(
      fc.property(list, share, share, (viewport, at, before) => {
        const row = Math.floor(at * (viewport.rows - 1));
        const offset = offsetShowing(row, Math.round(before * offsetMax(viewport)), viewport);
        const { first, last, top } = visibleRows(offset, viewport);
        expect(row).toBeGreaterThanOrEqual(first);
        expect(row).toBeLessThanOrEqual(last);
        const y = top + (row - first) * viewport.rowPixels;
        expect(y).toBeGreaterThanOrEqual(0);
        if (viewport.rows * viewport.rowPixels > viewport.height) {
          expect(y + viewport.rowPixels).toBeLessThanOrEqual(viewport.height);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('never draws more rows at the same time than there are elements for', () => {
    fc.assert(
      fc.property(list, share, (viewport, at) => {
        const { first, last } = visibleRows(Math.round(at * offsetMax(viewport)), viewport);
        expect(last - first + 1).toBeLessThanOrEqual(drawnMax(viewport));
      }),
    );
  });

  it('ends with its last row at the end of the scroll bar', () => {
    fc.assert(
      fc.property(list, (viewport) => {
        const end = Math.max(0, scrollPixels(viewport) - viewport.height);
        const { last, lastOnScreen } = visibleRows(offsetOf(end, viewport), viewport);
        expect(lastOnScreen).toBe(viewport.rows - 1);
        expect(last).toBe(viewport.rows - 1);
      }),
    );
  });

  it('has a scroll bar that says where it is, in a range that layout can bear', () => {
    fc.assert(
      fc.property(list, share, share, (viewport, one, other) => {
        const [low = 0, high = 0] = [one, other]
          .map((at) => Math.round(at * offsetMax(viewport)))
          .sort((a, b) => a - b);
        expect(scrollTopOf(low, viewport)).toBeLessThanOrEqual(scrollTopOf(high, viewport));
        expect(scrollPixels(viewport)).toBeLessThanOrEqual(SCROLL_PIXELS_MAX);
        const pixel = offsetMax(viewport) / Math.max(1, scrollPixels(viewport) - viewport.height);
        const back = offsetOf(scrollTopOf(low, viewport), viewport);
        expect(Math.abs(back - low)).toBeLessThanOrEqual(Math.max(1, pixel));
      }),
    );
  });

  it('has the same row first on the screen when rows become lower or higher, and back exactly', () => {
    fc.assert(
      fc.property(list, share, fc.constantFrom(...Object.values(ROW_PIXELS)), (before, at, to) => {
        const first = Math.floor(at * (before.rows - 1));
        const place = { offset: first * before.rowPixels, rowPixels: before.rowPixels };
        const offset = offsetAmong(to, place);
        expect(visibleRows(offset, { ...before, rowPixels: to }).firstOnScreen).toBe(first);
        const back = offsetAmong(before.rowPixels, { offset, rowPixels: to });
        expect(back).toBe(place.offset);
      }),
    );
  });
});

/**
 * The arithmetic of the list: which rows are on screen, and where, for any number of rows.
 *
 * Rows have equal heights, so a row is a division. A browser's layout breaks long before ten
 * million rows (elements end at some 33 million pixels, and positions lose their last bits from 16
 * million on), so the scroll range is capped: below the cap the scroll bar's position is the offset
 * itself; above it the two are proportional, and the exact offset is kept here, in list pixels.
 */

import type { Preferences } from '../../shared/preferences.ts';

/** How high a row is; what can be pressed in it is 24 pixels high. */
export const ROW_PIXELS = { comfortable: 32, compact: 26 } as const satisfies Record<
  Preferences['density'],
  number
>;
/** Layout is exact, and every engine goes along, up to here. */
export const SCROLL_PIXELS_MAX = 8_000_000;
/** So many rows above and below the screen are drawn as well. */
const MARGIN_ROWS = 6;

export interface Viewport {
  readonly rows: number;
  readonly height: number;
  /** How high each row is, in list pixels. */
  readonly rowPixels: number;
}

export interface VisibleRows {
  /** First and last drawn row; `last` is -1 if there are none. */
  readonly first: number;
  readonly last: number;
  /** First and last row of which a part is on screen. */
  readonly firstOnScreen: number;
  readonly lastOnScreen: number;
  /** Where the first drawn row lies above (negative) or below the top of the screen, in pixels. */
  readonly top: number;
}

/** What the height of a list depends on. */
type Rows = Pick<Viewport, 'rows' | 'rowPixels'>;

/** Height of the whole list, in list pixels. */
export const listPixels = ({ rows, rowPixels }: Rows): number => rows * rowPixels;

/** Height of the element that makes the scroll bar. */
export const scrollPixels = (list: Rows): number => Math.min(listPixels(list), SCROLL_PIXELS_MAX);

/** The farthest the list can be scrolled, in list pixels. */
export const offsetMax = (viewport: Viewport): number =>
  Math.max(0, listPixels(viewport) - viewport.height);

/** An offset within its bounds, and whole. */
export function clampOffset(offset: number, viewport: Viewport): number {
  return Math.round(Math.max(0, Math.min(offset, offsetMax(viewport))));
}

/** The offset that a scroll bar's position stands for. */
export function offsetOf(scrollTop: number, viewport: Viewport): number {
  const range = scrollPixels(viewport) - viewport.height;
  if (range <= 0) return 0;
  if (listPixels(viewport) <= SCROLL_PIXELS_MAX) return clampOffset(scrollTop, viewport);
  return clampOffset((scrollTop / range) * offsetMax(viewport), viewport);
}

/** The scroll bar's position for an offset. */
export function scrollTopOf(offset: number, viewport: Viewport): number {
  const range = scrollPixels(viewport) - viewport.height;
  if (range <= 0) return 0;
  if (listPixels(viewport) <= SCROLL_PIXELS_MAX) return offset;
  return (offset / offsetMax(viewport)) * range;
}

/** Which rows to draw at an offset, and where. */
export function visibleRows(offset: number, { rows, height, rowPixels }: Viewport): VisibleRows {
  const firstOnScreen = Math.min(Math.max(0, rows - 1), Math.floor(offset / rowPixels));
  const lastOnScreen = Math.min(rows - 1, Math.ceil((offset + height) / rowPixels) - 1);
  const first = Math.max(0, firstOnScreen - MARGIN_ROWS);
  const last = Math.min(rows - 1, lastOnScreen + MARGIN_ROWS);
  return { first, last, firstOnScreen, lastOnScreen, top: first * rowPixels - offset };
}

/** So many rows are drawn at most at the same time; one more where the first and the last are seen in part. */
export const drawnMax = ({ height, rowPixels }: Viewport): number =>
  Math.ceil(height / rowPixels) + 1 + 2 * MARGIN_ROWS;

/** The offset nearest to the given one at which a row is wholly on screen. */
export function offsetShowing(row: number, offset: number, viewport: Viewport): number {
  const top = row * viewport.rowPixels;
  if (top < offset) return clampOffset(top, viewport);
  const bottom = top + viewport.rowPixels;
  if (bottom > offset + viewport.height) return clampOffset(bottom - viewport.height, viewport);
  return offset;
}

/** Where a list stands: an offset, among rows of a height. */
export interface Place {
  readonly offset: number;
  readonly rowPixels: number;
}

/** The offset of a place among rows of another height: the same row is the first on screen. */
export function offsetAmong(rowPixels: number, place: Place): number {
  return Math.round((place.offset / place.rowPixels) * rowPixels);
}

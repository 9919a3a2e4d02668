/**
 * The arithmetic of the list: which rows are on screen, and where, for any number of rows.
 *
 * Rows have equal heights, so a row is a division. A browser's layout breaks long before ten
 * million rows (elements end at some 33 million pixels, and positions lose their last bits from 16
 * million on), so the scroll range is capped: below the cap the scroll bar's position is the offset
 * itself; above it the two are proportional, and the exact offset is kept here, in list pixels.
 */

export const ROW_PIXELS = 32;
/** Layout is exact, and every engine goes along, up to here. */
export const SCROLL_PIXELS_MAX = 8_000_000;
/** So many rows above and below the screen are drawn as well. */
const MARGIN_ROWS = 6;

export interface Viewport {
  readonly rows: number;
  readonly height: number;
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

/** Height of the whole list, in list pixels. */
export const listPixels = (rows: number): number => rows * ROW_PIXELS;

/** Height of the element that makes the scroll bar. */
export const scrollPixels = (rows: number): number => Math.min(listPixels(rows), SCROLL_PIXELS_MAX);

/** The farthest the list can be scrolled, in list pixels. */
export const offsetMax = ({ rows, height }: Viewport): number =>
  Math.max(0, listPixels(rows) - height);

/** An offset within its bounds, and whole. */
export function clampOffset(offset: number, viewport: Viewport): number {
  return Math.round(Math.max(0, Math.min(offset, offsetMax(viewport))));
}

/** The offset that a scroll bar's position stands for. */
export function offsetOf(scrollTop: number, viewport: Viewport): number {
  const range = scrollPixels(viewport.rows) - viewport.height;
  if (range <= 0) return 0;
  if (listPixels(viewport.rows) <= SCROLL_PIXELS_MAX) return clampOffset(scrollTop, viewport);
  return clampOffset((scrollTop / range) * offsetMax(viewport), viewport);
}

/** The scroll bar's position for an offset. */
export function scrollTopOf(offset: number, viewport: Viewport): number {
  const range = scrollPixels(viewport.rows) - viewport.height;
  if (range <= 0) return 0;
  if (listPixels(viewport.rows) <= SCROLL_PIXELS_MAX) return offset;
  return (offset / offsetMax(viewport)) * range;
}

/** Which rows to draw at an offset, and where. */
export function visibleRows(offset: number, { rows, height }: Viewport): VisibleRows {
  const firstOnScreen = Math.min(Math.max(0, rows - 1), Math.floor(offset / ROW_PIXELS));
  const lastOnScreen = Math.min(rows - 1, Math.ceil((offset + height) / ROW_PIXELS) - 1);
  const first = Math.max(0, firstOnScreen - MARGIN_ROWS);
  const last = Math.min(rows - 1, lastOnScreen + MARGIN_ROWS);
  return { first, last, firstOnScreen, lastOnScreen, top: first * ROW_PIXELS - offset };
}

/** The offset nearest to the given one at which a row is wholly on screen. */
export function offsetShowing(row: number, offset: number, viewport: Viewport): number {
  const top = row * ROW_PIXELS;
  if (top < offset) return clampOffset(top, viewport);
  const bottom = top + ROW_PIXELS;
  if (bottom > offset + viewport.height) return clampOffset(bottom - viewport.height, viewport);
  return offset;
}

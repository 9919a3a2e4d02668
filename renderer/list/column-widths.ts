/** How wide the columns of the list are: what one gains, the subject loses, down to a least width. */

import {
  COLUMN_PIXELS_MAX,
  COLUMN_PIXELS_MIN,
  type SizedColumn,
} from '../../shared/preferences.ts';
import { type Extent, within } from '../panes/extent.ts';

/** As the subject has it in `list.css`. */
export const SUBJECT_PIXELS_MIN = 135;

/** How wide a column is and may become, beside a subject that is so wide. In CSS pixels. */
export function columnExtent(column: number, subject: number): Extent {
  const pixels = Math.round(column);
  const room = Math.max(0, Math.floor(subject) - SUBJECT_PIXELS_MIN);
  return {
    pixels,
    min: Math.min(COLUMN_PIXELS_MIN, pixels),
    max: Math.max(pixels, Math.min(COLUMN_PIXELS_MAX, pixels + room)),
  };
}

/** A width as it may be remembered: also one that was measured where there was little room. */
export const rememberedPixels = (pixels: number): number =>
  within({ pixels, min: COLUMN_PIXELS_MIN, max: COLUMN_PIXELS_MAX }, pixels);

/** Has a grid drawn with a width for a column, without any row being made anew. Null: the usual one. */
export function drawColumn(grid: HTMLElement, column: SizedColumn, pixels: number | null): void {
  const name = `--${column}-width`;
  if (pixels === null) grid.style.removeProperty(name);
  else grid.style.setProperty(name, `${pixels}px`);
}

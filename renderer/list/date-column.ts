/** How wide the column of dates is: as the longest date of the language that is spoken. */

import { formatMoment } from '../design/format.ts';
import { textPixels } from '../design/text-pixels.ts';

/** As wide as it usually is, and around its text. */
const USUAL_PIXELS = 154;
const AROUND_PIXELS = 24;
/** As `.cell` has it. */
const LETTERS = '400 13px';

/** In CSS pixels. */
export function dateColumnPixels(): number {
  const months = Array.from({ length: 12 }, (_none, month) => new Date(2000, month, 28, 22, 44));
  const dates = months.map((date) => textPixels(formatMoment(date.getTime()), LETTERS));
  return Math.max(USUAL_PIXELS, Math.ceil(Math.max(...dates)) + AROUND_PIXELS);
}

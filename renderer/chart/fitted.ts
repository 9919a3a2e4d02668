/** Names cut to the room a chart has for them, measured in the type they are drawn in. */

import { textPixels } from '../design/text-pixels.ts';

/** A text, or its beginning and an ellipsis. @param type weight and size, as in `overview.css`: `400 12.5px` */
export function fitted(text: string, pixels: number, type: string): string {
  if (textPixels(text, type) <= pixels) return text;
  const letters = [...text];
  const cut = (count: number): string => `${letters.slice(0, count).join('').trimEnd()}…`;
  let [fits, tooMany] = [1, letters.length];
  while (tooMany - fits > 1) {
    const middle = (fits + tooMany) >> 1;
    if (textPixels(cut(middle), type) <= pixels) fits = middle;
    else tooMany = middle;
  }
  return cut(fits);
}

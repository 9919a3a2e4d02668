/** Names cut to the room a chart has for them, measured in the type they are drawn in. */

let canvas: CanvasRenderingContext2D | null = null;

/** A text, or its beginning and an ellipsis. @param type weight and size, as in `overview.css`: `400 12.5px` */
export function fitted(text: string, pixels: number, type: string): string {
  canvas ??= document.createElement('canvas').getContext('2d');
  if (!canvas) return text;
  canvas.font = `${type} ${getComputedStyle(document.body).fontFamily}`;
  if (canvas.measureText(text).width <= pixels) return text;
  const letters = [...text];
  const cut = (count: number): string => `${letters.slice(0, count).join('').trimEnd()}…`;
  let [fits, tooMany] = [1, letters.length];
  while (tooMany - fits > 1) {
    const middle = (fits + tooMany) >> 1;
    if (canvas.measureText(cut(middle)).width <= pixels) fits = middle;
    else tooMany = middle;
  }
  return cut(fits);
}

/** How wide a text is when it is drawn. */

let canvas: CanvasRenderingContext2D | null = null;

/** In CSS pixels; 0 where nothing can be drawn. @param type weight and size, as a style has it: `400 12.5px` */
export function textPixels(text: string, type: string): number {
  canvas ??= document.createElement('canvas').getContext('2d');
  if (!canvas) return 0;
  canvas.font = `${type} ${getComputedStyle(document.body).fontFamily}`;
  return canvas.measureText(text).width;
}

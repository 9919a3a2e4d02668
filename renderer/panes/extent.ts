/** The arithmetic of what can be made wider and narrower: within which bounds, and by which keys. */

/** In CSS pixels. */
export interface Extent {
  readonly pixels: number;
  readonly min: number;
  readonly max: number;
}

/** The arrow keys move so far. */
export const STEP_PIXELS = 16;

/** A width within the bounds, and whole. */
export const within = ({ min, max }: Extent, pixels: number): number =>
  Math.round(Math.max(min, Math.min(max, pixels)));

/**
 * The width that a key asks for; null if it asks for none.
 * @param sign 1 if what lies further to the right is wider, -1 if it is narrower
 */
export function keyed(key: string, extent: Extent, sign: 1 | -1): number | null {
  if (key === 'ArrowLeft') return within(extent, extent.pixels - sign * STEP_PIXELS);
  if (key === 'ArrowRight') return within(extent, extent.pixels + sign * STEP_PIXELS);
  if (key === 'Home') return within(extent, extent.min);
  return key === 'End' ? within(extent, extent.max) : null;
}

/** How high the rows of lists are, as a person has chosen. */

import { useLayoutEffect } from 'react';
import { usePreferences } from '../app/use-store.ts';
import { ROW_PIXELS } from './visible-rows.ts';

/** In CSS pixels. */
export function useRowPixels(): number {
  return ROW_PIXELS[usePreferences().preferences.density];
}

/** Styles know the same number as `--row`. Once in a window. */
export function useRowStyle(): void {
  const rowPixels = useRowPixels();
  useLayoutEffect(() => {
    document.documentElement.style.setProperty('--row', `${rowPixels}px`);
  }, [rowPixels]);
}

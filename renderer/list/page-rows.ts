/** How many rows a page of the list on screen has. */

import { ROW_PIXELS } from './visible-rows.ts';

export function pageRows(): number {
  const grid = document.querySelector('[role=grid]');
  return Math.max(1, Math.floor((grid?.clientHeight ?? 400) / ROW_PIXELS) - 1);
}

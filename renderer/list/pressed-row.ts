/**
 * Which row a click means: the one that was pressed. A list may move between the two halves of a click,
 * because it is still being scrolled or because mail came: the browser then tells of a click on nothing, or
 * on an element that shows another row by now.
 */

import type { MouseEvent } from 'react';

/** A row under the pointer, and what a button in it does with what is below it; null if it was another place. */
export interface RowUnder {
  readonly row: number;
  /** Of its message; empty if that has not come yet. */
  readonly key: string;
  readonly fold: 'collapse' | 'expand' | null;
}

/** Where a button of the mouse went down. */
export interface Press {
  readonly under: RowUnder | null;
  readonly x: number;
  readonly y: number;
}

/** A hand that clicks moves the mouse no farther, in pixels. */
const STILL_PIXELS = 4;

/** What is under the pointer. */
function rowUnder({ target }: Pick<MouseEvent, 'target'>): RowUnder | null {
  const at = target as Element;
  const { row, key = '' } = at.closest<HTMLElement>('[data-row]')?.dataset ?? {};
  if (row === undefined) return null;
  const fold = at.closest<HTMLElement>('[data-fold]')?.dataset['fold'];
  return { row: Number(row), key, fold: fold === 'collapse' || fold === 'expand' ? fold : null };
}

export const pressOf = (event: MouseEvent): Press => ({
  under: rowUnder(event),
  x: event.clientX,
  y: event.clientY,
});

/** Where the message of a row is by now: mail may have come above it. Null if it is not near any more. */
export function rowNow(
  { row, key }: RowUnder,
  { first, last }: { readonly first: number; readonly last: number },
  keyOf: (row: number) => string | undefined,
): number | null {
  if (key === '' || keyOf(row) === key) return row;
  for (let at = first; at <= last; at++) if (keyOf(at) === key) return at;
  return null;
}

/**
 * What a click means. Who drags from one row to another means none.
 * @param press null if nothing was pressed: a screen reader clicks without a mouse
 * @param released what is under the pointer when the click is told
 */
export function meantBy(press: Press | null, released: Press): RowUnder | null {
  if (!press) return released.under;
  const isStill =
    Math.abs(released.x - press.x) <= STILL_PIXELS &&
    Math.abs(released.y - press.y) <= STILL_PIXELS;
  if (isStill) return press.under;
  return released.under?.key === press.under?.key ? released.under : null;
}

/** The list of messages in the page: a grid, or a treegrid where it shows threads. */

const LIST = '.grid';

const listElement = (): HTMLElement | null => document.querySelector<HTMLElement>(LIST);

/** The list that something is a part of. */
export const gridAround = (part: Element | null): HTMLElement | null =>
  part?.closest<HTMLElement>(LIST) ?? null;

/** The keyboard goes to the list. */
export function focusOnList(): void {
  listElement()?.focus();
}

/** True if keys that move in a list are meant for it, and not for what else has the keyboard. */
export function isListFocused(): boolean {
  const active = document.activeElement;
  return active === null || active === document.body || active.closest(LIST) !== null;
}

/** How many rows a page of the list on screen has. */
export function pageRows(): number {
  const list = listElement();
  const row = list?.querySelector<HTMLElement>('[data-row]');
  if (!list || !row) return 1;
  return Math.max(1, Math.floor(list.clientHeight / row.offsetHeight) - 1);
}

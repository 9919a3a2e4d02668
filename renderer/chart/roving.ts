/**
 * One stop of the tab key for all marks of a chart; arrows go from one to the next (ARIA Authoring
 * Practices, "roving tabindex").
 */

import { type KeyboardEvent, type RefObject, useState } from 'react';

export interface Roving {
  readonly active: number;
  /** What a mark needs; `data-mark` is its place. */
  readonly props: (mark: number) => {
    readonly 'data-mark': number;
    readonly tabIndex: number;
    readonly onFocus: () => void;
  };
  /** Goes on by an arrow, Home or End. @returns the mark that has the focus now; null for another key */
  readonly move: (event: KeyboardEvent) => number | null;
}

/** @param across how many marks lie side by side before the next row begins */
export function useRoving(
  element: RefObject<Element | null>,
  marks: number,
  across: number,
): Roving {
  const [wanted, setActive] = useState(0);
  const active = Math.min(wanted, Math.max(0, marks - 1));
  const move = (event: KeyboardEvent): number | null => {
    const to = destination(event.key, active, marks, across);
    if (to === null) return null;
    event.preventDefault();
    setActive(to);
    element.current?.querySelector<HTMLElement>(`[data-mark="${to}"]`)?.focus();
    return to;
  };
  const props: Roving['props'] = (mark) => ({
    'data-mark': mark,
    tabIndex: mark === active ? 0 : -1,
    onFocus: () => setActive(mark),
  });
  return { active, props, move };
}

function destination(key: string, from: number, marks: number, across: number): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: 1,
    ArrowLeft: -1,
    ArrowDown: across,
    ArrowUp: -across,
  };
  if (key === 'Home') return 0;
  if (key === 'End') return marks - 1;
  const step = steps[key];
  if (step === undefined) return null;
  const to = from + step;
  return to < 0 || to >= marks ? from : to;
}

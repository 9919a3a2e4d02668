/** Choosing a stretch of bars that lie side by side: by dragging, or by arrows with Shift and Enter. */

import { type KeyboardEvent, type PointerEvent, type RefObject, useState } from 'react';
import type { Roving } from './roving.ts';

/** The first and the last bar, in either order. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

interface Asked {
  readonly frame: RefObject<Element | null>;
  readonly roving: Roving;
  readonly bars: number;
  /** The bar under a place, in pixels from the left of the frame; any number. */
  readonly barAt: (pixels: number) => number;
  readonly onChoose: (stretch: Stretch) => void;
}

interface StretchChoice {
  /** What is being chosen. */
  readonly drawn: Stretch | null;
  readonly handlers: {
    readonly onKeyDown: (event: KeyboardEvent) => void;
    readonly onPointerDown: (event: PointerEvent) => void;
    readonly onPointerMove: (event: PointerEvent) => void;
    readonly onPointerUp: () => void;
    readonly onPointerCancel: () => void;
  };
}

/** True if a bar lies in a stretch. */
export const isWithin = (bar: number, { from, to }: Stretch): boolean =>
  bar >= Math.min(from, to) && bar <= Math.max(from, to);

export function useStretch({ frame, roving, bars, barAt, onChoose }: Asked): StretchChoice {
  const [drawn, setDrawn] = useState<Stretch | null>(null);
  const choose = (stretch: Stretch): void => {
    setDrawn(null);
    onChoose(stretch);
  };
  const under = (event: PointerEvent): number => {
    const left = frame.current?.getBoundingClientRect().left ?? 0;
    return Math.max(0, Math.min(bars - 1, barAt(event.clientX - left)));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const before = roving.active;
    if (event.key === 'Enter' || event.key === ' ') choose(drawn ?? { from: before, to: before });
    else if (event.key === 'Escape' && drawn) setDrawn(null);
    else {
      const to = roving.move(event);
      if (to !== null) setDrawn(event.shiftKey ? { from: drawn?.from ?? before, to } : null);
      return;
    }
    event.preventDefault();
  };
  return {
    drawn,
    handlers: {
      onKeyDown,
      onPointerDown: (event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        const at = under(event);
        setDrawn({ from: at, to: at });
      },
      onPointerMove: (event) => {
        if (drawn && event.buttons === 1) setDrawn({ ...drawn, to: under(event) });
      },
      onPointerUp: () => drawn && choose(drawn),
      onPointerCancel: () => setDrawn(null),
    },
  };
}

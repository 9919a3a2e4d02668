/** The line between two panes: drag it, or move it with the arrow keys. */

import { type KeyboardEvent, type PointerEvent, useRef } from 'react';

interface Props {
  readonly label: string;
  readonly pixels: number;
  readonly min: number;
  readonly max: number;
  /** Which side the sized pane is on: where lines begin, or where they end. */
  readonly side: 'start' | 'end';
  readonly onResize: (pixels: number) => void;
}

const STEP_PIXELS = 16;

export function Splitter({ label, pixels, min, max, side, onResize }: Props) {
  const start = useRef<{ readonly x: number; readonly pixels: number } | null>(null);
  const sign = (side === 'start') === (document.dir !== 'rtl') ? 1 : -1;
  const resize = (to: number): void => onResize(Math.round(Math.max(min, Math.min(max, to))));

  const dragged = (event: PointerEvent): void => {
    if (start.current) resize(start.current.pixels + sign * (event.clientX - start.current.x));
  };
  const pressed = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowLeft') resize(pixels - sign * STEP_PIXELS);
    else if (event.key === 'ArrowRight') resize(pixels + sign * STEP_PIXELS);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that can be moved is a widget
    <div
      role="separator"
      className="splitter"
      aria-label={label}
      aria-orientation="vertical"
      aria-valuenow={pixels}
      aria-valuemin={min}
      aria-valuemax={max}
      tabIndex={0}
      onKeyDown={pressed}
      onPointerDown={(event) => {
        start.current = { x: event.clientX, pixels };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={dragged}
      onPointerUp={() => {
        start.current = null;
      }}
    />
  );
}

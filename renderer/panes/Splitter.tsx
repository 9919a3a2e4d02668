/**
 * The line between two panes or columns: drag it, or move it with the arrow keys, Home and End. Enter and a
 * double click give the usual width back; Escape gives a drag up.
 */

import { type KeyboardEvent, type PointerEvent, type Ref, useRef } from 'react';
import { type Extent, keyed, within } from './extent.ts';

interface Props {
  readonly ref?: Ref<HTMLDivElement>;
  readonly label: string;
  readonly className: 'splitter' | 'column-edge';
  /** As far as it was known when this was drawn. */
  readonly extent: Extent;
  /** As it is now, if it can be another. */
  readonly measure?: () => Extent;
  /** Which side the sized one is on: where lines begin, or where they end. */
  readonly side: 'start' | 'end';
  /** While it is moved, step by step. */
  readonly onResize: (pixels: number) => void;
  /** Once it has been moved. */
  readonly onRest: (pixels: number) => void;
  readonly onUsual: () => void;
  /** It is to be as before it was dragged. */
  readonly onCancel: () => void;
}

interface Drag {
  readonly x: number;
  readonly extent: Extent;
  /** Null until the pointer has moved: a click is no width. */
  readonly to: number | null;
}

export function Splitter({ ref, label, className, extent, side, ...props }: Props) {
  const { measure = () => extent, onResize, onRest, onUsual, onCancel } = props;
  const drag = useRef<Drag | null>(null);
  const sign = (side === 'start') === (document.dir !== 'rtl') ? 1 : -1;

  const begun = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    drag.current = { x: event.clientX, extent: measure(), to: null };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const dragged = ({ clientX }: PointerEvent): void => {
    if (!drag.current || (drag.current.to === null && clientX === drag.current.x)) return;
    const { x, extent: before } = drag.current;
    const to = within(before, before.pixels + sign * (clientX - x));
    drag.current = { ...drag.current, to };
    onResize(to);
  };
  const ended = (): void => {
    const to = drag.current?.to ?? null;
    drag.current = null;
    if (to !== null) onRest(to);
  };
  /** @returns whether there was a drag to be given up */
  const cancelled = (): boolean => {
    const moved = drag.current?.to ?? null;
    drag.current = null;
    if (moved !== null) onCancel();
    return moved !== null;
  };
  const pressed = (event: KeyboardEvent): void => {
    const to = keyed(event.key, measure(), sign);
    if (to !== null) {
      onResize(to);
      onRest(to);
    } else if (event.key === 'Enter') onUsual();
    else if (event.key !== 'Escape' || !cancelled()) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that can be moved is a widget
    <div
      ref={ref}
      role="separator"
      className={className}
      aria-label={label}
      aria-orientation="vertical"
      aria-valuenow={extent.pixels}
      aria-valuemin={extent.min}
      aria-valuemax={extent.max}
      tabIndex={0}
      onKeyDown={pressed}
      onPointerDown={begun}
      onPointerMove={dragged}
      onPointerCancel={cancelled}
      onLostPointerCapture={ended}
      onDoubleClick={onUsual}
    />
  );
}

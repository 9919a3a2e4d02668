/** The line at a column of the list by which a person makes it wider or narrower. */

import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import type { SizedColumn } from '../../shared/preferences.ts';
import { say } from '../../shared/language/say.ts';
import { useAppStore, usePreferences } from '../app/use-store.ts';
import type { Extent } from '../panes/extent.ts';
import { Splitter } from '../panes/Splitter.tsx';
import { columnExtent, drawColumn, rememberedPixels } from './column-widths.ts';
import { gridAround } from './list-element.ts';

type Edge = RefObject<HTMLElement | null>;

const UNKNOWN: Extent = { pixels: 0, min: 0, max: 0 };

const headerOf = (edge: Edge, column: SizedColumn | 'subject'): Element | null =>
  gridAround(edge.current)?.querySelector(`[data-column=${column}]`) ?? null;

const headerPixels = (edge: Edge, column: SizedColumn | 'subject'): number =>
  headerOf(edge, column)?.getBoundingClientRect().width ?? 0;

const measured = (edge: Edge, column: SizedColumn): Extent =>
  columnExtent(headerPixels(edge, column), headerPixels(edge, 'subject'));

/** How wide a column is, whatever made it so. */
function useExtent(edge: Edge, column: SizedColumn): Extent {
  const [extent, setExtent] = useState(UNKNOWN);
  useLayoutEffect(() => {
    const look = (): void => {
      const now = measured(edge, column);
      setExtent((last) => (last.pixels === now.pixels && last.max === now.max ? last : now));
    };
    const observer = new ResizeObserver(look);
    for (const name of [column, 'subject'] as const) {
      const header = headerOf(edge, name);
      if (header) observer.observe(header);
    }
    look();
    return () => observer.disconnect();
  }, [edge, column]);
  return extent;
}

export function ColumnEdge({ column }: { readonly column: SizedColumn }) {
  const { preferences } = useAppStore();
  const chosen = usePreferences().panes.columns[column];
  const edge = useRef<HTMLDivElement>(null);
  const extent = useExtent(edge, column);
  const draw = (pixels: number | null): void => {
    const grid = gridAround(edge.current);
    if (grid) drawColumn(grid, column, pixels);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: it draws what is chosen, when that changes
  useLayoutEffect(() => draw(chosen), [column, chosen]);
  return (
    <Splitter
      ref={edge}
      label={say(`column.width.${column}`)}
      className="column-edge"
      extent={extent}
      measure={() => measured(edge, column)}
      side={column === 'bytes' ? 'end' : 'start'}
      onResize={draw}
      onRest={(pixels) => preferences.resizeColumns({ [column]: rememberedPixels(pixels) })}
      onCancel={() => draw(chosen)}
      onUsual={() => preferences.resizeColumns({ [column]: null })}
    />
  );
}

/**
 * The list of messages: a grid of which only the rows on screen exist. The keyboard's focus stays
 * on the grid; the current row is its active descendant. Ten million rows are as quick as ten.
 */

import {
  type CSSProperties,
  type MouseEvent,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
} from 'react';
import { useArchive } from '../app/use-store.ts';
import type { ArchiveStore } from '../engine/archive-store.ts';
import { selectedWith } from '../engine/choices.ts';
import { ColumnHeaders } from './ColumnHeaders.tsx';
import { MessageRow } from './MessageRow.tsx';
import { meantBy, type Press, pressOf, rowNow } from './pressed-row.ts';
import { useDrawnOffset } from './use-drawn-offset.ts';
import { useListScroll } from './use-list-scroll.ts';
import { useRowPixels } from './use-row-pixels.ts';
import { drawnMax, scrollPixels, visibleRows } from './visible-rows.ts';
import { say } from '../../shared/language/say.ts';
import { dateColumnPixels } from './date-column.ts';

interface Props {
  readonly store: ArchiveStore;
}

function howChosen(event: MouseEvent): 'only' | 'extend' | 'toggle' {
  if (event.shiftKey) return 'extend';
  return event.ctrlKey || event.metaKey ? 'toggle' : 'only';
}

export function MessageGrid({ store }: Props) {
  const { list, arrangement, arranging, current, pending, scroll } = useArchive(store);
  const scroller = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const press = useRef<Press | null>(null);
  const rowPixels = useRowPixels();
  const { offset, viewport, reveal, shiftBy } = useListScroll(scroller, list.rows, rowPixels);
  const { drawn, awaited } = useDrawnOffset(store, offset, viewport);
  const { firstOnScreen, lastOnScreen } = visibleRows(awaited, viewport);
  const shown = visibleRows(drawn, viewport);

  useEffect(
    () => store.show(firstOnScreen, lastOnScreen, offset),
    [store, firstOnScreen, lastOnScreen, offset],
  );
  // Before the browser paints: what is on screen stays there, without a flicker.
  useLayoutEffect(() => {
    if (scroll.to === 'row') reveal(scroll.row);
    else if (scroll.to === 'shift') shiftBy(scroll.rows);
  }, [scroll, reveal, shiftBy]);
  useEffect(() => grid.current?.focus(), []);

  // What scrolls out of sight makes room for what comes. Never fewer: in a window that becomes smaller each
  // row stays what it is, also between the two halves of a click.
  const elements = useRef(0);
  elements.current = Math.max(elements.current, drawnMax(viewport));
  const rows = [];
  for (let index = shown.first; index <= shown.last; index++) {
    const row = store.row(index);
    rows.push(
      <MessageRow
        key={index % elements.current}
        index={index}
        row={row}
        selected={selectedWith(pending, index, row?.selected ?? false)}
        current={index === current}
        top={shown.top + (index - shown.first) * rowPixels}
      />,
    );
  }
  const columns = useMemo(() => ({ '--date-column': `${dateColumnPixels()}px` }), []);
  const byThreads = arrangement.threads === 'on';
  const active = current !== null && current >= shown.first && current <= shown.last;
  return (
    <div className="grid-frame">
      {/* biome-ignore lint/a11y/useAriaPropsSupportedByRole: grid and treegrid have a name */}
      <div
        ref={grid}
        role={byThreads ? 'treegrid' : 'grid'}
        className="grid"
        style={columns as CSSProperties}
        aria-label={say('list.grid')}
        aria-busy={arranging}
        aria-rowcount={list.rows}
        aria-colcount={6}
        aria-multiselectable="true"
        aria-activedescendant={active ? `row-${current}` : undefined}
        tabIndex={0}
      >
        <ColumnHeaders arrangement={arrangement} onArrange={(change) => store.arrange(change)} />
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: keys are commands of the whole window */}
        <div
          ref={scroller}
          role="rowgroup"
          className="scroller"
          // It scrolls, so the keyboard must reach it.
          tabIndex={list.rows > 0 ? 0 : -1}
          onMouseDown={(event) => {
            press.current = pressOf(event);
          }}
          onClick={(event) => {
            const meant = meantBy(event.detail === 0 ? null : press.current, pressOf(event));
            grid.current?.focus({ preventScroll: true });
            const row = meant && rowNow(meant, shown, (at) => store.row(at)?.key);
            if (!meant || row === null) return;
            if (meant.fold && meant.key) void store.fold({ fold: meant.fold, message: meant.key });
            else store.go(row, howChosen(event));
          }}
        >
          <div className="window">{rows}</div>
          <div className="spacer" style={{ height: scrollPixels(viewport) }} />
        </div>
      </div>
    </div>
  );
}

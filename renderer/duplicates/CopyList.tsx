/** The copies that were found, group by group; only rows on screen exist. */

import { useEffect, useRef } from 'react';
import type { CopyRow } from '../../shared/duplicates-contract.ts';
import { formatMoment, formatSize } from '../design/format.ts';
import type { ArchiveStore } from '../engine/archive-store.ts';
import { usePaged } from '../engine/use-paged.ts';
import { useListScroll } from '../list/use-list-scroll.ts';
import { ROW_PIXELS, scrollPixels, visibleRows } from '../list/visible-rows.ts';
import { senderName } from '../narrow/words.ts';

export function CopyList({ store }: { readonly store: ArchiveStore }) {
  const { copies } = store.picture;
  const { total } = usePaged(copies);
  const scroller = useRef<HTMLDivElement>(null);
  const { offset, viewport } = useListScroll(scroller, total ?? 0);
  const { first, last, top } = visibleRows(offset, viewport);
  useEffect(() => copies.show(first, Math.max(first, last)), [copies, first, last]);
  const rows = [];
  for (let index = first; index <= last; index++) {
    rows.push(
      <Copy
        key={index}
        copy={copies.at(index)}
        index={index}
        top={top + (index - first) * ROW_PIXELS}
      />,
    );
  }
  return (
    <div
      className="copies"
      role="table"
      aria-label="Copies"
      aria-rowcount={total ?? 0}
      aria-colcount={5}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <div ref={scroller} className="scroller" role="rowgroup" tabIndex={0}>
        <div className="window">{rows}</div>
        <div className="spacer" style={{ height: scrollPixels(total ?? 0) }} />
      </div>
    </div>
  );
}

interface CopyProps {
  readonly copy: CopyRow | undefined;
  readonly index: number;
  readonly top: number;
}

function stateInWords({ kept, row }: CopyRow): string {
  if (kept) return 'Kept';
  return row.marked ? 'Marked' : 'Other copy';
}

function Copy({ copy, index, top }: CopyProps) {
  const first = copy?.place === 0;
  return (
    <div
      role="row"
      aria-rowindex={index + 1}
      className={first ? 'copy copy-first' : 'copy'}
      style={{ transform: `translateY(${top}px)` }}
    >
      {copy && (
        <>
          <span role="cell" className={copy.kept ? 'copy-state copy-kept' : 'copy-state'}>
            {stateInWords(copy)}
          </span>
          <span role="cell" className="cell">
            {copy.row.subject || '(no subject)'}
          </span>
          <span role="cell" className="cell">
            {senderName(copy.row.from)}
          </span>
          <span role="cell" className="cell">
            {copy.row.date === null ? '' : formatMoment(copy.row.date)}
          </span>
          <span role="cell" className="cell cell-size">
            {formatSize(copy.row.bytes)}, no. {(copy.row.position + 1).toLocaleString()}
          </span>
        </>
      )}
    </div>
  );
}

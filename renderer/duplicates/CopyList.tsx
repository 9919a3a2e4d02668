/** The copies that were found, group by group; only rows on screen exist. */

import { Check, Trash2 } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { CopyRow } from '../../shared/duplicates-contract.ts';
import { formatMoment, formatNumber, formatSize } from '../design/format.ts';
import type { ArchiveStore } from '../engine/archive-store.ts';
import { usePaged } from '../engine/use-paged.ts';
import { useListScroll } from '../list/use-list-scroll.ts';
import { useRowPixels } from '../list/use-row-pixels.ts';
import { scrollPixels, visibleRows } from '../list/visible-rows.ts';
import { senderName } from '../narrow/words.ts';
import { say } from '../../shared/language/say.ts';

export function CopyList({ store }: { readonly store: ArchiveStore }) {
  const { copies } = store.picture;
  const { total } = usePaged(copies);
  const scroller = useRef<HTMLDivElement>(null);
  const rowPixels = useRowPixels();
  const { offset, viewport } = useListScroll(scroller, total ?? 0, rowPixels);
  const { first, last, top } = visibleRows(offset, viewport);
  useEffect(() => copies.show(first, Math.max(first, last)), [copies, first, last]);
  const rows = [];
  for (let index = first; index <= last; index++) {
    rows.push(
      <Copy
        key={index}
        copy={copies.at(index)}
        index={index}
        top={top + (index - first) * rowPixels}
      />,
    );
  }
  return (
    <div
      className="copies"
      role="table"
      aria-label={say('copies.list')}
      aria-rowcount={(total ?? 0) + 1}
    >
      <div role="rowgroup">
        <div role="row" aria-rowindex={1} className="copies-head">
          {HEADINGS.map((heading) => (
            <span
              key={heading}
              role="columnheader"
              className={NUMBERS.includes(heading) ? 'cell cell-size' : 'cell'}
            >
              {say(`copies.${heading}`)}
            </span>
          ))}
        </div>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <div ref={scroller} className="scroller" role="rowgroup" tabIndex={0}>
        <div className="window">{rows}</div>
        <div className="spacer" style={{ height: scrollPixels(viewport) }} />
      </div>
    </div>
  );
}

const HEADINGS = ['copy', 'subject', 'from', 'date', 'size', 'place'] as const;
const NUMBERS: readonly string[] = ['size', 'place'];

interface CopyProps {
  readonly copy: CopyRow | undefined;
  readonly index: number;
  readonly top: number;
}

type State = 'kept' | 'other' | 'marked';

const stateOf = ({ kept, row }: CopyRow): State => {
  if (kept) return 'kept';
  return row.marked ? 'marked' : 'other';
};

function StateCell({ state }: { readonly state: State }) {
  return (
    <span role="cell" className="copy-state">
      {state === 'kept' && <Check size={14} aria-hidden />}
      {state === 'marked' && <Trash2 size={14} aria-hidden />}
      {say(`copies.${state}`)}
    </span>
  );
}

function Copy({ copy, index, top }: CopyProps) {
  const state = copy ? `copy-${stateOf(copy)}` : '';
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={`copy ${state} ${copy?.place === 0 ? 'copy-first' : ''}`}
      style={{ transform: `translateY(${top}px)` }}
    >
      {copy && (
        <>
          <StateCell state={stateOf(copy)} />
          <span role="cell" className="cell" dir="auto" translate="no">
            {copy.row.subject || say('none.subject')}
          </span>
          <span role="cell" className="cell" dir="auto" translate="no">
            {senderName(copy.row.from)}
          </span>
          <span role="cell" className="cell" translate="no">
            {copy.row.date === null ? '' : formatMoment(copy.row.date)}
          </span>
          <span role="cell" className="cell cell-size">
            {formatSize(copy.row.bytes)}
          </span>
          <span role="cell" className="cell cell-size">
            {formatNumber(copy.row.position + 1)}
          </span>
        </>
      )}
    </div>
  );
}

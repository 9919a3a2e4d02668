/** One row of the list. Everything from the message is text. */

import { Paperclip, Star } from 'lucide-react';
import { memo } from 'react';
import type { Row } from '../../shared/row.ts';
import { formatMoment, formatSize } from '../design/format.ts';
import { Highlighted } from '../search/Highlighted.tsx';
import { HiddenCount, ThreadMark } from './ThreadMark.tsx';
import { say } from '../../shared/language/say.ts';

interface Props {
  readonly index: number;
  readonly row: Row | undefined;
  /** As a person asked for; the engine may not have answered yet. */
  readonly selected: boolean;
  readonly current: boolean;
  readonly top: number;
}

/** What a screen reader, and a person who sees no colours, is told beyond the columns. */
function stateOf(row: Row): string {
  if (row.marked) return say('row.marked');
  return row.flags.deleted ? say('row.deleted') : '';
}

function classOf({ row, selected, current }: Props): string {
  const names = ['row'];
  if (!row) names.push('row-waiting');
  if (current) names.push('row-current');
  if (selected) names.push('row-selected');
  if (row?.marked) names.push('row-marked');
  else if (row?.flags.deleted) names.push('row-deleted');
  if (row && !row.flags.read) names.push('row-unread');
  return names.join(' ');
}

function Cells({ row }: { readonly row: Row }) {
  const state = stateOf(row);
  return (
    <>
      <span role="gridcell" className="cell cell-mark">
        {row.attachment && <Paperclip size={14} aria-label={say('row.attachments')} />}
      </span>
      <span role="gridcell" className="cell cell-date" translate="no">
        {row.date === null ? '–' : formatMoment(row.date)}
      </span>
      <span role="gridcell" className="cell cell-from" dir="auto" translate="no" title={row.from}>
        {row.from ? <Highlighted text={row.from} place="from" /> : say('none.sender')}
      </span>
      <span role="gridcell" className="cell cell-to" dir="auto" translate="no" title={row.to}>
        {row.to ? <Highlighted text={row.to} place="to" /> : '–'}
      </span>
      <span role="gridcell" className="cell cell-subject" title={row.subject}>
        {row.thread && <ThreadMark place={row.thread} />}
        {row.flags.starred && <Star size={13} className="star" aria-label={say('row.starred')} />}
        <span className="subject" dir="auto" translate="no">
          {row.subject ? <Highlighted text={row.subject} place="subject" /> : say('none.subject')}
        </span>
        {state && (
          <span className="badge">
            {say(row.marked ? 'row.badge.marked' : 'row.badge.deleted')}
          </span>
        )}
        {state && <span className="unseen">{state}</span>}
        {row.thread && <HiddenCount place={row.thread} />}
      </span>
      <span role="gridcell" className="cell cell-size">
        {formatSize(row.bytes)}
      </span>
    </>
  );
}

/** Where the row stands in its thread, for screen readers. */
function treeAttributes({ thread }: Row) {
  if (!thread) return {};
  return {
    'aria-level': thread.level,
    'aria-posinset': thread.place,
    'aria-setsize': thread.of,
    ...(thread.state === 'leaf' ? {} : { 'aria-expanded': thread.state === 'expanded' }),
  };
}

export const MessageRow = memo(function MessageRow(props: Props) {
  const { index, row, selected, top } = props;
  return (
    <div
      role="row"
      id={`row-${index}`}
      className={classOf(props)}
      aria-rowindex={index + 1}
      aria-selected={selected}
      {...(row ? treeAttributes(row) : {})}
      data-row={index}
      data-key={row?.key}
      style={{ transform: `translateY(${top}px)` }}
    >
      {row ? <Cells row={row} /> : <span role="gridcell" className="cell cell-waiting" />}
    </div>
  );
});

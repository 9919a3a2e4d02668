/** The headers of the list: each sorts by its column, and back; lines between them size the columns. */

import { ArrowDown, ArrowUp, Paperclip } from 'lucide-react';
import type { SizedColumn } from '../../shared/preferences.ts';
import type { Arrangement, Column } from '../../shared/row.ts';
import { say } from '../../shared/language/say.ts';
import { ColumnEdge } from './ColumnEdge.tsx';

interface Props {
  readonly arrangement: Arrangement;
  readonly onArrange: (change: Partial<Arrangement>) => void;
}

const COLUMNS = ['date', 'from', 'to', 'subject', 'bytes'] as const;

/** Which column the line at the end of another one sizes: on both sides of the subject, not the subject. */
const EDGES: Readonly<Record<(typeof COLUMNS)[number], SizedColumn | null>> = {
  date: 'date',
  from: 'from',
  to: 'to',
  subject: 'bytes',
  bytes: null,
};

/** First click ascending, second descending, third back to the order of the file. */
function next({ sort, direction }: Arrangement, column: Column): Partial<Arrangement> {
  if (sort !== column) return { sort: column, direction: 'ascending' };
  if (direction === 'ascending') return { direction: 'descending' };
  return { sort: 'position', direction: 'ascending' };
}

function Sorted({ direction }: { readonly direction: Arrangement['direction'] }) {
  const Arrow = direction === 'ascending' ? ArrowUp : ArrowDown;
  return <Arrow size={13} aria-hidden />;
}

export function ColumnHeaders({ arrangement, onArrange }: Props) {
  return (
    <div role="row" className="headers">
      <span role="columnheader" className="header cell-mark">
        <span className="unseen">{say('list.attachments')}</span>
        <Paperclip size={13} aria-hidden />
      </span>
      {COLUMNS.map((column) => {
        const sorted = arrangement.sort === column;
        const edge = EDGES[column];
        return (
          <span
            key={column}
            role="columnheader"
            className={`header cell-${column === 'bytes' ? 'size' : column}`}
            aria-label={say(`column.${column}`)}
            data-column={column}
            aria-sort={sorted ? arrangement.direction : 'none'}
          >
            <button type="button" onClick={() => onArrange(next(arrangement, column))}>
              {say(`column.${column}`)}
              {sorted && <Sorted direction={arrangement.direction} />}
            </button>
            {edge && <ColumnEdge column={edge} />}
          </span>
        );
      })}
    </div>
  );
}

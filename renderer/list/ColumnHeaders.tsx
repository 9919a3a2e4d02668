/** The headers of the list: each sorts by its column, and back. */

import { ArrowDown, ArrowUp, Paperclip } from 'lucide-react';
import type { Arrangement, Column } from '../../shared/row.ts';
import { say } from '../../shared/language/say.ts';

interface Props {
  readonly arrangement: Arrangement;
  readonly onArrange: (change: Partial<Arrangement>) => void;
}

const COLUMNS = ['date', 'from', 'to', 'subject', 'bytes'] as const;

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
        return (
          <span
            key={column}
            role="columnheader"
            className={`header cell-${column === 'bytes' ? 'size' : column}`}
            aria-sort={sorted ? arrangement.direction : 'none'}
          >
            <button type="button" onClick={() => onArrange(next(arrangement, column))}>
              {say(`column.${column}`)}
              {sorted && <Sorted direction={arrangement.direction} />}
            </button>
          </span>
        );
      })}
    </div>
  );
}

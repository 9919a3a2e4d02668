/** Long work: how far it is, how fast, how long it will take, and a way to stop it. */

import { useRef } from 'react';
import { formatBytes, formatWait } from '../design/format.ts';
import type { Progress } from '../engine/snapshot.ts';
import { Pace } from './pace.ts';

const NAMES: Readonly<Record<Progress['kind'], string>> = {
  scan: 'Reading the archive',
  mark: 'Marking messages',
  compact: 'Compacting',
  restore: 'Putting messages back',
  recover: 'Finishing an interrupted compaction',
  read: 'Looking through the message',
  save: 'Saving',
  export: 'Exporting',
  look: 'Looking for attachments',
  search: 'Reading texts for the search',
  duplicates: 'Looking for duplicates',
};

interface Props {
  readonly task: Progress;
  readonly onCancel: () => void;
}

export function TaskProgress({ task, onCancel }: Props) {
  const pace = useRef<Pace | null>(null);
  pace.current ??= new Pace();
  const { rate, secondsLeft } = pace.current.take(performance.now(), task.done, task.total);
  const percent = task.total > 0 ? Math.floor((task.done / task.total) * 100) : 0;
  return (
    <div className="task">
      <span className="task-words">
        {NAMES[task.kind]}: {formatBytes(task.done)} of {formatBytes(task.total)}
        {rate !== null && rate > 0 && ` · ${formatBytes(rate)}/s`}
        {secondsLeft !== null && ` · ${formatWait(secondsLeft)} left`}
      </span>
      <div
        role="progressbar"
        className="bar"
        aria-label={NAMES[task.kind]}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        tabIndex={-1}
      >
        <span style={{ width: `${percent}%` }} />
      </div>
      {task.stoppable ? (
        <button type="button" className="small-button" onClick={onCancel}>
          Cancel
        </button>
      ) : (
        <span className="quiet">finishing; it is safe</span>
      )}
    </div>
  );
}

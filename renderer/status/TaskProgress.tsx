/** Long work: how far it is, how fast, how long it will take, and a way to stop it. */

import { ShieldCheck } from 'lucide-react';
import { useRef } from 'react';
import { formatBytes, formatWait } from '../design/format.ts';
import type { Progress } from '../engine/snapshot.ts';
import { Pace } from './pace.ts';
import { say } from '../../shared/language/say.ts';

interface Props {
  readonly task: Progress;
  readonly onCancel: () => void;
}

export function TaskProgress({ task, onCancel }: Props) {
  const pace = useRef<Pace | null>(null);
  pace.current ??= new Pace();
  const { rate, secondsLeft } = pace.current.take(performance.now(), task.done, task.total);
  const percent = task.total > 0 ? Math.floor((task.done / task.total) * 100) : 0;
  const name = say(`task.${task.kind}`);
  return (
    <div className="task">
      <span className="task-words">
        {say('task.progress', {
          task: name,
          done: formatBytes(task.done),
          total: formatBytes(task.total),
        })}
        {rate !== null && rate > 0 && ` · ${say('task.rate', { size: formatBytes(rate) })}`}
        {secondsLeft !== null && ` · ${say('task.left', { wait: formatWait(secondsLeft) })}`}
      </span>
      <div
        role="progressbar"
        className="bar"
        aria-label={name}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        tabIndex={-1}
      >
        <span style={{ width: `${percent}%` }} />
      </div>
      {task.stoppable ? (
        <button type="button" className="small-button" onClick={onCancel}>
          {say('button.cancel')}
        </button>
      ) : (
        <span className="quiet task-safe">
          <ShieldCheck size={14} aria-hidden />
          {say('task.safe')}
        </span>
      )}
    </div>
  );
}

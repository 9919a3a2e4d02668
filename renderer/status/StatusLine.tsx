/** The line at the bottom: what is shown, what is selected, what could be freed, what goes on. */

import { Lock } from 'lucide-react';
import { useArchive } from '../app/use-store.ts';
import { formatBytes, formatCount } from '../design/format.ts';
import type { ArchiveStore } from '../engine/archive-store.ts';
import { stateInWords } from '../sidebar/words.ts';
import { TaskProgress } from './TaskProgress.tsx';

function LockWaiting({ store }: { readonly store: ArchiveStore }) {
  const { lockWait } = useArchive(store);
  if (!lockWait) return null;
  const { holder, waitedMs, limitMs } = lockWait;
  return (
    <span className="status-part waiting">
      <Lock size={13} aria-hidden />
      Waiting for {holder || 'another program'} to release the archive (
      {Math.round(waitedMs / 1000)} of {Math.round(limitMs / 1000)} seconds)
      <button type="button" className="small-button" onClick={() => store.cancel(lockWait.task)}>
        Cancel
      </button>
    </span>
  );
}

export function StatusLine({ store }: { readonly store: ArchiveStore }) {
  const { status, list, tasks, layingOut } = useArchive(store);
  const marked = status?.marked;
  return (
    <footer className="status">
      <div role="status" className="status-words">
        <span className="status-part">
          {formatCount(list.rows + (list.collapsed ?? 0), 'message')}
          {list.collapsed !== undefined && `, ${list.collapsed.toLocaleString('en')} collapsed`}
        </span>
        {list.selected.messages > 0 && (
          <span className="status-part">
            {formatCount(list.selected.messages, 'message')} selected (
            {formatBytes(list.selected.bytes)})
          </span>
        )}
        {marked && marked.messages > 0 && (
          <span className="status-part status-marked">
            {formatCount(marked.messages, 'message')} marked · {formatBytes(marked.bytes)} can be
            reclaimed
          </span>
        )}
        {status && status.readOnly !== '' && <span className="status-part">Read-only</span>}
        {status && status.state !== 'ready' && (
          <span className="status-part">{stateInWords(status)}</span>
        )}
        {status?.state === 'stopped' && (
          <button type="button" className="small-button" onClick={() => store.rescan()}>
            Read the rest
          </button>
        )}
        {layingOut && (
          <span className="status-part">
            Laying out {layingOut.done} of {formatCount(layingOut.total, 'message')}
          </span>
        )}
        <LockWaiting store={store} />
      </div>
      {tasks.map((task) => (
        <TaskProgress key={task.task} task={task} onCancel={() => store.cancel(task.task)} />
      ))}
    </footer>
  );
}

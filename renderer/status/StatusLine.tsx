/** The line at the bottom: what is shown, what is selected, what could be freed, what goes on. */

import { Lock } from 'lucide-react';
import { useArchive } from '../app/use-store.ts';
import { formatBytes } from '../design/format.ts';
import type { ArchiveStore } from '../engine/archive-store.ts';
import { stateInWords } from '../sidebar/words.ts';
import { TaskProgress } from './TaskProgress.tsx';
import { say } from '../../shared/language/say.ts';
import { engineText } from '../language/engine-text.ts';

function LockWaiting({ store }: { readonly store: ArchiveStore }) {
  const { lockWait } = useArchive(store);
  if (!lockWait) return null;
  const { holder, waitedMs, limitMs } = lockWait;
  const seconds = { waited: Math.round(waitedMs / 1000), limit: Math.round(limitMs / 1000) };
  return (
    <span className="status-part waiting">
      <Lock size={13} aria-hidden />
      {holder
        ? say('status.waitingFor', { ...seconds, holder: engineText(holder) })
        : say('status.waiting', seconds)}
      <button type="button" className="small-button" onClick={() => store.cancel(lockWait.task)}>
        {say('button.cancel')}
      </button>
    </span>
  );
}

export function StatusLine({ store }: { readonly store: ArchiveStore }) {
  const { status, list, tasks, layingOut } = useArchive(store);
  const marked = status?.marked;
  return (
    <footer className="status">
      {/* Read when somebody asks for it: what of it is news is said by the announcer. */}
      <div role="status" aria-live="off" className="status-words">
        <span className="status-part">
          {list.collapsed === undefined
            ? say('count.messages', { messages: list.rows })
            : say('status.collapsed', {
                messages: list.rows + list.collapsed,
                collapsed: list.collapsed,
              })}
        </span>
        {list.selected.messages > 0 && (
          <span className="status-part">
            {say('status.selected', {
              messages: list.selected.messages,
              size: formatBytes(list.selected.bytes),
            })}
          </span>
        )}
        {marked && marked.messages > 0 && (
          <span className="status-part status-marked">
            {say('status.marked', {
              messages: marked.messages,
              size: formatBytes(marked.bytes),
            })}
          </span>
        )}
        {status && status.readOnly !== '' && (
          <span className="status-part">{say('status.readOnly')}</span>
        )}
        {status && status.state !== 'ready' && (
          <span className="status-part">{stateInWords(status)}</span>
        )}
        {status?.state === 'stopped' && (
          <button type="button" className="small-button" onClick={() => store.rescan()}>
            {say('status.readRest')}
          </button>
        )}
        {layingOut && (
          <span className="status-part">
            {say('status.layingOut', { done: layingOut.done, messages: layingOut.total })}
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

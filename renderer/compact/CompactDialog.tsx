/**
 * Asks before bytes are removed for good: how many messages go, how much that frees, and whether a
 * copy of them is to be kept.
 */

import { useEffect, useId, useRef, useState } from 'react';
import { useAppStore, useArchive, usePreferences } from '../app/use-store.ts';
import { formatBytes, formatCount } from '../design/format.ts';
import { Explanation } from '../settings/Explanation.tsx';
import type { ArchiveStore } from '../engine/archive-store.ts';

export function CompactDialog({ store }: { readonly store: ArchiveStore }) {
  const app = useAppStore();
  const { status } = useArchive(store);
  const dialog = useRef<HTMLDialogElement>(null);
  const { preferences } = usePreferences();
  const [keep, setKeep] = useState(preferences.copy === 'keep');
  const [withFlagged, setWithFlagged] = useState<boolean | null>(null);
  const title = useId();

  useEffect(() => dialog.current?.showModal(), []);
  if (!status) return null;
  const { marked, flagged } = status;
  // Chosen from the start only where there is nothing else to do.
  const alsoFlagged = flagged.messages > 0 && (withFlagged ?? marked.messages === 0);
  const messages = marked.messages + (alsoFlagged ? flagged.messages : 0);
  const bytes = marked.bytes + (alsoFlagged ? flagged.bytes : 0);
  const close = (): void => app.hide('compact');

  return (
    <dialog ref={dialog} className="dialog" aria-labelledby={title} onClose={close}>
      <form
        method="dialog"
        onSubmit={() => {
          void store.compact({
            copy: keep ? 'keep' : 'none',
            flagged: alsoFlagged ? 'remove' : 'leave',
          });
        }}
      >
        <h2 id={title}>Compact archive</h2>
        <Explanation step="compact" />
        <p>
          <strong>{formatCount(messages, 'message')}</strong> will be removed from the file
          {keep ? '' : ' for good'}, which frees <strong>{formatBytes(bytes)}</strong>. The archive
          will be {formatBytes(Math.max(0, status.bytes - bytes))} long.
        </p>
        <p className="quiet">
          Every other message stays exactly as it is. If this is interrupted, it is finished the
          next time you open the archive.
        </p>
        {flagged.messages > 0 && (
          <label className="check">
            <input
              type="checkbox"
              checked={alsoFlagged}
              onChange={() => setWithFlagged(!alsoFlagged)}
            />
            <span>
              Also remove {formatCount(flagged.messages, 'message')} ({formatBytes(flagged.bytes)})
              that another program flagged as deleted
            </span>
          </label>
        )}
        <label className="check">
          <input type="checkbox" checked={keep} onChange={() => setKeep(!keep)} />
          Keep a copy of the removed messages
        </label>
        <div className="dialog-buttons">
          <button type="button" className="button" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
          <button type="submit" className="button button-prominent" disabled={messages === 0}>
            Compact
          </button>
        </div>
      </form>
    </dialog>
  );
}

/** Asks before the kept copies of removed messages are let go of: then they are gone for good. */

import { useEffect, useId, useRef } from 'react';
import { useAppStore, useArchive } from '../app/use-store.ts';
import { formatBytes, formatCount } from '../design/format.ts';
import type { ArchiveStore } from '../engine/archive-store.ts';

export function ForgetDialog({ store }: { readonly store: ArchiveStore }) {
  const app = useAppStore();
  const { status } = useArchive(store);
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();

  useEffect(() => dialog.current?.showModal(), []);
  if (!status) return null;
  const { kept } = status;

  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby={title}
      onClose={() => app.hide('forget')}
    >
      <form method="dialog" onSubmit={() => void store.discardKept()}>
        <h2 id={title}>Forget removed messages</h2>
        <p>
          <strong>{formatCount(kept.messages, 'message')}</strong> that you removed from this
          archive will be gone for good, which frees <strong>{formatBytes(kept.bytes)}</strong>. The
          archive itself is not touched.
        </p>
        <div className="dialog-buttons">
          <button type="button" className="button" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
          <button type="submit" className="button button-prominent" disabled={kept.copies === 0}>
            Forget
          </button>
        </div>
      </form>
    </dialog>
  );
}

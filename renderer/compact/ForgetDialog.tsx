/** Asks before the kept copies of removed messages are let go of: then they are gone for good. */

import { useEffect, useId, useRef } from 'react';
import { useAppStore, useArchive } from '../app/use-store.ts';
import { formatBytes } from '../design/format.ts';
import type { ArchiveStore } from '../engine/archive-store.ts';
import { say } from '../../shared/language/say.ts';
import { Rich } from '../language/Rich.tsx';

export function ForgetDialog({ store }: { readonly store: ArchiveStore }) {
  const app = useAppStore();
  const { status } = useArchive(store);
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  const what = useId();

  useEffect(() => dialog.current?.showModal(), []);
  if (!status) return null;
  const { kept } = status;

  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby={title}
      aria-describedby={what}
      onClose={() => app.hide('forget')}
    >
      <form method="dialog" onSubmit={() => void store.discardKept()}>
        <h2 id={title}>{say('forget.title')}</h2>
        <p id={what}>
          <Rich
            id="forget.what"
            values={[{ messages: kept.messages, size: formatBytes(kept.bytes) }]}
          />
        </p>
        <div className="dialog-buttons">
          <button type="button" className="button" onClick={() => dialog.current?.close()}>
            {say('button.cancel')}
          </button>
          <button type="submit" className="button button-prominent" disabled={kept.copies === 0}>
            {say('forget.button')}
          </button>
        </div>
      </form>
    </dialog>
  );
}

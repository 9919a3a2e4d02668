/**
 * Asks before bytes are removed for good: how many messages go, how much that frees, and whether a
 * copy of them is to be kept.
 */

import { useEffect, useId, useRef, useState } from 'react';
import { useAppStore, useArchive, usePreferences } from '../app/use-store.ts';
import { formatBytes } from '../design/format.ts';
import { Explanation } from '../settings/Explanation.tsx';
import type { ArchiveStore } from '../engine/archive-store.ts';
import { say } from '../../shared/language/say.ts';
import { Rich } from '../language/Rich.tsx';
import { goingOf } from './going-of.ts';

export function CompactDialog({ store }: { readonly store: ArchiveStore }) {
  const app = useAppStore();
  const { status, marking } = useArchive(store);
  const dialog = useRef<HTMLDialogElement>(null);
  const { preferences } = usePreferences();
  const [keep, setKeep] = useState(preferences.copy === 'keep');
  const [withFlagged, setWithFlagged] = useState<boolean | null>(null);
  const title = useId();

  const cancel = useRef<HTMLButtonElement>(null);
  const what = useId();

  useEffect(() => {
    dialog.current?.showModal();
    // What Enter does without a look removes nothing.
    cancel.current?.focus();
  }, []);
  if (!status) return null;
  const { flagged } = status;
  const { alsoFlagged, messages, bytes, isKnown } = goingOf(status, withFlagged);
  const close = (): void => app.hide('compact');

  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby={title}
      aria-describedby={what}
      onClose={close}
    >
      <form
        method="dialog"
        onSubmit={() => {
          void store.compact({
            copy: keep ? 'keep' : 'none',
            flagged: alsoFlagged ? 'remove' : 'leave',
          });
        }}
      >
        <h2 id={title}>{say('compact.title')}</h2>
        <Explanation step="compact" />
        <p id={what}>
          {isKnown ? (
            <Rich
              id={keep ? 'compact.removes' : 'compact.removesForGood'}
              values={[
                {
                  messages,
                  size: formatBytes(bytes),
                  left: formatBytes(Math.max(0, status.bytes - bytes)),
                },
              ]}
            />
          ) : (
            say('counting')
          )}
        </p>
        <p className="quiet">{say('compact.safe')}</p>
        {flagged.messages > 0 && (
          <label className="check">
            <input
              type="checkbox"
              checked={alsoFlagged}
              onChange={() => setWithFlagged(!alsoFlagged)}
            />
            <span>
              {say('compact.flagged', {
                messages: flagged.messages,
                size: formatBytes(flagged.bytes),
              })}
            </span>
          </label>
        )}
        <label className="check">
          <input type="checkbox" checked={keep} onChange={() => setKeep(!keep)} />
          {say('compact.keep')}
        </label>
        <div className="dialog-buttons">
          <button
            ref={cancel}
            type="button"
            className="button"
            onClick={() => dialog.current?.close()}
          >
            {say('button.cancel')}
          </button>
          <button
            type="submit"
            className="button button-prominent"
            // While marks are on their way nobody can say yes: what goes is what stands here.
            disabled={messages === 0 || !isKnown || marking > 0}
          >
            {say('compact.button')}
          </button>
        </div>
      </form>
    </dialog>
  );
}

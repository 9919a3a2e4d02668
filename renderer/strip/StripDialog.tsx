/**
 * Asks which attachments are to be taken out of messages, says how many and how much that frees, and
 * whether they are saved first. Where is then asked by the system's dialog.
 */

import { useEffect, useId, useRef, useState } from 'react';
import type { Strippable, StripWanted } from '../../shared/strip-contract.ts';
import type { OpenArchive } from '../app/app-store.ts';
import { useAppStore, useArchive } from '../app/use-store.ts';
import { formatBytes, formatCount } from '../design/format.ts';
import type { ArchiveStore } from '../engine/archive-store.ts';
import { listedOf, type What, WhichMessages } from '../export/WhichMessages.tsx';
import { stripMessages } from './strip.ts';

const MEGABYTE = 1_000_000;
const SIZES: readonly { readonly bytes: number; readonly label: string }[] = [
  { bytes: 0, label: 'of any size' },
  { bytes: MEGABYTE / 10, label: 'larger than 100 kB' },
  { bytes: MEGABYTE, label: 'larger than 1 MB' },
  { bytes: 10 * MEGABYTE, label: 'larger than 10 MB' },
];

/** What there is to be taken out; null while it is being counted. */
function useStrippable(
  store: ArchiveStore,
  what: What,
  { bytesMin, pictures }: StripWanted,
): Strippable | null {
  const [found, setFound] = useState<Strippable | null>(null);
  useEffect(() => {
    let isWanted = true;
    setFound(null);
    void store.strippable(listedOf(what), { bytesMin, pictures }).then((answer) => {
      if (isWanted) setFound(answer);
    });
    return () => {
      isWanted = false;
      store.stopLooking();
    };
  }, [store, what, bytesMin, pictures]);
  return found;
}

function Found({ found }: { readonly found: Strippable | null }) {
  if (!found) return <>Looking for attachments…</>;
  if (found.attachments === 0) return <>There is no attachment that could be taken out.</>;
  const { amount, attachments } = found;
  return (
    <>
      <strong>{formatCount(attachments, 'attachment')}</strong> of{' '}
      {formatCount(amount.messages, 'message')} will be taken out, which frees about{' '}
      <strong>{formatBytes(amount.bytes)}</strong>.
    </>
  );
}

interface Props {
  readonly archive: OpenArchive;
  readonly store: ArchiveStore;
}

export function StripDialog({ archive, store }: Props) {
  const app = useAppStore();
  const { list } = useArchive(store);
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  const selected = list.selected.messages;
  const [what, setWhat] = useState<What>(selected > 0 ? 'selected' : 'listed');
  const [wanted, setWanted] = useState<StripWanted>({ bytesMin: 0, pictures: 'keep' });
  const [saveFirst, setSaveFirst] = useState(true);
  const found = useStrippable(store, what, wanted);

  useEffect(() => dialog.current?.showModal(), []);

  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby={title}
      onClose={() => app.hide('strip')}
    >
      <form
        method="dialog"
        onSubmit={() =>
          void stripMessages(app, archive, { which: listedOf(what), wanted, saveFirst })
        }
      >
        <h2 id={title}>Take attachments out</h2>
        <WhichMessages legend="Out of" list={list} what={what} choose={setWhat} />
        <label className="strip-size">
          Attachments{' '}
          <select
            value={wanted.bytesMin}
            onChange={(event) => setWanted({ ...wanted, bytesMin: Number(event.target.value) })}
          >
            {SIZES.map(({ bytes, label }) => (
              <option key={bytes} value={bytes}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <label className="check">
          <input
            type="checkbox"
            checked={wanted.pictures === 'remove'}
            onChange={(event) =>
              setWanted({ ...wanted, pictures: event.target.checked ? 'remove' : 'keep' })
            }
          />
          Also pictures that stand in the midst of a text
        </label>
        <label className="check">
          <input type="checkbox" checked={saveFirst} onChange={() => setSaveFirst(!saveFirst)} />
          Save them to a folder first
        </label>
        <p role="status">
          <Found found={found} />
        </p>
        <p className="quiet">
          A text with name, type, size and SHA-256 stands for each. Nothing else in these messages
          changes, and they move to the end of the file. What is signed or encrypted is left alone.
          {saveFirst ? '' : ' This cannot be undone.'}
        </p>
        <div className="dialog-buttons">
          <button type="button" className="button" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
          <button
            type="submit"
            className="button button-prominent"
            disabled={!found || found.attachments === 0}
          >
            {saveFirst ? 'Choose Folder…' : 'Take Out'}
          </button>
        </div>
      </form>
    </dialog>
  );
}

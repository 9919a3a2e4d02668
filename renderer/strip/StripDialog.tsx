/**
 * Asks which attachments are to be taken out of messages, says how many and how much that frees, and
 * whether they are saved first. Where is then asked by the system's dialog.
 */

import { useEffect, useId, useRef, useState } from 'react';
import type { Strippable, StripWanted } from '../../shared/strip-contract.ts';
import type { OpenArchive } from '../app/app-store.ts';
import { useAppStore, useArchive } from '../app/use-store.ts';
import { formatBytes } from '../design/format.ts';
import type { ArchiveStore } from '../engine/archive-store.ts';
import { listedOf, type What, WhichMessages } from '../export/WhichMessages.tsx';
import { stayingInWords, stripMessages } from './strip.ts';
import { say } from '../../shared/language/say.ts';
import { Rich } from '../language/Rich.tsx';

const MEGABYTE = 1_000_000;
const SIZES = [0, MEGABYTE / 10, MEGABYTE, 10 * MEGABYTE];

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

function Removable({ amount, attachments }: Strippable) {
  if (attachments === 0) return say('strip.none');
  return (
    <Rich
      id="strip.found"
      values={[{ attachments, messages: amount.messages, size: formatBytes(amount.bytes) }]}
    />
  );
}

function Found({ found }: { readonly found: Strippable | null }) {
  if (!found) return say('strip.looking');
  return (
    <>
      <Removable {...found} />
      {stayingInWords(found.staying).map((sentence) => (
        <span key={sentence} className="strip-stays">
          {sentence}
        </span>
      ))}
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
        <h2 id={title}>{say('strip.title')}</h2>
        <WhichMessages legend={say('strip.outOf')} list={list} what={what} choose={setWhat} />
        <label className="strip-size">
          {say('strip.which')}{' '}
          <select
            value={wanted.bytesMin}
            onChange={(event) => setWanted({ ...wanted, bytesMin: Number(event.target.value) })}
          >
            {SIZES.map((bytes) => (
              <option key={bytes} value={bytes}>
                {bytes === 0
                  ? say('strip.size.any')
                  : say('strip.size.larger', { size: formatBytes(bytes) })}
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
          {say('strip.pictures')}
        </label>
        <label className="check">
          <input type="checkbox" checked={saveFirst} onChange={() => setSaveFirst(!saveFirst)} />
          {say('strip.saveFirst')}
        </label>
        <p role="status">
          <Found found={found} />
        </p>
        <p className="quiet">{say(saveFirst ? 'strip.how' : 'strip.howForGood')}</p>
        <div className="dialog-buttons">
          <button type="button" className="button" onClick={() => dialog.current?.close()}>
            {say('button.cancel')}
          </button>
          <button
            type="submit"
            className="button button-prominent"
            disabled={!found || found.attachments === 0}
          >
            {say(saveFirst ? 'export.chooseFolder' : 'strip.takeOut')}
          </button>
        </div>
      </form>
    </dialog>
  );
}

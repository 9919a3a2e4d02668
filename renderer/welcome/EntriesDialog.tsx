/** A ZIP file that holds several archives: which of them are to be opened. */

import { useEffect, useId, useRef, useState } from 'react';
import type { ErrorValue } from '../../shared/errors.ts';
import type { OpenArchive } from '../app/app-store.ts';
import { useAppStore } from '../app/use-store.ts';
import { formatBytes } from '../design/format.ts';
import { say } from '../../shared/language/say.ts';

export interface Entry {
  readonly name: string;
  readonly bytes: number;
}

/** The archives that an error tells of; none if it is about something else. */
export function entriesOf(error: ErrorValue | null): readonly Entry[] {
  const { entries, entryBytes } = error?.details ?? {};
  if (!isTexts(entries) || !isTexts(entryBytes)) return [];
  return entries.map((name, at) => ({ name, bytes: Number(entryBytes[at]) }));
}

const isTexts = (value: unknown): value is readonly string[] => Array.isArray(value);

interface Props {
  readonly archive: OpenArchive;
  readonly entries: readonly Entry[];
}

export function EntriesDialog({ archive, entries }: Props) {
  const app = useAppStore();
  const dialog = useRef<HTMLDialogElement>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const title = useId();
  useEffect(() => dialog.current?.showModal(), []);
  const turn = (name: string): void => {
    const next = new Set(chosen);
    if (!next.delete(name)) next.add(name);
    setChosen(next);
  };
  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby={title}
      onClose={() => app.close(archive.id)}
    >
      <form
        method="dialog"
        onSubmit={(event) => {
          event.preventDefault();
          app.openEntries(
            archive.id,
            entries.map(({ name }) => name).filter((name) => chosen.has(name)),
          );
        }}
      >
        <h2 id={title}>{say('entries.title', { name: archive.name })}</h2>
        <p>{say('entries.about', { archives: entries.length })}</p>
        <ul className="entries">
          {entries.map(({ name, bytes }) => (
            <li key={name}>
              <label className="check">
                <input type="checkbox" checked={chosen.has(name)} onChange={() => turn(name)} />
                <span className="entry-name" translate="no">
                  {name}
                </span>
                <span className="quiet">{formatBytes(bytes)}</span>
              </label>
            </li>
          ))}
        </ul>
        <div className="dialog-buttons">
          <button type="button" className="button" onClick={() => dialog.current?.close()}>
            {say('button.cancel')}
          </button>
          <button type="submit" className="button button-prominent" disabled={chosen.size === 0}>
            {say('button.open')}
          </button>
        </div>
      </form>
    </dialog>
  );
}

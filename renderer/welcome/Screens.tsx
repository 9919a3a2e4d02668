/** What stands where the list would, while there is none. */

import { FileArchive, FileQuestion, LoaderCircle, TriangleAlert } from 'lucide-react';
import type { Status } from '../../shared/status.ts';
import type { OpenArchive } from '../app/app-store.ts';
import { useAppStore } from '../app/use-store.ts';
import { formatBytes } from '../design/format.ts';
import { EntriesDialog, entriesOf } from './EntriesDialog.tsx';

export function Opening({ archive }: { readonly archive: OpenArchive }) {
  return (
    <div className="screen" data-screen="opening" aria-busy="true">
      <LoaderCircle size={32} className="turning" aria-hidden />
      <p>Opening {archive.name}…</p>
    </div>
  );
}

export function Failed({ archive }: { readonly archive: OpenArchive }) {
  const app = useAppStore();
  const entries = entriesOf(archive.error);
  if (entries.length > 0) {
    return (
      <>
        <div className="screen" data-screen="several">
          <FileArchive size={36} aria-hidden />
        </div>
        <EntriesDialog key={archive.id} archive={archive} entries={entries} />
      </>
    );
  }
  return (
    <div className="screen" data-screen="failed" role="alert">
      <TriangleAlert size={36} aria-hidden className="screen-warning" />
      <h1>{archive.name} is not open</h1>
      <p>{archive.error?.sentence}</p>
      <p className="quiet path">{archive.path}</p>
      <div className="welcome-buttons">
        <button
          type="button"
          className="button button-prominent"
          onClick={() => app.reopen(archive.id)}
        >
          Try again
        </button>
        <button type="button" className="button" onClick={() => app.close(archive.id)}>
          Close
        </button>
      </div>
    </div>
  );
}

/** An archive without a message, or a view without one. */
export function NoMessages({
  status,
  filtered,
}: {
  readonly status: Status;
  readonly filtered: string;
}) {
  if (filtered !== '') {
    return (
      <div className="screen screen-over" data-screen="nothing-found">
        <FileQuestion size={32} aria-hidden />
        <p>{filtered}</p>
      </div>
    );
  }
  return (
    <div className="screen screen-over" data-screen="no-messages">
      <FileQuestion size={36} aria-hidden />
      <h1>No messages</h1>
      <p>
        {status.bytes === 0
          ? 'This file is empty.'
          : `No message was found in this file. It holds ${formatBytes(status.preambleBytes)} of text, which stays as it is.`}
      </p>
    </div>
  );
}

/** What stands where the list would, while there is none. */

import { FileArchive, FileQuestion, LoaderCircle, TriangleAlert } from 'lucide-react';
import { useEffect } from 'react';
import type { Status } from '../../shared/status.ts';
import type { OpenArchive } from '../app/app-store.ts';
import { announce } from '../announce/announcements.ts';
import { useAppStore } from '../app/use-store.ts';
import { formatBytes } from '../design/format.ts';
import { EntriesDialog, entriesOf } from './EntriesDialog.tsx';
import { say } from '../../shared/language/say.ts';
import { ErrorText } from '../language/ErrorText.tsx';

export function Opening({ archive }: { readonly archive: OpenArchive }) {
  const words = say('screen.opening', { name: archive.name });
  useEffect(() => announce(words), [words]);
  return (
    <div className="screen" data-screen="opening" aria-busy="true">
      <LoaderCircle size={32} className="turning" aria-hidden />
      <p>{words}</p>
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
      <h1>{say('screen.failed', { name: archive.name })}</h1>
      <p>{archive.error && <ErrorText error={archive.error} />}</p>
      <p className="quiet path" translate="no">
        {archive.path}
      </p>
      <div className="welcome-buttons">
        <button
          type="button"
          className="button button-prominent"
          onClick={() => app.reopen(archive.id)}
        >
          {say('button.tryAgain')}
        </button>
        <button type="button" className="button" onClick={() => app.close(archive.id)}>
          {say('button.close')}
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
      <h1>{say('screen.noMessages')}</h1>
      <p>
        {status.bytes === 0
          ? say('screen.empty')
          : say('screen.onlyText', { size: formatBytes(status.preambleBytes) })}
      </p>
    </div>
  );
}

/** An open archive: the list and the reader beside it, what must be told above, the status below. */

import { useState } from 'react';
import { Alerts } from '../alert/Alerts.tsx';
import { useArchive } from '../app/use-store.ts';
import type { ArchiveStore } from '../engine/archive-store.ts';
import { MessageGrid } from '../list/MessageGrid.tsx';
import { ThreadBar } from '../list/ThreadBar.tsx';
import { Reader } from '../reader/Reader.tsx';
import { StatusLine } from '../status/StatusLine.tsx';
import { NoMessages } from '../welcome/Screens.tsx';
import { Splitter } from './Splitter.tsx';

function Empty({ store }: { readonly store: ArchiveStore }) {
  const { status, list, arrangement } = useArchive(store);
  if (!status || list.rows > 0 || status.state === 'scanning') return null;
  if (arrangement.query !== '') {
    return <NoMessages status={status} filtered="No sender or subject contains these words." />;
  }
  if (arrangement.view !== 'all') {
    return <NoMessages status={status} filtered="No message is in this view." />;
  }
  return <NoMessages status={status} filtered="" />;
}

export function ArchivePanes({ store }: { readonly store: ArchiveStore }) {
  const [readerPixels, setReaderPixels] = useState(() => Math.round(window.innerWidth * 0.34));
  return (
    <>
      <Alerts store={store} />
      <div className="panes">
        <div className="list">
          <ThreadBar store={store} />
          <MessageGrid store={store} />
          <Empty store={store} />
        </div>
        <Splitter
          label="Width of the message"
          pixels={readerPixels}
          min={260}
          max={Math.max(400, window.innerWidth - 560)}
          side="right"
          onResize={setReaderPixels}
        />
        <div className="reader-pane" style={{ width: readerPixels }}>
          <Reader store={store} />
        </div>
      </div>
      <StatusLine store={store} />
    </>
  );
}

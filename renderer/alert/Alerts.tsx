/** What a person must hear: another program's change, conflicts, errors; and good news. */

import { useState } from 'react';
import type { TakenPlace } from '../../shared/bridge.ts';
import type { AppStore } from '../app/app-store.ts';
import { useApp, useAppStore, useArchive } from '../app/use-store.ts';
import { formatBytes, formatCount } from '../design/format.ts';
import type { ArchiveStore } from '../engine/archive-store.ts';
import { exportedInWords, revealExported } from '../export/take-away.ts';
import { strippedInWords } from '../strip/strip.ts';
import { Alert } from './Alert.tsx';
import { MarksAlert } from './MarksAlert.tsx';
import { diffInWords, restoredInWords } from './words.ts';

export function AppAlerts() {
  const app = useAppStore();
  const { error, troubles } = useApp();
  return (
    <>
      {troubles.length > 0 && (
        <Alert kind="warning" onDismiss={() => app.dismissTroubles()}>
          {troubles.join(' ')}
        </Alert>
      )}
      {error && (
        <Alert kind="warning" onDismiss={() => app.dismissError()}>
          {error.sentence}
        </Alert>
      )}
    </>
  );
}

function actionFor(app: AppStore, place: TakenPlace | null) {
  return place ? { label: 'Show in folder', run: () => app.revealTaken(place) } : undefined;
}

/** What of a compressed archive is not there. */
function Incomplete({ store }: { readonly store: ArchiveStore }) {
  const app = useAppStore();
  const { status } = useArchive(store);
  const [dismissed, setDismissed] = useState('');
  const { incomplete = '', limited = false } = status?.packed ?? {};
  const { active } = app.snapshot();
  if (incomplete === dismissed) return null;
  return (
    <Alert
      kind="warning"
      onDismiss={() => setDismissed(incomplete)}
      action={
        limited && active ? { label: 'Expand all', run: () => app.expandAll(active) } : undefined
      }
    >
      {incomplete}
    </Alert>
  );
}

export function Alerts({ store }: { readonly store: ArchiveStore }) {
  const app = useAppStore();
  const { status, news, conflicts, error, flushed, restored, exported, stripped, savedPdf } =
    useArchive(store);
  const first = conflicts[0];
  return (
    <div className="alerts">
      <Incomplete store={store} />
      {error && (
        <Alert kind="warning" onDismiss={() => store.dismiss('error')}>
          {error.sentence}
        </Alert>
      )}
      {status && <MarksAlert marks={status.marks} />}
      {news.map(({ id, diff }) => (
        <Alert key={id} kind="news" onDismiss={() => store.dismissNews(id)}>
          {diffInWords(diff)}
        </Alert>
      ))}
      {first && (
        <Alert kind="warning" onDismiss={() => store.dismiss('conflicts')}>
          {formatCount(conflicts.length, 'message was', 'messages were')} not deleted.{' '}
          {first.sentence}
        </Alert>
      )}
      {flushed && (
        <Alert
          kind="done"
          onDismiss={() => store.dismiss('flushed')}
          action={
            flushed.copy === ''
              ? undefined
              : { label: 'Undo compaction', run: () => store.undoCompaction() }
          }
        >
          Removed {formatCount(flushed.removed.messages, 'message')} and freed{' '}
          {formatBytes(flushed.bytesBefore - flushed.bytesAfter)}.
          {flushed.copy !== '' && ` A copy of them is kept.`}
        </Alert>
      )}
      {exported && (
        <Alert
          kind={exported.result.missed > 0 ? 'warning' : 'done'}
          onDismiss={() => store.dismiss('exported')}
          action={{
            label: 'Show in folder',
            run: () => revealExported(app, exported),
          }}
        >
          {exportedInWords(exported.result)}
        </Alert>
      )}
      {stripped && (
        <Alert
          kind={stripped.result.conflicts > 0 ? 'warning' : 'done'}
          onDismiss={() => store.dismiss('stripped')}
          action={actionFor(app, stripped.place)}
        >
          {strippedInWords(stripped.result)}
        </Alert>
      )}
      {savedPdf && (
        <Alert
          kind="done"
          onDismiss={() => store.dismiss('savedPdf')}
          action={{ label: 'Show in folder', run: () => app.revealTaken(savedPdf) }}
        >
          Saved as {savedPdf.name}.
        </Alert>
      )}
      {restored && (
        <Alert kind="done" onDismiss={() => store.dismiss('restored')}>
          {restoredInWords(restored)}
        </Alert>
      )}
    </div>
  );
}

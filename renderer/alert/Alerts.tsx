/** What a person must hear: another program's change, conflicts, errors; and good news. */

import { useState } from 'react';
import type { TakenPlace } from '../../shared/bridge.ts';
import type { AppStore } from '../app/app-store.ts';
import { useApp, useAppStore, useArchive } from '../app/use-store.ts';
import { formatBytes } from '../design/format.ts';
import type { ArchiveStore } from '../engine/archive-store.ts';
import { exportedInWords, revealExported } from '../export/take-away.ts';
import { strippedInWords } from '../strip/strip.ts';
import { Alert } from './Alert.tsx';
import { MarksAlert } from './MarksAlert.tsx';
import { diffInWords, restoredInWords } from './words.ts';
import { say } from '../../shared/language/say.ts';
import { ErrorText } from '../language/ErrorText.tsx';
import { EngineText } from '../language/EngineText.tsx';

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
          <ErrorText error={error} />
        </Alert>
      )}
    </>
  );
}

function actionFor(app: AppStore, place: TakenPlace | null) {
  return place
    ? { label: say('button.showInFolder'), run: () => app.revealTaken(place) }
    : undefined;
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
        limited && active
          ? { label: say('alerts.expandAll'), run: () => app.expandAll(active) }
          : undefined
      }
    >
      <EngineText text={incomplete} />
    </Alert>
  );
}

export function Alerts({ store }: { readonly store: ArchiveStore }) {
  const app = useAppStore();
  const { status, news, conflicts, error, flushed, restored, exported, stripped, savedPdf } =
    useArchive(store);
  const first = conflicts[0];
  return (
    // An alert is read as it comes; good news waits for its turn.
    <div className="alerts" aria-live="polite" aria-relevant="additions">
      <Incomplete store={store} />
      {error && (
        <Alert kind="warning" onDismiss={() => store.dismiss('error')}>
          <ErrorText error={error} />
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
          {say('alerts.conflicts', { messages: conflicts.length })} <ErrorText error={first} />
        </Alert>
      )}
      {flushed && (
        <Alert
          kind="done"
          onDismiss={() => store.dismiss('flushed')}
          action={
            flushed.copy === ''
              ? undefined
              : { label: say('alerts.undoCompaction'), run: () => store.undoCompaction() }
          }
        >
          {say(flushed.copy === '' ? 'alerts.compacted' : 'alerts.compactedKept', {
            messages: flushed.removed.messages,
            size: formatBytes(flushed.bytesBefore - flushed.bytesAfter),
          })}
        </Alert>
      )}
      {exported && (
        <Alert
          kind={exported.result.missed > 0 ? 'warning' : 'done'}
          onDismiss={() => store.dismiss('exported')}
          action={{
            label: say('button.showInFolder'),
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
          action={{ label: say('button.showInFolder'), run: () => app.revealTaken(savedPdf) }}
        >
          {say('paper.saved', { name: savedPdf.name })}
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

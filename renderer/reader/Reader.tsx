/** The message that is current, or why there is none to show. */

import { Mail, TriangleAlert, X } from 'lucide-react';
import { useCallback, useState } from 'react';
import { useArchive, useReader } from '../app/use-store.ts';
import { formatBytes, formatNumber } from '../design/format.ts';
import type { ArchiveStore } from '../engine/archive-store.ts';
import type { Reading } from '../engine/snapshot.ts';
import { AttachmentStrip } from './attachments/AttachmentStrip.tsx';
import { PreviewDialog } from './attachments/PreviewDialog.tsx';
import { FindBar } from './find/FindBar.tsx';
import { WarmFrame } from './html/WarmFrame.tsx';
import { LetterFields } from './LetterFields.tsx';
import { LinkDialog } from './links/LinkDialog.tsx';
import { MessageBody, seenAs } from './MessageBody.tsx';
import { charsetOf, Notices } from './Notices.tsx';
import { hasHtml } from './parts/shown-parts.ts';
import { ReaderBar } from './ReaderBar.tsx';
import { say } from '../../shared/language/say.ts';
import { ErrorText } from '../language/ErrorText.tsx';

type ShownReading = Extract<Reading, { reading: 'shown' }>;

function Message({
  store,
  reading,
}: {
  readonly store: ArchiveStore;
  readonly reading: ShownReading;
}) {
  const [, { settings }] = useReader();
  const { message, charset, late } = reading;
  const view = seenAs(message, settings.view);
  const whole = `${message.key} ${view} ${charset}`;
  const [shown, setShown] = useState('');
  const onShown = useCallback(() => setShown(whole), [whole]);
  const framed = view === 'html';
  return (
    <article
      className={framed ? 'message message-framed' : 'message'}
      aria-busy={late}
      data-key={message.key}
      data-shown={shown === whole}
    >
      <ReaderBar
        store={store}
        view={view}
        html={hasHtml(message.body) ? 'there' : 'none'}
        charset={charset}
        own={charset === '' ? (charsetOf(message.body)?.name ?? '') : ''}
      />
      <header className="message-head">
        <h1 className="message-subject" dir="auto" translate="no">
          {message.subject || say('none.subject')}
        </h1>
        <LetterFields letter={message} />
        <AttachmentStrip message={message} />
      </header>
      <Notices message={message} />
      <div
        // A frame stays for the next message: a new one would take longer to show it.
        key={framed ? 'framed' : whole}
        className="message-body"
        style={framed ? undefined : { zoom: settings.zoom / 100 }}
      >
        <MessageBody
          store={store}
          message={message}
          charset={charset}
          view={view}
          onShown={onShown}
        />
      </div>
    </article>
  );
}

function Content({ store, reading }: { readonly store: ArchiveStore; readonly reading: Reading }) {
  switch (reading.reading) {
    case 'loading':
      return <div className="blank" aria-busy="true" />;
    case 'failed':
      return (
        <div className="blank">
          <TriangleAlert size={32} aria-hidden />
          <h1>
            <ErrorText error={reading.error} />
          </h1>
        </div>
      );
    case 'shown':
      return <Message store={store} reading={reading} />;
    default:
      return (
        <div className="blank">
          <Mail size={32} aria-hidden />
          <h1>{say('reader.none')}</h1>
          <p className="quiet">{say('reader.choose')}</p>
        </div>
      );
  }
}

/** What is asked, what went wrong, and where the link under the pointer leads. */
function Around({ store }: { readonly store: ArchiveStore }) {
  const [reader, { asked, hover, preview, error }] = useReader();
  return (
    <>
      {error && (
        <p className="reader-error" role="alert">
          <TriangleAlert size={15} aria-hidden />
          <span>
            <ErrorText error={error} />
          </span>
          <button
            type="button"
            className="icon-button"
            aria-label={say('button.dismiss')}
            onClick={() => reader.dismissError()}
          >
            <X size={15} aria-hidden />
          </button>
        </p>
      )}
      {hover !== '' && (
        <p className="reader-foot" dir="ltr" translate="no">
          {hover}
        </p>
      )}
      {asked && <LinkDialog {...asked} />}
      {preview && (
        <PreviewDialog store={store} messageKey={preview.key} attachment={preview.attachment} />
      )}
    </>
  );
}

export function Reader({ store }: { readonly store: ArchiveStore }) {
  const { reading, list } = useArchive(store);
  const several = list.selected.messages > 1;
  return (
    <div className="reader-around">
      <FindBar />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <section className="reader" aria-label={say('reader.region')} tabIndex={0}>
        {several ? (
          <div className="blank">
            <p className="big">{formatNumber(list.selected.messages)}</p>
            <h1>
              {say('reader.selected', {
                messages: list.selected.messages,
                size: formatBytes(list.selected.bytes),
              })}
            </h1>
          </div>
        ) : (
          <Content store={store} reading={reading} />
        )}
      </section>
      <Around store={store} />
      <WarmFrame store={store} />
    </div>
  );
}

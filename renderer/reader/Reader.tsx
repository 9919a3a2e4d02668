/** The message that is current, or why there is none to show. */

import { FileText, Mail, Paperclip, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import {
  type Attachment,
  type MessageText as Text,
  type MessageView,
  peopleText,
} from '../../shared/message-view.ts';
import { useArchive } from '../app/use-store.ts';
import { formatBytes, formatCount, formatLong, formatNumber } from '../design/format.ts';
import type { ArchiveStore } from '../engine/archive-store.ts';
import type { Reading } from '../engine/snapshot.ts';
import { MessageText } from './MessageText.tsx';

function Attachments({ attachments }: { readonly attachments: readonly Attachment[] }) {
  if (attachments.length === 0) return null;
  return (
    <ul className="attachments" aria-label="Attachments">
      {attachments.map((attachment, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: names repeat; the list of one message never moves
        <li key={index} className="attachment">
          <Paperclip size={14} aria-hidden />
          <span className="attachment-name">{attachment.name || 'unnamed'}</span>
          <span className="quiet">
            {attachment.type} · {formatBytes(attachment.bytes)}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Headers({ message }: { readonly message: MessageView }) {
  const [all, setAll] = useState(false);
  const date = message.date === null ? message.dateText : formatLong(message.date);
  return (
    <header className="message-head">
      <h1 className="message-subject">{message.subject || '(no subject)'}</h1>
      <dl className="message-fields">
        <dt>From</dt>
        <dd>{peopleText(message.from) || '(no sender)'}</dd>
        {message.to.length > 0 && <dt>To</dt>}
        {message.to.length > 0 && <dd>{peopleText(message.to)}</dd>}
        {message.cc.length > 0 && <dt>Cc</dt>}
        {message.cc.length > 0 && <dd>{peopleText(message.cc)}</dd>}
        {date && <dt>Date</dt>}
        {date && <dd title={message.dateText}>{date}</dd>}
      </dl>
      <button type="button" className="link" aria-expanded={all} onClick={() => setAll(!all)}>
        {all ? 'Fewer headers' : 'All headers'}
      </button>
      {all && (
        <dl className="all-headers">
          {message.headers.map(({ name, value }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: headers repeat; those of one message never move
            <div key={index}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      <Attachments attachments={message.attachments} />
    </header>
  );
}

function Body({ message, text }: { readonly message: MessageView; readonly text: Text }) {
  return (
    <>
      {text.textFrom === 'html' && (
        <p className="hint">
          <FileText size={14} aria-hidden /> This message is HTML; its text is shown.
        </p>
      )}
      {text.text.trim() === '' ? (
        <p className="quiet">This message has no text.</p>
      ) : (
        <MessageText text={text.text} />
      )}
      {message.truncated && (
        <p className="hint">
          This message is {formatBytes(message.bytes)} long; only its beginning is shown.
        </p>
      )}
    </>
  );
}

function Content({ reading }: { readonly reading: Reading }) {
  switch (reading.reading) {
    case 'loading':
      return <div className="blank" aria-busy="true" />;
    case 'failed':
      return (
        <div className="blank">
          <TriangleAlert size={32} aria-hidden />
          <p>{reading.error.sentence}</p>
        </div>
      );
    case 'shown':
      return (
        <article key={reading.message.key} aria-busy={reading.late}>
          <Headers message={reading.message} />
          <Body message={reading.message} text={reading.text} />
        </article>
      );
    default:
      return (
        <div className="blank">
          <Mail size={32} aria-hidden />
          <p>No message selected</p>
          <p className="quiet">Choose one in the list, or press j</p>
        </div>
      );
  }
}

export function Reader({ store }: { readonly store: ArchiveStore }) {
  const { reading, list } = useArchive(store);
  const several = list.selected.messages > 1;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <section className="reader" aria-label="Message" tabIndex={0}>
      {several ? (
        <div className="blank">
          <p className="big">{formatNumber(list.selected.messages)}</p>
          <p>
            {formatCount(list.selected.messages, 'message')} selected ·{' '}
            {formatBytes(list.selected.bytes)}
          </p>
        </div>
      ) : (
        <Content reading={reading} />
      )}
    </section>
  );
}

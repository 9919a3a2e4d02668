/**
 * The attachments of a message, one beside the other: sign, name, size. Choosing one offers what can
 * be done with it; it can be dragged out of the window; a program says that it is one.
 */

import { Download, Eye, ExternalLink } from 'lucide-react';
import { useId, useState } from 'react';
import { dangerOf } from '../../../shared/file-danger.ts';
import type { Attachment, MessageView } from '../../../shared/message-view.ts';
import { useAppStore } from '../../app/use-store.ts';
import { contextOf } from '../../command/command.ts';
import { commandNamed, perform } from '../../command/registry.ts';
import { formatBytes } from '../../design/format.ts';
import { previewOf, signOf } from './kinds.ts';
import { say } from '../../../shared/language/say.ts';

/** More are behind a button: a message can have a thousand. */
const SHOWN = 24;

function sizeText({ bytes, size }: Attachment): string {
  const said = formatBytes(bytes);
  if (size === 'exact') return said;
  return say(size === 'about' ? 'attachments.about' : 'attachments.atLeast', { size: said });
}

function dangerText({ name, type }: Attachment): string {
  const danger = dangerOf(name, type);
  return danger === 'program' || danger === 'macros' ? say(`attachments.danger.${danger}`) : '';
}

function Actions({
  attachment,
  messageKey,
}: {
  readonly attachment: Attachment;
  readonly messageKey: string;
}) {
  const app = useAppStore();
  const { part, name } = attachment;
  const archive = app.active?.id;
  if (!archive) return null;
  return (
    <div className="attachment-actions">
      {previewOf(attachment) !== 'none' && (
        <button
          type="button"
          className="small-button"
          onClick={() => app.reader.look(messageKey, attachment)}
        >
          <Eye size={13} aria-hidden /> {say('attachments.preview')}
        </button>
      )}
      <button
        type="button"
        className="small-button"
        onClick={() =>
          void app.reader.told(
            app.bridge.saveParts(archive, { key: messageKey, parts: [{ part, name }] }),
          )
        }
      >
        <Download size={13} aria-hidden /> {say('attachments.save')}
      </button>
      <button
        type="button"
        className="small-button"
        onClick={() =>
          void app.reader.told(app.bridge.openPart(archive, { key: messageKey, part }))
        }
      >
        <ExternalLink size={13} aria-hidden /> {say('attachments.open')}
      </button>
    </div>
  );
}

function Item({
  attachment,
  messageKey,
}: {
  readonly attachment: Attachment;
  readonly messageKey: string;
}) {
  const app = useAppStore();
  const [chosen, setChosen] = useState(false);
  const { name, type, part } = attachment;
  const danger = dangerText(attachment);
  const actions = useId();
  const Sign = signOf(attachment);
  return (
    <li className={danger === '' ? 'attachment' : 'attachment attachment-danger'}>
      <button
        type="button"
        className="attachment-name"
        aria-expanded={chosen}
        aria-controls={chosen ? actions : undefined}
        title={`${name}\n${type}`}
        draggable
        onDragStart={(event) => {
          // The system's own drag, of a file that main has made, takes the place of this one.
          event.preventDefault();
          const archive = app.active?.id;
          if (archive)
            void app.reader.told(app.bridge.dragPart(archive, { key: messageKey, part }));
        }}
        onClick={() => setChosen(!chosen)}
      >
        <Sign size={16} aria-hidden />
        <span className="attachment-label" dir="auto" translate="no">
          {name}
        </span>
        <span className="quiet">{sizeText(attachment)}</span>
        {danger !== '' && <span className="danger-word">{danger}</span>}
      </button>
      {chosen && (
        <div id={actions}>
          <Actions attachment={attachment} messageKey={messageKey} />
        </div>
      )}
    </li>
  );
}

export function AttachmentStrip({ message }: { readonly message: MessageView }) {
  const app = useAppStore();
  const [all, setAll] = useState(false);
  const { attachments, omitted } = message;
  if (attachments.length === 0) return null;
  const shown = all ? attachments : attachments.slice(0, SHOWN);
  const left = attachments.length - shown.length;
  return (
    <div className="attachment-strip">
      <ul className="attachments" aria-label={say('attachments.list')}>
        {shown.map((attachment) => (
          <Item key={attachment.part} attachment={attachment} messageKey={message.key} />
        ))}
      </ul>
      <div className="attachment-foot">
        {left > 0 && (
          <button type="button" className="link" onClick={() => setAll(true)}>
            {say('attachments.more', { attachments: left })}
          </button>
        )}
        {omitted.attachments > 0 && (
          <span className="quiet">
            {say('attachments.unlisted', { attachments: omitted.attachments })}
          </span>
        )}
        {attachments.length > 1 && (
          <button
            type="button"
            className="link"
            onClick={() => perform(commandNamed('save-attachments'), contextOf(app))}
          >
            {say('attachments.saveAll', { attachments: attachments.length })}
          </button>
        )}
      </div>
    </div>
  );
}

/** An attachment looked at without leaving the window: pictures by their own bytes, text as text. */

import { useEffect, useId, useRef, useState } from 'react';
import type { Attachment } from '../../../shared/message-view.ts';
import { toErrorValue } from '../../../shared/errors.ts';
import { useReader } from '../../app/use-store.ts';
import { formatBytes } from '../../design/format.ts';
import type { ArchiveStore } from '../../engine/archive-store.ts';
import { pictureAddress, wholePart } from '../html/carried-pictures.ts';
import { visibleSource } from '../visible-source.ts';
import { previewOf } from './kinds.ts';

const PICTURE_BYTES_MAX = 32 * 1024 * 1024;
const TEXT_BYTES_MAX = 256 * 1024;

type Preview =
  | { readonly looks: 'loading' }
  | { readonly looks: 'picture'; readonly address: string }
  | { readonly looks: 'text'; readonly text: string; readonly cut: boolean }
  | { readonly looks: 'not'; readonly why: string };

async function load(store: ArchiveStore, key: string, attachment: Attachment): Promise<Preview> {
  if (previewOf(attachment) === 'picture') {
    const bytes = await wholePart(
      (part, from, length) => store.reader.part(key, part, from, length),
      attachment.part,
      PICTURE_BYTES_MAX,
    );
    const address = bytes && (await pictureAddress(bytes));
    return address
      ? { looks: 'picture', address }
      : { looks: 'not', why: 'This is no picture that can be shown, or it is too large.' };
  }
  const chunk = await store.reader.part(key, attachment.part, 0, TEXT_BYTES_MAX);
  return { looks: 'text', text: visibleSource(chunk.bytes), cut: !chunk.end };
}

interface Props {
  readonly store: ArchiveStore;
  readonly messageKey: string;
  readonly attachment: Attachment;
}

export function PreviewDialog({ store, messageKey, attachment }: Props) {
  const [reader] = useReader();
  const dialog = useRef<HTMLDialogElement>(null);
  const [preview, setPreview] = useState<Preview>({ looks: 'loading' });
  const title = useId();
  useEffect(() => {
    dialog.current?.showModal();
    let current = true;
    load(store, messageKey, attachment)
      .catch((error): Preview => ({ looks: 'not', why: toErrorValue(error).sentence }))
      .then((loaded) => current && setPreview(loaded));
    return () => {
      current = false;
    };
  }, [store, messageKey, attachment]);
  return (
    <dialog
      ref={dialog}
      className="dialog preview"
      aria-labelledby={title}
      onClose={() => reader.look('', null)}
    >
      <h2 id={title} dir="auto">
        {attachment.name}
      </h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <section className="preview-body" tabIndex={0} aria-label="Content">
        {preview.looks === 'picture' && <img src={preview.address} alt={attachment.name} />}
        {preview.looks === 'text' && <pre dir="auto">{preview.text}</pre>}
        {preview.looks === 'not' && <p className="quiet">{preview.why}</p>}
      </section>
      <div className="dialog-buttons">
        <span className="quiet">
          {attachment.type} · {formatBytes(attachment.bytes)}
          {preview.looks === 'text' && preview.cut && ' · its beginning is shown'}
        </span>
        <span className="stretch" />
        <button
          type="button"
          className="button button-prominent"
          onClick={() => dialog.current?.close()}
        >
          Done
        </button>
      </div>
    </dialog>
  );
}

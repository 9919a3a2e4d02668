/**
 * An attachment looked at without leaving the window: pictures by their own bytes, text as text,
 * PDFs drawn in a frame of another process, sound played in a frame that can do nothing else.
 */

import { useEffect, useState } from 'react';
import type { Attachment } from '../../../shared/message-view.ts';
import { toErrorValue } from '../../../shared/errors.ts';
import {
  PAGE,
  PAGES,
  PDF_FRAME,
  PDF_PAGES_MAX,
  type PdfToDraw,
  type PdfWords,
} from '../../../shared/pdf-contract.ts';
import { useAppStore } from '../../app/use-store.ts';
import { PanelDialog } from '../../dialog/PanelDialog.tsx';
import { formatBytes } from '../../design/format.ts';
import type { ArchiveStore } from '../../engine/archive-store.ts';
import { loadPreview, type Preview } from './preview.ts';
import { say, spoken } from '../../../shared/language/say.ts';
import { errorInWords } from '../../language/error-words.ts';

const pdfWords = (): PdfWords => ({
  language: spoken().locale,
  pageOf: say('preview.pdf.pageOf', { page: PAGE, pages: PAGES }),
  undrawn: say('preview.pdf.page'),
  more: say('preview.pdf.more', { pages: PDF_PAGES_MAX }),
  password: say('preview.pdf.password'),
  unreadable: say('preview.pdf.unreadable'),
});

/** The frame is handed the PDF when its script listens. */
function PdfFrame({ bytes, name }: { readonly bytes: Uint8Array; readonly name: string }) {
  return (
    <iframe
      className="preview-pdf"
      sandbox="allow-scripts"
      src={PDF_FRAME}
      title={name}
      onLoad={({ currentTarget }) => {
        const message: PdfToDraw = { pdf: bytes, words: pdfWords() };
        // Its origin is opaque: no other target can be named. It is ours, and goes nowhere else.
        currentTarget.contentWindow?.postMessage(message, '*');
      }}
    />
  );
}

function Look({ preview, name }: { readonly preview: Preview; readonly name: string }) {
  switch (preview.looks) {
    case 'loading':
      return null;
    case 'picture':
      return <img src={preview.address} alt={name} />;
    case 'text':
      return (
        <pre dir="auto" translate="no">
          {preview.text}
        </pre>
      );
    case 'pdf':
      return <PdfFrame bytes={preview.bytes} name={name} />;
    case 'sound':
      return <iframe className="preview-sound" sandbox="" src={preview.address} title={name} />;
    case 'not':
      return <p className="quiet">{preview.why}</p>;
  }
}

interface Props {
  readonly store: ArchiveStore;
  readonly messageKey: string;
  readonly attachment: Attachment;
}

export function PreviewDialog({ store, messageKey, attachment }: Props) {
  const { reader, active } = useAppStore();
  const archive = active?.id;
  const [preview, setPreview] = useState<Preview>({ looks: 'loading' });
  useEffect(() => {
    if (!archive) return undefined;
    const loading = loadPreview({ store, reader, archive, key: messageKey }, attachment).catch(
      (error): Preview => ({ looks: 'not', why: errorInWords(toErrorValue(error)) }),
    );
    let current = true;
    void loading.then((loaded) => current && setPreview(loaded));
    return () => {
      current = false;
      void loading.then(
        (loaded) => loaded.looks === 'sound' && reader.forgetDocument(loaded.token),
      );
    };
  }, [store, reader, archive, messageKey, attachment]);
  return (
    <PanelDialog
      title={attachment.name}
      translate="no"
      className={preview.looks === 'pdf' ? 'preview preview-large' : 'preview'}
      button="button.done"
      beside={
        <span className="quiet">
          {say(preview.looks === 'text' && preview.cut ? 'preview.factsCut' : 'preview.facts', {
            type: attachment.type,
            size: formatBytes(attachment.bytes),
          })}
        </span>
      }
      onClose={() => reader.look('', null)}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <section className="preview-body" tabIndex={0} aria-label={say('preview.content')}>
        <Look preview={preview} name={attachment.name} />
      </section>
    </PanelDialog>
  );
}

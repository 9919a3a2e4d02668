/**
 * An attachment made ready to be looked at: its bytes, read in strokes from the engine and bounded,
 * as what they are by their own word. Of a sound nothing is read here: main reads it as it is heard.
 */

import type { Attachment } from '../../../shared/message-view.ts';
import { documentAddress } from '../../../shared/reader-contract.ts';
import { PDF_BYTES_MAX } from '../../../shared/pdf-contract.ts';
import type { ArchiveId } from '../../../shared/units.ts';
import type { ArchiveStore } from '../../engine/archive-store.ts';
import { pictureAddress, wholePart } from '../html/carried-pictures.ts';
import type { ReaderStore } from '../reader-store.ts';
import { visibleSource } from '../visible-source.ts';
import { previewOf } from './kinds.ts';
import { say } from '../../../shared/language/say.ts';

const PICTURE_BYTES_MAX = 32 * 1024 * 1024;
const TEXT_BYTES_MAX = 256 * 1024;

export type Preview =
  | { readonly looks: 'loading' }
  | { readonly looks: 'picture'; readonly address: string }
  | { readonly looks: 'text'; readonly text: string; readonly cut: boolean }
  | { readonly looks: 'pdf'; readonly bytes: Uint8Array }
  /** `token`: of the document, to be forgotten when it is no longer looked at. */
  | { readonly looks: 'sound'; readonly address: string; readonly token: string }
  | { readonly looks: 'not'; readonly why: string };

interface From {
  readonly store: ArchiveStore;
  readonly reader: ReaderStore;
  readonly archive: ArchiveId;
  readonly key: string;
}

/** Loads what is to be looked at. @throws what the engine or main answers */
export async function loadPreview(from: From, attachment: Attachment): Promise<Preview> {
  const { store, reader, archive, key } = from;
  const { part } = attachment;
  const whole = (bytesMax: number): Promise<Uint8Array | null> =>
    wholePart((name, at, length) => store.reader.part(key, name, at, length), part, bytesMax);
  switch (previewOf(attachment)) {
    case 'picture': {
      const bytes = await whole(PICTURE_BYTES_MAX);
      const address = bytes && (await pictureAddress(bytes));
      return address
        ? { looks: 'picture', address }
        : { looks: 'not', why: say('preview.noPicture') };
    }
    case 'pdf': {
      const bytes = await whole(PDF_BYTES_MAX);
      return bytes ? { looks: 'pdf', bytes } : { looks: 'not', why: say('preview.largePdf') };
    }
    case 'sound': {
      const token = await reader.keepSound(archive, { key, part });
      return { looks: 'sound', address: documentAddress(token), token };
    }
    default: {
      const chunk = await store.reader.part(key, part, 0, TEXT_BYTES_MAX);
      return { looks: 'text', text: visibleSource(chunk.bytes), cut: !chunk.end };
    }
  }
}

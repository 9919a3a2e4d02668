/** What an attachment is for a person: its sign, and whether it can be looked at here. */

import {
  Archive,
  CalendarDays,
  ContactRound,
  File,
  FileAudio,
  FileImage,
  FileSpreadsheet,
  FileText,
  FileType,
  FileVideo,
  FileWarning,
  Mail,
  Presentation,
} from 'lucide-react';
import type { ComponentType } from 'react';
import { dangerOf, endingOf } from '../../../shared/file-danger.ts';
import type { Attachment } from '../../../shared/message-view.ts';

type Sign = ComponentType<{ readonly size: number }>;

const BY_TYPE: readonly (readonly [RegExp, Sign])[] = [
  [/^image\//, FileImage],
  [/^audio\//, FileAudio],
  [/^video\//, FileVideo],
  [/^text\/(?:x-)?vcard/, ContactRound],
  [/^text\/calendar/, CalendarDays],
  [/^message\//, Mail],
  [/pdf$/, FileType],
  [/spreadsheet|excel|csv/, FileSpreadsheet],
  [/presentation|powerpoint/, Presentation],
  [/^text\/|wordprocessing|msword|rtf/, FileText],
];

/** The sign that stands before its name. */
export function signOf({ name, type }: Attachment): Sign {
  const danger = dangerOf(name, type);
  if (danger === 'program') return FileWarning;
  if (danger === 'packed') return Archive;
  return BY_TYPE.find(([pattern]) => pattern.test(type.toLowerCase()))?.[1] ?? File;
}

const PICTURES = /^image\/(?:png|gif|jpe?g|pjpeg|webp|bmp|x-ms-bmp)$/i;
const PICTURE_ENDINGS = new Set(['png', 'gif', 'jpg', 'jpeg', 'webp', 'bmp']);
const TEXTS = /^(?:text\/|message\/|application\/(?:json|xml|pgp-signature|x-patch|sql)$)/i;
const TEXT_ENDINGS = new Set(
  'txt text log md csv tsv json xml patch diff asc ics vcf eml c h py js ts sh pl ini conf'.split(
    ' ',
  ),
);
const PDFS = /^application\/(?:x-)?pdf$/i;
/** What browsers play, and what the engine makes playable for them. */
const SOUNDS =
  /^audio\/(?:(?:x-)?(?:wav|aac|flac|m4a)|vnd\.wave|wave|mpeg|mp3|mp4|ogg|opus|webm|basic)$/i;
const SOUND_ENDINGS = new Set('wav mp3 ogg oga opus m4a aac flac weba au snd'.split(' '));

export type Look = 'picture' | 'text' | 'pdf' | 'sound' | 'none';

/** How it can be looked at here. */
export function previewOf({ name, type, encrypted }: Attachment): Look {
  if (encrypted) return 'none';
  const ending = endingOf(name);
  if (PICTURES.test(type) || PICTURE_ENDINGS.has(ending)) return 'picture';
  if (PDFS.test(type) || ending === 'pdf') return 'pdf';
  if (SOUNDS.test(type) || SOUND_ENDINGS.has(ending)) return 'sound';
  return TEXTS.test(type) || TEXT_ENDINGS.has(ending) ? 'text' : 'none';
}

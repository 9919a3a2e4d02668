/**
 * Of which kind an attachment is, by its media type, and by its name's ending where the type says
 * nothing. Imports shared and how header text is decoded.
 */

import { ATTACHMENT_KINDS, type AttachmentKind } from '../../shared/attachment-kinds.ts';
import { decodeHeaderText } from './header-text.ts';

/** The bit of a kind, of all that a message carries. */
export const kindBit = (kind: AttachmentKind): number => 1 << ATTACHMENT_KINDS.indexOf(kind);

const BY_TYPE: readonly (readonly [RegExp, AttachmentKind])[] = [
  [/^image\//, 'picture'],
  [/^audio\/|\/ogg$/, 'sound'],
  [/^video\/|mp4$|realmedia/, 'video'],
  [/pdf$/, 'pdf'],
  [/^message\/|calendar|vcard|\/ics$|tnef$/, 'message'],
  [/zip|compress|x-tar|[-/]rar|7z|stuffit|x-lzh|x-xz|zstd/, 'packed'],
  [/^text\/|msword|ms-?(?:excel|powerpoint|works|project)|officedocument|opendocument/, 'document'],
  [/rtf$|wordperfect|postscript|epub|sun\.xml|iwork|visio|latex|x-tex$|xml$|json$/, 'document'],
];

const BY_ENDING: readonly (readonly [string, AttachmentKind])[] = [
  ['jpg jpeg jpe jfif png gif bmp tif tiff webp heic heif avif svg psd pct ico raw', 'picture'],
  ['mp3 wav wma ogg oga opus m4a aac flac mid midi aif aiff amr au', 'sound'],
  ['avi mpg mpeg mov mp4 m4v wmv mkv flv 3gp webm rm vob', 'video'],
  ['pdf', 'pdf'],
  ['eml msg ics vcf vcs mbox dat', 'message'],
  ['zip gz tgz bz2 xz zst 7z rar tar arj lzh lha z sit sitx hqx cab ace jar', 'packed'],
  ['doc docx dot xls xlsx ppt pptx pps ppsx odt ods odp sxw sxc rtf txt csv tsv', 'document'],
  ['htm html xml json md log wpd wps wri ps eps epub pages numbers key pub vsd tex', 'document'],
];
const ENDINGS = new Map(
  BY_ENDING.flatMap(([endings, kind]) => endings.split(' ').map((one) => [one, kind] as const)),
);

/** Types that programs give to whatever they do not know. */
const SAYS_NOTHING =
  /^(?:application\/(?:octet-?stream|x-unknown.*|download|force-download|x-download|binary)?|)$/;
const NAMES = /;\s*(?:file)?name(?:\*\d*\*?)?\s*=\s*(?:"([^"]*)"|([^;\s]+))/gi;

/**
 * @param type in lower case, without parameters
 * @param fields the values of Content-Type and Content-Disposition, one behind the other
 */
export function attachmentKind(type: string, fields: string): AttachmentKind {
  const byType = SAYS_NOTHING.test(type)
    ? undefined
    : BY_TYPE.find(([pattern]) => pattern.test(type))?.[1];
  return byType ?? ENDINGS.get(endingIn(fields)) ?? 'other';
}

/** The ending of the file's name; a long name is told in pieces, of which the last has it (RFC 2231). */
function endingIn(fields: string): string {
  let last = '';
  for (const [, quoted, plain] of fields.matchAll(NAMES)) last = quoted ?? plain ?? '';
  return /\.([a-z0-9]{1,5})$/i.exec(decodeHeaderText(last))?.[1]?.toLowerCase() ?? '';
}

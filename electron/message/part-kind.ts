/** What a part is for a reader, by what its header says. Imports shared and this folder. */

import type { Protection } from '../../shared/message-view.ts';
import type { About, Entity } from './entity.ts';

export type PartKind =
  | 'alternatives'
  | 'signed'
  | 'encrypted'
  | 'apple-double'
  | 'parts'
  | 'message'
  | 'message-header'
  | 'report'
  | 'calendar'
  | 'contacts'
  | 'html'
  | 'text'
  | 'outlook'
  | 'smime'
  | 'fragment'
  | 'elsewhere'
  | 'mac-file'
  | 'picture'
  | 'file';

const KIND_OF_TYPE: Readonly<Record<string, PartKind>> = {
  'multipart/alternative': 'alternatives',
  'multipart/signed': 'signed',
  'multipart/encrypted': 'encrypted',
  'multipart/appledouble': 'apple-double',
  'message/rfc822': 'message',
  'message/global': 'message',
  'message/news': 'message',
  'message/partial': 'fragment',
  'message/external-body': 'elsewhere',
  'text/rfc822-headers': 'message-header',
  'message/global-headers': 'message-header',
  'message/delivery-status': 'report',
  'message/global-delivery-status': 'report',
  'message/disposition-notification': 'report',
  'message/global-disposition-notification': 'report',
  'message/feedback-report': 'report',
  'text/calendar': 'calendar',
  'text/x-vcalendar': 'calendar',
  'application/ics': 'calendar',
  'text/vcard': 'contacts',
  'text/x-vcard': 'contacts',
  'text/directory': 'contacts',
  'application/vcard': 'contacts',
  'text/html': 'html',
  'application/xhtml+xml': 'html',
  'text/x-aol': 'html',
  'application/ms-tnef': 'outlook',
  'application/vnd.ms-tnef': 'outlook',
  'application/pkcs7-mime': 'smime',
  'application/x-pkcs7-mime': 'smime',
  'application/mac-binhex40': 'mac-file',
  'application/mac-binhex': 'mac-file',
  'application/binhex': 'mac-file',
  'application/x-binhex40': 'mac-file',
  'application/applefile': 'mac-file',
  // Before there were multiparts for it.
  'application/pgp': 'text',
};

/** Pictures that windows can show and that run nothing. */
const PICTURES = /^image\/(?:png|x-png|jpe?g|pjpeg|gif|webp|bmp|x-ms-bmp|avif|apng)$/;

/** True for a message in a message; of one that was sent in pieces, for the first of them. */
export function holdsMessage({ type, parameters }: Pick<About, 'type' | 'parameters'>): boolean {
  if (type === 'message/partial') return parameters.get('number')?.trim() === '1';
  return KIND_OF_TYPE[type] === 'message';
}

export function kindOf({ about, children }: Entity): PartKind {
  const { type, name } = about;
  // Without a part it is a text in which somebody took the delimiters away.
  if (type.startsWith('multipart/') && children.length === 0) return 'text';
  const kind = KIND_OF_TYPE[type];
  if (kind) return kind;
  if (type.startsWith('multipart/')) return 'parts';
  if (type.startsWith('text/')) return 'text';
  if (PICTURES.test(type)) return 'picture';
  // A letter in RTF, as some programs for Windows sent it, and no file.
  if (type === 'application/rtf' && name === '') return 'text';
  if (/^smime\.p7m$/i.test(name)) return 'smime';
  return /^winmail\.dat$/i.test(name) ? 'outlook' : 'file';
}

export function reportOf(type: string): 'delivery' | 'reading' | 'feedback' {
  if (type.endsWith('disposition-notification')) return 'reading';
  return type === 'message/feedback-report' ? 'feedback' : 'delivery';
}

/** Which signs or encrypts, by the protocol that a multipart names or by the type of a part. */
export function protectionOf({ type, parameters }: About): Protection['with'] {
  const words = `${parameters.get('protocol') ?? ''} ${type}`.toLowerCase();
  if (words.includes('pgp')) return 'openpgp';
  return words.includes('pkcs7') ? 'smime' : 'other';
}

const ENDINGS: Readonly<Record<string, string>> = {
  'application/pdf': 'unnamed.pdf',
  'application/zip': 'unnamed.zip',
  'application/ms-tnef': 'winmail.dat',
  'application/pgp-keys': 'keys.asc',
  'application/pkcs7-mime': 'smime.p7m',
  'application/x-pkcs7-mime': 'smime.p7m',
  'image/gif': 'unnamed.gif',
  'image/jpeg': 'unnamed.jpg',
  'image/png': 'unnamed.png',
  'message/global': 'message.eml',
  'message/rfc822': 'message.eml',
  'text/calendar': 'invitation.ics',
  'text/html': 'unnamed.html',
  'text/plain': 'unnamed.txt',
  'text/vcard': 'contact.vcf',
  'text/x-vcard': 'contact.vcf',
};

/** The name of a part that has none. */
export function nameOfType(type: string): string {
  return ENDINGS[type] ?? 'unnamed';
}

/**
 * Of a file of the old Macs, what other computers can use: under the name of its resources, or of both, if
 * it has none of its own.
 */
export function withoutFork({ about, children }: Entity): readonly Entity[] {
  const fork = children.find((child) => child.about.type === 'application/applefile');
  const data = children.filter((child) => child !== fork);
  if (data.length === 0) return children;
  // The name of the file of resources was that of the file, with a sign before it.
  const name = fork?.about.name.replace(/^%/, '') || about.name;
  return data.map((child) =>
    child.about.name === '' && child.children.length === 0
      ? { ...child, about: { ...child.about, name } }
      : child,
  );
}

/** The type of the first text in a part. */
export function textTypeOf(entity: Entity): string {
  let first = entity;
  while (first.children[0]) first = first.children[0];
  return first.about.type;
}

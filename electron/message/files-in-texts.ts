/**
 * Files that are uuencoded in the text of a message, as they may be taken out of it: where each lies,
 * and what stands there instead. Imports shared and this folder.
 *
 * They are found as a reader finds them (`embedded.ts`), and only those that are whole: what is torn, has
 * something else in it, or lies in a text that is encoded, signed or encrypted is left alone.
 */

import { createHash } from 'node:crypto';
import type { Attachment } from '../../shared/message-view.ts';
import type { ByteSource } from './byte-source.ts';
import { type EmbeddedFile, type FilePiece, withoutFiles } from './embedded.ts';
import type { Entity } from './entity.ts';
import { decodedBytes } from './part-places.ts';
import { takenOutNote } from './taken-out-note.ts';
import { isWholeUuencode } from './uuencode.ts';

export interface FileInText {
  readonly attachment: Attachment;
  /** Its lines, from `begin` to behind `end`, from the beginning of the message. */
  readonly from: number;
  readonly to: number;
  readonly bytes: Buffer;
  /** True in a text whose lines go on behind a blank (RFC 3676). */
  readonly flowed: boolean;
}

/** Longer texts are not read to their end for a reader either. */
const TEXT_BYTES_MAX = 64 * 1024 * 1024;
/** PGP, and PEM before it (RFC 1421): a signature is no longer true where a line of the text is gone. */
const SEALED = /^-----BEGIN [A-Z -]*MESSAGE/m;
const AS_IT_IS = /^\s*(?:(?:[78]-?bits?|binary)\b.*)?$/is;

/** The part of text in which a file lies. @param part the name of an attachment */
export const textAround = (part: string): string => part.slice(0, part.lastIndexOf('~'));

/**
 * The files of a text that may be taken out of it.
 * @param attachments what a reader found in this text, in order
 */
export async function filesInText(
  source: ByteSource,
  text: Entity,
  attachments: readonly Attachment[],
): Promise<readonly FileInText[]> {
  const { about, bodyFrom, bodyTo } = text;
  if (about.type !== 'text/plain' || !isAsItIs(text) || bodyTo - bodyFrom > TEXT_BYTES_MAX)
    return [];
  const stored = await source.read(bodyFrom, bodyTo - bodyFrom);
  const asText = stored.toString('latin1');
  if (SEALED.test(asText)) return [];
  const found = filesOf(asText);
  // What is shown has lost the quoting of the mailbox: it must hold the very same files.
  const { bytes, cut } = await decodedBytes({ source, entity: text }, TEXT_BYTES_MAX);
  const shown = filesOf(bytes.toString('latin1'));
  const same = found.length === shown.length && found.every((one, at) => isSame(one, shown[at]));
  if (cut || !same) return [];
  const flowed = about.parameters.get('format')?.toLowerCase() === 'flowed';
  return found.flatMap(({ file, from, to }, at): FileInText[] => {
    const attachment = attachments[at];
    if (attachment?.name !== file.name || attachment.bytes !== file.bytes.length) return [];
    if (file.inside !== 'uuencode' || !isWholeUuencode(asText.slice(from, to))) return [];
    return [{ attachment, from: bodyFrom + from, to: bodyFrom + to, bytes: file.bytes, flowed }];
  });
}

/** True if the bytes of a text are its own: nothing is said of how they are encoded, or that they are not. */
function isAsItIs({ about, fields }: Entity): boolean {
  const said = fields.filter(({ name }) => /^content-transfer-encoding$/i.test(name));
  return about.encoding === 'identity' && said.every(({ value }) => AS_IT_IS.test(value));
}

const filesOf = (text: string): readonly FilePiece[] =>
  withoutFiles(text).flatMap((piece) => ('file' in piece ? [piece] : []));

const isSame = ({ file }: FilePiece, other: FilePiece | undefined): boolean =>
  other !== undefined && fingerprint(file) === fingerprint(other.file);

const fingerprint = ({ inside, name, bytes }: EmbeddedFile): string =>
  `${inside} ${sha256(bytes)} ${name}`;

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/**
 * What stands where the lines of a file were, with the line ends that they had.
 * @param source the message, line ends as they are
 * @param day on which it is done, as text
 */
export async function noteInText(
  source: ByteSource,
  { attachment, from, to, bytes, flowed }: FileInText,
  day: string,
): Promise<Buffer> {
  const lines = (await source.read(from, to - from)).toString('latin1');
  const lineEnd = /\r\n|\n|\r/.exec(lines)?.[0] ?? '\n';
  const before = (await source.read(Math.max(0, from - 3), Math.min(3, from))).toString('latin1');
  // A line that goes on would take the first of these for its rest.
  const first = flowed && / [\r\n]+$/.test(before) ? [''] : [];
  const note = takenOutNote(attachment, { sha256: sha256(bytes), bytes: bytes.length }, day);
  const last = /[\r\n]$/.test(lines) ? [''] : [];
  // The name is the bytes of the line `begin`, in whatever charset the text is.
  return Buffer.from(
    [...first, ...note, ...last].join(lineEnd).replace(/[^\0-\xff]/g, '?'),
    'latin1',
  );
}

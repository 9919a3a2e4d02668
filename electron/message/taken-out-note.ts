/** The text that stands where an attachment was. Imports shared. */

import type { Attachment } from '../../shared/message-view.ts';

/** What the bytes of an attachment are known by. */
export interface Fingerprinted {
  readonly sha256: string;
  readonly bytes: number;
}

/**
 * The lines that stand for an attachment: its name, its type, its size and its digest. None of them
 * can be taken for a line that keeps messages apart.
 * @param day on which it is taken out, as text
 */
export function takenOutNote(
  { name, type }: Pick<Attachment, 'name' | 'type'>,
  { sha256, bytes }: Fingerprinted,
  day: string,
): readonly string[] {
  return [
    '[An attachment was taken out of this message.]',
    `Name: ${name}`,
    `Type: ${type}`,
    `Size: ${bytes} bytes`,
    `SHA-256: ${sha256}`,
    `Taken out: ${day}, with Mailkeep`,
  ];
}

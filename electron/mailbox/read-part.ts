/**
 * Reads of a message, by its key: where it lies is looked up when no bytes are being moved, and if some
 * have moved by the end of the read, all is done again. An offset or a number that was taken before
 * waiting would mean another message after a compaction (I4).
 */

import { MailboxError } from '../../shared/errors.ts';
import { byteOffset, type Key } from '../../shared/units.ts';
import { soundness, type SoundnessRequest } from './soundness.ts';
import { checkStored } from './verify.ts';

/**
 * Bytes of a message as stored, `from` its beginning on. A whole message is compared with what is known
 * of it; a part is believed if nobody has changed the file.
 * @throws GONE if the file no longer holds it where the table says; look again then
 */
export async function readPart(
  request: SoundnessRequest,
  of: Key,
  from: number,
  length: number,
): Promise<Buffer> {
  const { known, guarded, turns } = request;
  for (;;) {
    await turns.still();
    const { moves } = turns;
    const { table, keys } = known;
    const { file, format } = guarded;
    const number = keys.numberOf(of);
    if (number === null) throw new MailboxError('GONE', { path: file.path, key: of });
    const span = table.span(number);
    const fingerprint = table.fingerprint(number);
    const isSound = soundness(request, table);
    const bytes = Buffer.allocUnsafe(Math.max(0, Math.min(length, span.length - from)));
    const read = await file.read(bytes, byteOffset(span.offset + from));
    if (moves !== turns.moves) continue;
    const part = bytes.subarray(0, read);
    const isWhole = from === 0 && read === span.length;
    const isIt = from > 0 || checkStored(part, span, fingerprint, format);
    if (isIt && (isWhole || (await isSound()))) return part;
    if (moves === turns.moves) throw new MailboxError('GONE', { path: file.path, key: of });
  }
}

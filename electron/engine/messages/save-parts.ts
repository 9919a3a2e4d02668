/** Saves parts of a message, or the message itself, as files in a folder that a person chose. */

import { MailboxError } from '../../../shared/errors.ts';
import {
  BYTES_PER_CALL,
  type Saved,
  type SavedPart,
  type ToSave,
  WHOLE_MESSAGE,
} from '../../../shared/reading-contract.ts';
import { key } from '../../../shared/units.ts';
import { realDisk } from '../../mailbox/disk/real-disk.ts';
import { saveName } from '../../message/save-name.ts';
import type { Archive } from '../archive/archive.ts';
import { writeSavedFile } from './saved-file.ts';

/**
 * Writes each part as a file of its own, as a task that can be cancelled between two strokes.
 * @returns what got which name; what was written before an error stays, whole
 * @throws GONE, CANCELLED, and as `writeSavedFile`
 */
export function saveParts(archive: Archive, { key: text, parts, folder }: ToSave): Promise<Saved> {
  const wanted = key(text);
  return archive.tasks.run('save', async (task) => {
    const files: SavedPart[] = [];
    let done = 0;
    for (const { part, name } of parts) {
      const content = async function* (): AsyncGenerator<Uint8Array> {
        for (let from = 0, end = false; !end; ) {
          if (task.signal.aborted) throw new MailboxError('CANCELLED', { path: folder });
          const chunk = await archive.reading.partBytes(wanted, part, from, BYTES_PER_CALL);
          yield chunk.bytes;
          from += chunk.bytes.length;
          done += chunk.bytes.length;
          task.progress(done, Math.max(done, chunk.total ?? 0));
          end = chunk.end;
        }
      };
      const own = name ?? (await archive.reading.partName(wanted, part));
      const safe = saveName(own, part === WHOLE_MESSAGE ? 'message.eml' : 'unnamed');
      files.push({ part, name: await writeSavedFile(realDisk, { folder, name: safe }, content()) });
    }
    return { folder, files };
  });
}

/** What a scan of the mailbox's file is asked for. */

import type { Format, Reading } from './format/format.ts';
import type { GuardedFile } from './guarded-file.ts';
import type { Work } from './mailbox-options.ts';
import type { ScanRequest } from './toc/regenerate.ts';

/**
 * @param size of the file when it was last looked at. Of what is still being expanded nobody knows it:
 *   progress is told in compressed bytes then
 */
export function scanRequest(
  { file, format }: GuardedFile,
  reading: Reading,
  size: number,
  { signal, onProgress, pause }: Work,
): ScanRequest & { readonly format: Format } {
  const arriving = file.expansion?.arriving === true;
  const tell = (done: number): void => {
    const { expansion } = file;
    if (arriving && expansion) onProgress?.(expansion.readBytes, expansion.packed.bytes);
    else onProgress?.(done, Math.max(size, done));
  };
  return { file, format, reading, signal, onProgress: tell, pause };
}

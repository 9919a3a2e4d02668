/** What is said of compressed archives. */

import { PACKING_NAMES, type Packing } from '../../../shared/packing.ts';
import type { Outcome } from './expanding.ts';

/** Why what is shown is not the whole archive. */
export const INCOMPLETE: Readonly<Record<Outcome, string>> = {
  whole: '',
  truncated:
    'This compressed file ends too early: it was not copied or downloaded to its end. What could be read is shown; get the file once more for the rest.',
  corrupt:
    'This compressed file is damaged. What could be read is shown, its last message perhaps cut short.',
  limited:
    'This compressed file expands to far more than is usual for mail, so Mailkeep stopped. What could be read up to then is shown.',
  'no-space':
    'There is not enough room in the cache folder to expand all of this file. What could be read up to then is shown; free some space and open it again.',
  failed:
    'This compressed file could not be read to its end. What could be read up to then is shown; check the disk and open it again.',
};

/** Why a compressed archive can only be read. */
export const readOnlyBecause = (packing: Packing): string =>
  `It is compressed (${PACKING_NAMES[packing]}), and can only be read. To delete or compact, expand it with another program and open what comes of it.`;

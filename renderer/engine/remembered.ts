/** What is shown of an archive, to be shown again when another engine has taken over. */

import type { Arrangement } from '../../shared/row.ts';
import type { Snapshot } from './snapshot.ts';

export interface Remembered {
  readonly arrangement: Arrangement;
  readonly pane: Snapshot['pane'];
  /** Of the message in the reader; null if there is none. */
  readonly key: string | null;
}

export function rememberedOf({ arrangement, pane, reading }: Snapshot): Remembered {
  const key = reading.reading === 'shown' ? reading.message.key : null;
  return { arrangement, pane, key };
}

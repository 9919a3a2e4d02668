/** What became of an archive between two looks at it (I6). */

import { z } from 'zod';

export const diffSchema = z.strictObject({
  /**
   * `appended`: the old bytes stand, more follow. `changed`: anything else in the same file.
   * `replaced`: another file under the same name. `vanished`: no file under that name any more.
   */
  how: z.enum(['same', 'appended', 'changed', 'replaced', 'vanished']),
  /** Messages that were not there before. */
  arrived: z.number(),
  /** Messages that are no longer there. */
  gone: z.number(),
  /** Messages that stand in the place of one of the same place and Message-ID, with other bytes. */
  altered: z.number(),
  /** How many of our pending deletions went away with their messages. */
  marksLost: z.number(),
});
export type Diff = Readonly<z.infer<typeof diffSchema>>;

export const NO_DIFF: Diff = { how: 'same', arrived: 0, gone: 0, altered: 0, marksLost: 0 };

/** Compressed bytes in memory, taken from front to back as those of a file are. */

import { Input } from '../../electron/mailbox/packed/input.ts';

export const inputOf = (packed: Uint8Array): Input =>
  new Input(
    {
      read: (into, position) => {
        const some = packed.subarray(position, position + into.length);
        into.set(some);
        return some.length;
      },
    },
    0,
    packed.length,
  );

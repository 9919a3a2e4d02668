/** Telling listeners, now and then, of what changes all the time. Imports nothing. */

/** While the archive is being read, listeners are told so often. */
const TELL_EVERY_MS = 250;
/** Telling, while which the archive is being read as well, goes on for one part of so many of the time. */
const TELL_SHARE = 4;

/**
 * A function to be called with every change, which acts on few of them: lists are sorted anew each
 * time, and no more of our time may go into that than into reading.
 */
export function paced(act: () => Promise<void>): () => void {
  let next = 0;
  let acting = false;
  return () => {
    const begun = performance.now();
    if (acting || begun < next) return;
    acting = true;
    void act().finally(() => {
      const now = performance.now();
      next = now + Math.max(TELL_EVERY_MS, (now - begun) * TELL_SHARE);
      acting = false;
    });
  };
}

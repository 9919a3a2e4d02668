/**
 * The envelopes of some messages that follow each other, as columns: what a decoder makes and a list
 * adopts. Plain memory, so that it passes from one thread to another without a copy. Imports nothing.
 */

/** No text of an envelope is kept, shown or searched beyond this. */
export const TEXT_LENGTH_MAX = 1000;
/** Correspondents of one field may be many, and all of them are searched. */
export const PEOPLE_LENGTH_MAX = 8000;
/** UTF-8 takes at most three bytes for a UTF-16 unit. */
export const TEXT_BYTES_MAX = PEOPLE_LENGTH_MAX * 3;

/** Bits of `flags.ts`. */
export const FLAG_BITS = 0x1f;
/** The subject is ASCII, as nearly all are: what searches it need not fold it. */
export const ASCII_SUBJECT_BIT = 0x80;

export interface EnvelopeBatch {
  /** Milliseconds since 1970; NaN where there is no date. */
  readonly dates: Float64Array<ArrayBuffer>;
  readonly bits: Uint8Array<ArrayBuffer>;
  /** The kinds of attachments it carries (`attachments-carried.ts`). */
  readonly kinds: Uint8Array<ArrayBuffer>;
  /** What recurs from message to message, by its number in `people`. */
  readonly from: Uint32Array<ArrayBuffer>;
  readonly to: Uint32Array<ArrayBuffer>;
  readonly cc: Uint32Array<ArrayBuffer>;
  readonly list: Uint32Array<ArrayBuffer>;
  readonly labels: Uint32Array<ArrayBuffer>;
  /** The subjects one behind the other, in UTF-8, and how long each is. */
  readonly subjects: Uint8Array<ArrayBuffer>;
  readonly subjectBytes: Uint16Array<ArrayBuffer>;
  /** The texts that those mean, the same way: correspondents, lists and labels. */
  readonly people: Uint8Array<ArrayBuffer>;
  readonly peopleBytes: Uint16Array<ArrayBuffer>;
  /** The ids of `message-links.ts`, one message behind the other, and how many each has. */
  readonly links: Uint32Array<ArrayBuffer>;
  readonly linkCounts: Uint8Array<ArrayBuffer>;
}

/** The memory of a batch, to be handed over with it. */
export function memoryOf(batch: EnvelopeBatch): ArrayBuffer[] {
  const { dates, bits, from, to, cc, list, labels, subjects, subjectBytes, people, peopleBytes } =
    batch;
  const { kinds, links, linkCounts } = batch;
  const texts = [subjects, subjectBytes, people, peopleBytes];
  return [dates, bits, kinds, from, to, cc, list, labels, ...texts, links, linkCounts].map(
    (view) => view.buffer,
  );
}

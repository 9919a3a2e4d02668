/** What passes between the thread that reads texts and the one that keeps the index. Imports nothing. */

/** The words of some messages, in their order; all columns are memory of their own. */
export interface WordsBatch {
  /** Words joined by spaces, in UTF-8, message after message. */
  readonly words: Uint8Array<ArrayBuffer>;
  /** Where the words of each message end. */
  readonly ends: Uint32Array<ArrayBuffer>;
  readonly attachments: readonly IndexedAttachment[];
  /** Bytes of decoded text that the words are of. */
  readonly textBytes: number;
  /** Messages of which only the beginning is indexed. */
  readonly cut: number;
}

export interface IndexedAttachment {
  /** Which message of the batch. */
  readonly message: number;
  /** Folded, in one line. */
  readonly name: string;
  /** In lower case. */
  readonly type: string;
}

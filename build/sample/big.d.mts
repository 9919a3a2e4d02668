/** The types of `big.mjs`, for tests and measurements written in TypeScript. */

export interface BigMailboxSize {
  readonly messages: number;
  /** How long each message is, separator line included; its header is never cut. 2048 if not given. */
  readonly bytesPerMessage?: number;
  readonly seed?: number;
}

/** A mailbox in chunks of a few megabytes, each its own memory. */
export declare function bigMailbox(size: BigMailboxSize): Generator<Buffer>;
/** What a list shows of message `number`, counted from 0. */
export declare function bigMessage(number: number): {
  readonly subject: string;
  readonly from: string;
  /** Milliseconds since 1970, UTC. */
  readonly date: number;
};

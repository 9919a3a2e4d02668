/** The types of `sample.mjs`, for tests written in TypeScript. */

export interface SampleMessage {
  /** Place in the archive, from 0. */
  readonly number: number;
  /** What is special about it, such as `no-date`, `letter-japanese` or `pgp-mime`. */
  readonly kind: string;
  /** Where it begins in the file, separator line included. */
  readonly offset: number;
  /** How many bytes it takes, the empty line behind it included. */
  readonly length: number;
  /** The name that a list shows, or the address where there is no name. */
  readonly from: string;
  readonly subject: string;
  /** Milliseconds since 1970, UTC. */
  readonly date: number;
  /** What the writer wrote, without signature; a reader shows it, perhaps with other line breaks. */
  readonly text: string;
  /** What a person would call an attachment; pictures inside a newsletter are not. */
  readonly attachments: readonly {
    readonly name: string;
    readonly type: string;
    readonly bytes: number;
  }[];
  readonly flags: {
    readonly read: boolean;
    readonly answered: boolean;
    readonly starred: boolean;
    readonly draft: boolean;
    readonly deleted: boolean;
  };
}

export interface SampleArchive {
  readonly bytes: Buffer;
  readonly messages: readonly SampleMessage[];
}

export declare const SAMPLE_SEED: number;
/** The bytes of the sample archive; the same for the same seed. */
export declare function sampleMailbox(seed?: number): Buffer;
/** The sample archive, with what is in it. */
export declare function sampleArchive(seed?: number): SampleArchive;

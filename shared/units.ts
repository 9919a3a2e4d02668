/**
 * Numbers and names that must never be mixed up, as branded types.
 *
 * An offset is no length, a row on screen is no message in the file, and a key is no number:
 * each is its own type, made in one place by the function of the same name.
 */

declare const brand: unique symbol;
type Branded<Base, Name extends string> = Base & { readonly [brand]: Name };

/** Names one message for ever (I4); text, safe on a command line. */
export type Key = Branded<string, 'Key'>;
/** A position in a file, in bytes from its start. */
export type ByteOffset = Branded<number, 'ByteOffset'>;
/** A number of bytes. */
export type ByteLength = Branded<number, 'ByteLength'>;
/** SHA-256 in lower-case hexadecimal. */
export type Digest = Branded<string, 'Digest'>;
/** Which message of the table of contents, in file order from 0. Changes with every regeneration. */
export type MessageNumber = Branded<number, 'MessageNumber'>;
/** Which row of an arranged list, from 0. Means nothing without its `Generation`. */
export type RowIndex = Branded<number, 'RowIndex'>;
/** Counts the arrangements of a list: rows fetched under another generation are not to be used. */
export type Generation = Branded<number, 'Generation'>;
/** Names a piece of work that reports progress and can be cancelled. */
export type TaskId = Branded<number, 'TaskId'>;
/** Names an open archive in the app. */
export type ArchiveId = Branded<string, 'ArchiveId'>;

export const key = (text: string): Key => text as Key;
export const byteOffset = (bytes: number): ByteOffset => bytes as ByteOffset;
export const byteLength = (bytes: number): ByteLength => bytes as ByteLength;
export const digest = (hexadecimal: string): Digest => hexadecimal as Digest;
export const messageNumber = (number: number): MessageNumber => number as MessageNumber;
export const rowIndex = (index: number): RowIndex => index as RowIndex;
export const generation = (count: number): Generation => count as Generation;
export const taskId = (number: number): TaskId => number as TaskId;
export const archiveId = (text: string): ArchiveId => text as ArchiveId;

/** How many messages, and how many bytes of the file they take. */
export interface Amount {
  readonly messages: number;
  readonly bytes: number;
}

/**
 * The file of the pieces of columns, beside the database that says where each of them is. Imports
 * `database.ts` and Node's modules.
 *
 * Bytes are read from here straight to where they stay, by several threads. Out of the database they come by
 * four copies, through memory that nobody has touched yet.
 */

import { closeSync, constants, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { errorCode } from '../../shared/error-code.ts';
import { DatabaseError } from './database.ts';

/** Where a piece is. */
export interface Stretch {
  readonly at: number;
  readonly bytes: number;
}

/** Where the pieces of a catalog are, by the file of its database. */
export const piecesFileOf = (file: string): string => `${file}-columns`;

/** The first place where so many bytes have room. @param taken in any order, none over another */
export function freePlace(taken: readonly Stretch[], bytes: number): number {
  let place = 0;
  for (const { at, bytes: length } of taken.toSorted((one, other) => one.at - other.at)) {
    if (at - place >= bytes) return place;
    place = Math.max(place, at + length);
  }
  return place;
}

/** What the disk refuses says nothing against what is there. */
function refused(thrown: unknown): DatabaseError {
  const isFull = ['ENOSPC', 'EDQUOT'].includes(errorCode(thrown));
  return new DatabaseError(thrown, isFull ? 'full' : 'other');
}

/** Writes pieces, and looks at those that are there. Made if it is not there; readable by nobody else. */
export class PieceFile {
  readonly #descriptor: number;

  /** @throws DatabaseError */
  constructor(file: string) {
    try {
      this.#descriptor = openSync(file, constants.O_RDWR | constants.O_CREAT, 0o600);
    } catch (error) {
      throw refused(error);
    }
  }

  /** @returns fewer bytes than asked for where the file ends earlier */
  read({ at, bytes }: Stretch): Uint8Array {
    const piece = Buffer.allocUnsafe(bytes);
    let done = 0;
    while (done < bytes) {
      const got = readSync(this.#descriptor, piece, done, bytes - done, at + done);
      if (got === 0) break;
      done += got;
    }
    return piece.subarray(0, done);
  }

  /** @throws DatabaseError */
  write(at: number, piece: Uint8Array): void {
    try {
      for (let done = 0; done < piece.byteLength; ) {
        done += writeSync(this.#descriptor, piece, done, piece.byteLength - done, at + done);
      }
    } catch (error) {
      throw refused(error);
    }
  }

  /** Nothing is behind this place any more. */
  endAt(place: number): void {
    ftruncateSync(this.#descriptor, place);
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

/** Reads pieces, beside other work. */
export class PieceReader {
  readonly #handle: FileHandle;

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  /** @returns null if there is no such file @throws DatabaseError */
  static async open(file: string): Promise<PieceReader | null> {
    try {
      return new PieceReader(await open(file, 'r'));
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return null;
      throw refused(error);
    }
  }

  /** Fills `piece` with what stands from `at` on. @returns how many bytes there were */
  async fill(piece: Uint8Array, at: number): Promise<number> {
    let done = 0;
    while (done < piece.byteLength) {
      const left = piece.byteLength - done;
      const { bytesRead } = await this.#handle.read(piece, done, left, at + done);
      if (bytesRead === 0) break;
      done += bytesRead;
    }
    return done;
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}

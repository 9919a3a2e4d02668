/** A compressed file as the bytes that it expands to, read while they are being made. */

import { createHash } from 'node:crypto';
import { MailboxError } from '../../../shared/errors.ts';
import type { Packed } from '../../../shared/packing.ts';
import { type ByteOffset, byteLength } from '../../../shared/units.ts';
import type { Expansion, FileFacts, OpenFile } from '../disk/disk.ts';
import type { Expander, ExpandRequest, Outcome } from './expanding.ts';
import { INCOMPLETE } from './words.ts';

export interface ExpandingParts {
  readonly path: string;
  /** Facts of the compressed file when it was opened; of the file that is made, `expandedFacts`. */
  readonly facts: FileFacts;
  readonly packed: Pick<Packed, 'packing' | 'bytes'>;
  readonly source: OpenFile;
  readonly target: OpenFile;
  readonly request: ExpandRequest;
  readonly expander: Expander;
  /** Takes the name of the target away, if it still has one. */
  readonly forget: () => Promise<void>;
}

/**
 * What stands for a file that is made from another one. Whatever happens to the other one makes it
 * another file: it is never changed, only replaced.
 * @param entry which of a ZIP file
 */
export function expandedFacts(source: FileFacts, entry: string, bytes: number): FileFacts {
  const { inode, size, modifiedNs, changedNs } = source;
  const digest = createHash('sha256')
    .update([inode, size, modifiedNs, changedNs, entry].join('\n'))
    .digest();
  return { ...source, inode: digest.readBigUInt64BE(), size: byteLength(bytes), mode: 0o400 };
}

export class ExpandingFile implements OpenFile {
  readonly path: string;
  readonly mode = 'read';
  readonly #parts: ExpandingParts;
  readonly #work: ReturnType<Expander>;
  readonly #waiting = new Set<() => void>();
  #expandedBytes = 0;
  #readBytes = 0;
  #outcome: Outcome | null = null;

  constructor(parts: ExpandingParts) {
    this.path = parts.path;
    this.#parts = parts;
    this.#work = parts.expander(parts.request, ({ expandedBytes, readBytes }) => {
      this.#expandedBytes = expandedBytes;
      this.#readBytes = readBytes;
      this.#wake();
    });
    void this.#work.outcome.then((outcome) => {
      this.#outcome = outcome;
      this.#wake();
    });
  }

  get descriptor(): number {
    return this.#outcome ? this.#parts.target.descriptor : -1;
  }

  get expandedBytes(): number {
    return this.#expandedBytes;
  }

  get expansion(): Expansion {
    const { packed, request } = this.#parts;
    const incomplete = INCOMPLETE[this.#outcome ?? 'whole'];
    const limited = this.#outcome === 'limited';
    return {
      packed: { ...packed, incomplete, limited },
      arriving: this.#outcome === null,
      arrived: this.#work.outcome,
      readBytes: Math.min(this.#readBytes, request.end - request.from),
    };
  }

  async read(into: Uint8Array, position: ByteOffset): Promise<number> {
    while (!this.#outcome && this.#expandedBytes < position + into.byteLength) await this.#more();
    const there = Math.max(0, this.#expandedBytes - position);
    const read = into.subarray(0, Math.min(into.byteLength, there));
    return read.length === 0 ? 0 : this.#parts.target.read(read, position);
  }

  async facts(): Promise<FileFacts> {
    return { ...this.#parts.facts, size: byteLength(this.#expandedBytes) };
  }

  async close(): Promise<void> {
    await this.#work.stop();
    await this.#work.outcome;
    await this.#parts.target.close();
    await this.#parts.source.close();
    await this.#parts.forget();
  }

  write(): Promise<void> {
    return this.#refuse();
  }

  writeParts(): Promise<void> {
    return this.#refuse();
  }

  truncate(): Promise<void> {
    return this.#refuse();
  }

  setTimes(): Promise<void> {
    return this.#refuse();
  }

  async sync(): Promise<void> {
    // Nothing of it is ever written through this file.
  }

  async syncData(): Promise<void> {
    // As `sync`.
  }

  async #refuse(): Promise<never> {
    throw new MailboxError('READ_ONLY', { path: this.path });
  }

  #more(): Promise<void> {
    return new Promise((resolve) => this.#waiting.add(resolve));
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}

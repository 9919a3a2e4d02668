/**
 * The real disk, with somebody who is told of every operation before it is done, and waited for: to
 * count what work costs, and to let other things happen at every instant of it.
 */

import type { Disk, OpenFile } from '../../electron/mailbox/disk/disk.ts';
import { realDisk } from '../../electron/mailbox/disk/real-disk.ts';

/** One operation. */
export interface Operation {
  /** As the method of `Disk` or `OpenFile` is called. */
  readonly does: string;
  readonly path: string;
  /** So many are read or written, or the new length of a truncation; 0 for all others. */
  readonly bytes: number;
}

type OnOperation = (operation: Operation) => void | Promise<void>;

/** Operations that change what a file holds. */
export const CHANGES: ReadonlySet<string> = new Set(['write', 'writeParts', 'truncate']);

function bytesOf(does: string, [first]: readonly unknown[]): number {
  if (does === 'truncate') return Number(first);
  const parts = does === 'writeParts' ? (first as readonly Uint8Array[]) : [first];
  return parts.reduce<number>(
    (sum, part) => sum + (part instanceof Uint8Array ? part.length : 0),
    0,
  );
}

function watched<Target extends object>(
  target: Target,
  pathOf: (words: readonly unknown[]) => string,
  on: OnOperation,
  made: (value: unknown) => unknown,
): Target {
  return new Proxy(target, {
    get(_, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return async (...words: unknown[]): Promise<unknown> => {
        await on({ does: String(name), path: pathOf(words), bytes: bytesOf(String(name), words) });
        return made(await value.apply(target, words));
      };
    },
  });
}

/** @param on told before each operation, which is begun when it has settled */
export function watchedDisk(on: OnOperation): Disk {
  const isFile = (value: unknown): value is OpenFile =>
    typeof value === 'object' && value !== null && 'descriptor' in value;
  const opened = (file: OpenFile): OpenFile =>
    watched(
      file,
      () => file.path,
      on,
      (value) => value,
    );
  return watched(
    realDisk,
    ([first]) => String(first),
    on,
    (value) => (isFile(value) ? opened(value) : value),
  );
}

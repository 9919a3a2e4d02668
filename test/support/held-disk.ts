/** The real disk, on which reading stands still for as long as a test likes. */

import type { Disk, OpenFile } from '../../electron/mailbox/disk/disk.ts';
import { realDisk } from '../../electron/mailbox/disk/real-disk.ts';

export interface Gate {
  readonly opened: Promise<void>;
  readonly open: () => void;
  readonly isOpen: () => boolean;
}

/** Shut, until somebody opens it. */
export function gate(): Gate {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  let isOpen = false;
  return {
    opened,
    open: () => {
      isOpen = true;
      open();
    },
    isOpen: () => isOpen,
  };
}

/** The object itself, with one function in the place of its own. */
function withOwn<Of extends object>(of: Of, own: Partial<Of>): Of {
  return new Proxy(of, {
    get(target, name) {
      if (Object.hasOwn(own, name)) return Reflect.get(own, name);
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** @param held asked at each read of an open file, by its place; it waits for the promise, if there is one */
export function heldDisk(held: (position: number) => Promise<void> | null): Disk {
  const heldFile = (file: OpenFile): OpenFile =>
    withOwn(file, {
      read: async (into, position) => {
        await held(position);
        return file.read(into, position);
      },
    });
  return withOwn(realDisk, {
    open: async (path, mode) => heldFile(await realDisk.open(path, mode)),
  });
}

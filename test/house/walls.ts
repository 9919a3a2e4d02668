/**
 * The walls of the house as one table: which room may import which, and which things only one file
 * may touch. build/lint-walls.jsonc says the same to the linter; walls.test.ts compares them.
 */

import { importsOf } from './imports.ts';
import { type SourceFile, withoutComments } from './tree.ts';

export interface Room {
  /** The folder; files below it belong to the room with the longest name that fits. */
  readonly folder: string;
  /** Rooms, or single files of rooms, that it may import. Its own files it always may. */
  readonly may: readonly string[];
  /** Rooms of which it may import types, and nothing that runs. */
  readonly mayTypesOf?: readonly string[];
}

const MAILBOX = 'electron/mailbox';
const inMailbox = (...names: readonly string[]) => names.map((name) => `${MAILBOX}/${name}`);
const WHOLE_MAILBOX = [MAILBOX, ...inMailbox('disk', 'packed', 'format', 'lock', 'toc', 'flush')];

export const ROOMS: readonly Room[] = [
  { folder: 'shared', may: [] },
  { folder: `${MAILBOX}/disk`, may: ['shared'] },
  { folder: `${MAILBOX}/format`, may: ['shared'] },
  { folder: `${MAILBOX}/packed`, may: ['shared', ...inMailbox('disk')] },
  { folder: `${MAILBOX}/lock`, may: ['shared', ...inMailbox('disk')] },
  { folder: `${MAILBOX}/toc`, may: ['shared', ...inMailbox('disk', 'format', 'lock')] },
  { folder: `${MAILBOX}/flush`, may: ['shared', ...inMailbox('disk', 'format', 'lock', 'toc')] },
  { folder: MAILBOX, may: ['shared', ...WHOLE_MAILBOX] },
  { folder: 'electron/message', may: ['shared'] },
  {
    folder: 'electron/catalog',
    may: ['shared', 'electron/message'],
    mayTypesOf: WHOLE_MAILBOX,
  },
  {
    folder: 'electron/engine',
    may: ['shared', ...WHOLE_MAILBOX, 'electron/message', 'electron/catalog'],
  },
  { folder: 'electron/cli', may: ['shared', 'electron/engine'] },
  {
    folder: 'electron/main',
    may: [
      'shared',
      'electron/engine/launch.ts',
      'electron/engine/finding/launch.ts',
      'electron/engine/searching/launch.ts',
    ],
  },
  { folder: 'electron/preload', may: ['shared'] },
  { folder: 'renderer', may: ['shared'] },
];

/** Words of code that only some files may say. */
interface Ban {
  readonly what: RegExp;
  /** Files and folders to which the ban applies. */
  readonly where: readonly string[];
  readonly except: readonly string[];
  readonly door: string;
}

const PRODUCT = ['shared', 'electron', 'renderer'];

export const BANS: readonly Ban[] = [
  {
    what: /['"](?:node:)?fs(?:\/promises)?['"]/,
    where: [MAILBOX, 'electron/engine', 'electron/message'],
    except: [
      `${MAILBOX}/disk/real-disk.ts`,
      `${MAILBOX}/disk/shared-descriptor.ts`,
      'electron/engine/state-file.ts',
    ],
    door: 'take a Disk (electron/mailbox/disk/disk.ts)',
  },
  {
    what: /['"]fs-ext(?:\/[^'"]*)?['"]/,
    where: PRODUCT,
    except: [`${MAILBOX}/lock/fs-ext.ts`],
    door: 'take fcntl.ts or flock.ts of electron/mailbox/lock',
  },
  {
    what: /['"](?:@photostructure\/sqlite|node:sqlite)(?:\/[^'"]*)?['"]/,
    where: PRODUCT,
    except: ['electron/catalog/database.ts'],
    door: 'take a Database (electron/catalog/database.ts)',
  },
  {
    what: /['"]electron(?:\/(?:main|renderer|common))?['"]/,
    where: PRODUCT,
    except: [
      'electron/main',
      'electron/preload',
      'electron/engine/launch.ts',
      'electron/engine/finding/launch.ts',
      'electron/engine/searching/launch.ts',
    ],
    door: 'only electron/main, electron/preload and the launchers of electron/engine know Electron',
  },
  {
    what: /\bipcMain\b/,
    where: PRODUCT,
    except: ['electron/main/bridge.ts'],
    door: 'add the call to shared/bridge.ts and serve it in electron/main/bridge.ts',
  },
  {
    what: /\bipcRenderer\b/,
    where: PRODUCT,
    except: ['electron/preload/preload.ts'],
    door: 'add the call to shared/bridge.ts and offer it in electron/preload/preload.ts',
  },
  {
    what: /\bparentPort\b/,
    where: PRODUCT,
    except: [
      'electron/engine/process.ts',
      'electron/engine/finding/process.ts',
      'electron/engine/searching/process.ts',
      'electron/engine/port.ts',
      'electron/engine/envelopes/envelope-worker.ts',
      'electron/engine/expanding/expanding-worker.ts',
      'electron/engine/indexing/text-worker.ts',
    ],
    door: 'electron/engine/process.ts hands out the ports',
  },
];

const isIn = (file: string, place: string): boolean =>
  file === place || file.startsWith(`${place}/`);

/** The room of a file, or null outside the product. */
export function roomOf(file: string): Room | null {
  const fits = ROOMS.filter((room) => isIn(file, room.folder));
  return fits.reduce<Room | null>(
    (best, room) => (best && best.folder.length >= room.folder.length ? best : room),
    null,
  );
}

function mayImport(room: Room, target: string, typeOnly: boolean): boolean {
  const there = roomOf(target)?.folder;
  if (there === room.folder || room.may.includes(target)) return true;
  if (there === undefined) return false;
  return room.may.includes(there) || (typeOnly && (room.mayTypesOf ?? []).includes(there));
}

/** What is wrong with the files, a sentence each. */
export function violations(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap((file) => {
    const room = roomOf(file.path);
    if (!room) return [];
    const wrongImports = importsOf(file)
      .filter(({ target, typeOnly }) => target !== null && !mayImport(room, target, typeOnly))
      .map(({ target }) => `${file.path} imports ${target}; ${mayOf(room)}`);
    const code = withoutComments(file.text);
    const wrongWords = BANS.filter(
      ({ what, where, except }) =>
        where.some((place) => isIn(file.path, place)) &&
        !except.some((place) => isIn(file.path, place)) &&
        what.test(code),
    ).map(({ what, door }) => `${file.path} says ${what.exec(code)?.[0]}: ${door}`);
    return [...wrongImports, ...wrongWords];
  });
}

function mayOf(room: Room): string {
  const may = room.may.length > 0 ? room.may.join(', ') : 'nothing of ours';
  const types = room.mayTypesOf ? `, and types of ${room.mayTypesOf.join(', ')}` : '';
  return `${room.folder} may import ${may}${types}`;
}

/**
 * Finds mail archives in a folder and all that is below it, told from their content: one finding after
 * the other, whenever the next is asked for.
 *
 * Pipes, devices and sockets are never opened. Links are looked at last, and nothing twice, so that
 * loops end; other file systems, which may be a network or not a disk at all, are left out, and so is
 * what lies too deep or is too many. What is left out is said. Mail that is kept in a file for each
 * message (Maildir, MH) is not what is looked for.
 *
 * Not for an engine's process: see `looking-at-file.ts`.
 */

import path from 'node:path';
import { FOUND_MAX, type FoundArchive, type Omitted } from '../../../shared/found-archive.ts';
import { MailboxError } from '../../../shared/errors.ts';
import { CatalogFolder } from '../../catalog/catalog-folder.ts';
import type { FileFacts } from '../../mailbox/disk/disk.ts';
import { type FolderEntry, folderEntries, realDisk } from '../../mailbox/disk/real-disk.ts';
import { HEAD_BYTES } from '../../mailbox/format/dialect.ts';
import { readText } from '../state-file.ts';
import { messagesIn } from '../archive/stored-contents.ts';
import { archivesInFile, type Seen } from './looking-at-file.ts';
import { accountsIn, archiveName, folderName, profileName } from './place-names.ts';

export type Finding =
  | { readonly finding: 'archive'; readonly archive: FoundArchive }
  | { readonly finding: 'omitted'; readonly omitted: Omitted }
  /** A folder is looked into; so many files were looked at before. */
  | { readonly finding: 'folder'; readonly path: string; readonly files: number };

export interface FindingRequest {
  readonly folder: string;
  /** Folder of catalogs, which know how many messages there are; null to do without. */
  readonly catalogFolder: string | null;
  /** Folders that are not looked into, by their whole paths: our own. */
  readonly leaveOut: readonly string[];
}

const DEPTH_MAX = 40;
/** Of one folder no more is looked at: mail archives do not come by the hundred thousand. */
const ENTRIES_MAX = 100_000;
const FILES_MAX = 5_000_000;
/** Folders that hold no archive of anybody, and very many files. */
const NEVER = new Set(['.git', '.hg', '.svn', 'node_modules', '.cache', '__pycache__']);

/** A folder that is to be looked into. */
interface Place {
  readonly path: string;
  /** As a person sees where it is. */
  readonly place: readonly string[];
  readonly depth: number;
  /** The accounts of the Thunderbird profile it is in, by their folders. */
  readonly accounts: ReadonlyMap<string, string>;
}

const NO_ACCOUNTS: ReadonlyMap<string, string> = new Map();

/**
 * The archives in a folder.
 * @throws NOT_FOUND, NO_PERMISSION if the folder itself cannot be read
 */
export function findArchives(request: FindingRequest): AsyncGenerator<Finding> {
  return new Search(request).run();
}

class Search {
  readonly #request: FindingRequest;
  readonly #catalogs: CatalogFolder | null;
  readonly #head = new Uint8Array(HEAD_BYTES);
  /** What has been looked at, by device and inode. */
  readonly #seen = new Set<string>();
  readonly #links: Place[] = [];
  #device = 0n;
  #files = 0;
  #found = 0;

  constructor(request: FindingRequest) {
    this.#request = request;
    this.#catalogs =
      request.catalogFolder === null ? null : new CatalogFolder(request.catalogFolder);
  }

  async *run(): AsyncGenerator<Finding> {
    const { folder } = this.#request;
    const facts = await realDisk.facts(folder);
    if (!facts) throw new MailboxError('NOT_FOUND', { path: folder });
    this.#device = facts.device;
    const root = { path: folder, place: [], depth: 0, accounts: NO_ACCOUNTS };
    const waiting: Place[] = [root];
    this.#isNew(facts);
    for (;;) {
      const place = waiting.pop();
      if (place) {
        yield { finding: 'folder', path: place.path, files: this.#files };
        const below: Place[] = [];
        yield* this.#lookInto(place, below);
        // The last is the next: folders come in the order of their names.
        waiting.push(...below.reverse());
      } else {
        const link = this.#links.shift();
        if (!link) return;
        yield* this.#follow(link, waiting);
      }
      if (this.#found >= FOUND_MAX || this.#files >= FILES_MAX) {
        yield omitted(place?.path ?? folder, 'too many');
        return;
      }
    }
  }

  /** @param below filled with the folders in it */
  async *#lookInto(place: Place, below: Place[]): AsyncGenerator<Finding> {
    const entries: FolderEntry[] = [];
    try {
      for await (const entry of folderEntries(place.path)) {
        if (entries.length < ENTRIES_MAX) entries.push(entry);
        else {
          yield omitted(place.path, 'too many');
          break;
        }
      }
    } catch (error) {
      if (place.depth === 0) throw error;
      yield omitted(place.path, 'unreadable');
      return;
    }
    entries.sort((one, other) => (one.name < other.name ? -1 : 1));
    const inside = await profileIn(place, entries);
    yield* this.#lookAtFiles(inside, filesOf(entries));
    for (const { name, kind } of entries) {
      if (kind === 'link') this.#links.push({ ...inside, path: path.join(inside.path, name) });
      if (kind !== 'folder' || NEVER.has(name) || isOfMaildir(name, entries)) continue;
      yield* this.#enter(placeIn(inside, name), below);
    }
  }

  /** A folder that is a mailbox of Apple Mail is an archive; any other one is looked into. */
  async *#enter(place: Place, below: Place[]): AsyncGenerator<Finding> {
    if (this.#request.leaveOut.includes(place.path)) return;
    const facts = await realDisk.facts(place.path).catch(() => null);
    if (!facts || !this.#isNew(facts)) return;
    if (facts.device !== this.#device) yield omitted(place.path, 'other disk');
    else if (place.depth > DEPTH_MAX) yield omitted(place.path, 'too deep');
    else below.push(place);
  }

  async *#lookAtFiles(place: Place, names: readonly string[]): AsyncGenerator<Finding> {
    for (const name of names) {
      if (this.#found >= FOUND_MAX) return;
      yield* this.#lookAt(place, path.join(place.path, name));
    }
  }

  async *#lookAt(place: Place, file: string): AsyncGenerator<Finding> {
    this.#files += 1;
    try {
      for (const seen of await archivesInFile(file, this.#head)) {
        if (seen.entry === '' && !this.#isNew(seen.facts)) continue;
        this.#found += 1;
        yield { finding: 'archive', archive: this.#archiveOf(place, file, seen) };
      }
    } catch (error) {
      if (!(error instanceof MailboxError)) throw error;
      // It went away, or became a pipe, after it was listed.
      if (error.code === 'NO_PERMISSION' || error.code === 'IO') yield omitted(file, 'unreadable');
    }
  }

  async *#follow(link: Place, waiting: Place[]): AsyncGenerator<Finding> {
    const facts = await realDisk.facts(link.path).catch(() => null);
    const name = path.basename(link.path);
    if (facts?.kind === 'file')
      yield* this.#lookAt({ ...link, path: path.dirname(link.path) }, link.path);
    else if (facts?.kind === 'folder' && !NEVER.has(name)) {
      yield* this.#enter(placeIn({ ...link, path: path.dirname(link.path) }, name), waiting);
    }
  }

  #archiveOf({ path: folder, place }: Place, file: string, seen: Seen): FoundArchive {
    const { path: archivePath, entry, format, packing, bytes } = seen;
    const known = { format, packing, bytes, messages: this.#messages(seen) };
    // What Apple Mail exports is a folder `X.mbox` that holds the archive, a file `mbox`.
    if (path.basename(file) === 'mbox' && /\.mbox$/i.test(folder) && place.length > 0) {
      const name = archiveName(path.basename(folder));
      return { path: folder, name, place: place.slice(0, -1), ...known };
    }
    const inZip = entry.split('/');
    const name = archiveName(entry === '' ? path.basename(file) : (inZip.at(-1) ?? entry));
    const below = entry === '' ? [] : [path.basename(file), ...inZip.slice(0, -1)];
    return { path: archivePath, name, place: [...place, ...below], ...known };
  }

  #messages({ facts, packing }: Seen): number | null {
    const saved = packing === null ? this.#catalogs?.head(facts) : null;
    return saved == null ? null : messagesIn(saved.facts, facts);
  }

  #isNew({ device, inode }: FileFacts): boolean {
    const name = `${device}:${inode}`;
    // Where inodes are not known, all are the same.
    if (inode !== 0n && this.#seen.has(name)) return false;
    this.#seen.add(name);
    return true;
  }
}

const omitted = (where: string, why: Omitted['why']): Finding => ({
  finding: 'omitted',
  omitted: { path: where, why },
});

function placeIn({ path: folder, place, depth, accounts }: Place, name: string): Place {
  const inside = path.join(folder, name);
  const account = accounts.get(inside);
  // Thunderbird keeps accounts in `Mail` and `ImapMail`, and shows neither.
  const isOfAccounts = [...accounts.keys()].some((one) => path.dirname(one) === inside);
  const shown = isOfAccounts ? [] : [account ?? folderName(name)];
  return { path: inside, place: [...place, ...shown], depth: depth + 1, accounts };
}

/** The same place, with what a Thunderbird profile says of its accounts if it is one. */
async function profileIn(place: Place, entries: readonly FolderEntry[]): Promise<Place> {
  const has = (...names: readonly string[]): boolean =>
    entries.some(({ name, kind }) => kind !== 'other' && names.includes(name));
  if (!has('prefs.js') || !has('Mail', 'ImapMail')) return place;
  const text = await readText(path.join(place.path, 'prefs.js')).catch(() => null);
  const named = [...accountsIn(text ?? '')];
  const accounts = new Map(named.map(([folder, name]) => [path.resolve(place.path, folder), name]));
  const above = place.place.slice(0, -1);
  // The folder in which Thunderbird keeps its profiles says nothing.
  const shown = above.at(-1) === 'Profiles' ? above.slice(0, -1) : above;
  const own = place.depth === 0 ? [] : [profileName(path.basename(place.path))];
  return { ...place, accounts, place: [...shown, ...own] };
}

/** Files that may be archives. MH keeps each message in a file with a number for its name. */
function filesOf(entries: readonly FolderEntry[]): readonly string[] {
  const names = entries.filter(({ kind }) => kind === 'file').map(({ name }) => name);
  const numbers = names.filter(isNumber);
  const isMh = names.includes('.mh_sequences') || numbers.length * 2 > names.length;
  return isMh ? names.filter((name) => !isNumber(name)) : names;
}

const isNumber = (name: string): boolean => /^[1-9]\d*$/.test(name);

const OF_MAILDIR = ['cur', 'new', 'tmp'];

function isOfMaildir(name: string, entries: readonly FolderEntry[]): boolean {
  if (!OF_MAILDIR.includes(name)) return false;
  return OF_MAILDIR.every((of) =>
    entries.some((entry) => entry.name === of && entry.kind === 'folder'),
  );
}

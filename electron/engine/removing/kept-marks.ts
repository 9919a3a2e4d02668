/**
 * Marks outlive the app and its engines: whatever is marked is in a file in the user's state folder
 * before the window is told so, and is taken up when the archive is next opened.
 *
 * A mark that comes back names its message by key (I4) and holds the digest of what the person saw, so
 * that a compaction compares it as ever (I5); one whose message is gone, or is of another length, does
 * not come back, and is counted. What is there is never destroyed: a file that a newer Mailkeep wrote is
 * left as it is, a damaged one is set aside. Where nothing can be written, marks hold until the end.
 */

import { createHash } from 'node:crypto';
import path from 'node:path';
import type { Memory } from '../../../shared/dialect-report.ts';
import type { Status } from '../../../shared/status.ts';
import type { Key } from '../../../shared/units.ts';
import { breath } from '../../../shared/steps.ts';
import type { Marked } from '../../mailbox/flush/pending.ts';
import type { Mailbox } from '../../mailbox/mailbox.ts';
import { parseMarks, renderChange, renderMarks } from './marks-file.ts';
import {
  appendText,
  type FileMark,
  markOf,
  namesIn,
  readStart,
  readText,
  removeFile,
  renameFile,
  writeText,
} from '../state-file.ts';

const ENDING = '.marks';
/** Some million marks. */
const BYTES_MAX = 256 * 1024 * 1024;
const FIRST_LINE_BYTES = 64 * 1024;
/** So many marks are taken up in one go. */
const MARKS_A_TURN = 1000;
const NOBODY = { device: '0', inode: '0', born: '0' };

export class KeptMarks {
  /** Null to do without. */
  readonly #folder: string | null;
  readonly #mailbox: Mailbox;
  #path: string | null = null;
  #state: Memory = 'none';
  #lost = 0;
  #recalled = false;
  /** What is to be written is written in turn. */
  #writing: Promise<void> = Promise.resolve();
  /** The revision of the marks that are in the file. */
  #savedRevision = 0;

  constructor(folder: string | null, mailbox: Mailbox) {
    this.#folder = folder;
    this.#mailbox = mailbox;
  }

  /** How the remembering fares, and how many marks of earlier did not come back. */
  get status(): Status['marks'] {
    return { memory: this.#state, lost: this.#lost };
  }

  /** Takes up what was marked before, once, when the archive has been read. Never fails. */
  async recall(): Promise<void> {
    const mailbox = this.#mailbox;
    if (this.#recalled || this.#folder === null) return;
    if (mailbox.state !== 'ready' || mailbox.readOnly !== '') return;
    this.#recalled = true;
    const found = await this.#read().catch(() => ({ read: 'damaged' }) as const);
    if (found === null) return;
    if (found.read !== 'marks') {
      this.#state = found.read;
      return;
    }
    const back = await this.#stillThere(found.marks);
    // What a flush has removed that a crash interrupted is gone as it should be.
    if (mailbox.journal !== 'recovered') this.#lost = found.marks.size - back.size;
    mailbox.marks.recall(back);
    await this.rewrite();
  }

  /** These were marked, or no longer are. Settles when that is kept. Never fails. */
  changed(how: 'marked' | 'unmarked', keys: readonly Key[]): Promise<void> {
    if (keys.length === 0) return Promise.resolve();
    const { pending } = this.#mailbox;
    const entries = how === 'unmarked' ? [] : entriesOf(keys, pending);
    const gone = how === 'unmarked' ? keys : [];
    return this.#write(async (file) => {
      if (this.#state !== 'kept') return this.#writeAll(file);
      const revision = this.#mailbox.marks.revision;
      await appendText(file, renderChange(entries, gone));
      this.#savedRevision = revision;
    });
  }

  /** Marks have changed in whatever way. Settles when they are kept. Never fails. */
  rewrite(): Promise<void> {
    if (this.#mailbox.marks.revision === this.#savedRevision && this.#state !== 'unsaved') {
      return Promise.resolve();
    }
    return this.#write((file) => this.#writeAll(file));
  }

  /** Tries once more. @returns how many marks end with this engine: they cannot be kept */
  async unkept(): Promise<number> {
    await this.rewrite();
    const isKept = this.#state !== 'unsaved' && this.#state !== 'newer';
    return isKept ? 0 : this.#mailbox.pending.size;
  }

  #write(how: (file: string) => Promise<void>): Promise<void> {
    const folder = this.#folder;
    // What a newer Mailkeep marked is not ours to change.
    if (folder === null || this.#state === 'newer') return Promise.resolve();
    const write = async (): Promise<void> => {
      try {
        await how(fileOf(folder, await this.#resolved()));
      } catch {
        this.#state = 'unsaved';
      }
    };
    this.#writing = this.#writing.then(write);
    return this.#writing;
  }

  async #writeAll(file: string): Promise<void> {
    const { pending, marks } = this.#mailbox;
    const { revision } = marks;
    if (this.#state === 'damaged') await renameFile(file, `${file}.damaged`).catch(() => undefined);
    if (pending.size === 0) await removeFile(file);
    else await writeText(file, renderMarks(await this.#mark(), [...pending]));
    this.#state = pending.size === 0 ? 'none' : 'kept';
    this.#savedRevision = revision;
  }

  async #mark(): Promise<FileMark> {
    return (await markOf(this.#mailbox.path)) ?? { path: await this.#resolved(), ...NOBODY };
  }

  /** The path under which they are kept: it stays when the archive is taken away meanwhile. */
  async #resolved(): Promise<string> {
    this.#path ??= (await markOf(this.#mailbox.path))?.path ?? path.resolve(this.#mailbox.path);
    return this.#path;
  }

  /** Also of an archive that lay elsewhere then. */
  async #read() {
    if (this.#folder === null) return null;
    const own = fileOf(this.#folder, await this.#resolved());
    const text = await readText(own, BYTES_MAX);
    if (text !== null) return parseMarks(text);
    const elsewhere = await this.#movedFrom(this.#folder);
    if (elsewhere === null) return null;
    await renameFile(elsewhere, own);
    const moved = await readText(own, BYTES_MAX);
    return moved === null ? null : parseMarks(moved);
  }

  async #movedFrom(folder: string): Promise<string | null> {
    const mark = await markOf(this.#mailbox.path);
    // Where times of birth are not known, a new file with an old one's inode would be taken for it.
    if (!mark || mark.born === '0') return null;
    for (const name of await namesIn(folder)) {
      if (!name.endsWith(ENDING)) continue;
      const file = path.join(folder, name);
      const start = await readStart(file, FIRST_LINE_BYTES).catch(() => '');
      const read = await parseMarks(start);
      if (read.read !== 'marks' || (await markOf(read.of.path)) !== null) continue;
      const { device, inode, born } = read.of;
      if (device === mark.device && inode === mark.inode && born === mark.born) return file;
    }
    return null;
  }

  async #stillThere(marks: ReadonlyMap<Key, Marked>): Promise<ReadonlyMap<Key, Marked>> {
    const back = new Map<Key, Marked>();
    let count = 0;
    for (const [of, marked] of marks) {
      const { keys, table } = this.#mailbox;
      const number = keys.numberOf(of);
      if (number !== null && table.length(number) === marked.bytes) back.set(of, marked);
      count += 1;
      if (count % MARKS_A_TURN === 0) await breath();
    }
    return back;
  }
}

function* entriesOf(
  keys: readonly Key[],
  pending: ReadonlyMap<Key, Marked>,
): Generator<readonly [Key, Marked]> {
  for (const of of keys) {
    const marked = pending.get(of);
    if (marked) yield [of, marked];
  }
}

const fileOf = (folder: string, archivePath: string): string =>
  path.join(folder, createHash('sha256').update(archivePath).digest('hex') + ENDING);

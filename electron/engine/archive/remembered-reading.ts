/**
 * What a person said of how an archive is read, remembered from one opening to the next: a small
 * JSON file per archive in the user's state folder, never beside the archive.
 *
 * It is named after the archive's resolved path. An archive that was moved is found by its device,
 * inode and time of birth. Nothing here is ever fatal: of a damaged file, or one that a newer Mailkeep
 * wrote, the archive is read by default rules and the report says so; a damaged one is set aside when
 * something is to be remembered, a newer one is left as it is. Where the disk cannot be written, what
 * a person says holds until the archive is closed.
 */

import { createHash } from 'node:crypto';
import path from 'node:path';
import { z } from 'zod';
import {
  FORMATS,
  type FormatName,
  type Memory,
  RULES,
  type Rule,
} from '../../../shared/dialect-report.ts';
import { type Digest, digest } from '../../../shared/units.ts';
import type { Overruling } from '../../mailbox/format/overruling.ts';
import {
  type FileMark,
  markOf,
  namesIn,
  readText,
  removeFile,
  renameFile,
  writeText,
} from '../state-file.ts';

const VERSION = 1;
const OVERRULINGS_MAX = 20_000;

/** What is remembered of one archive. */
export interface Remembered {
  readonly rule: Rule;
  /** The format a person says it is of; null: told from its content. */
  readonly format: FormatName | null;
  readonly overrulings: readonly Overruling[];
}

const NOTHING: Remembered = { rule: 'default', format: null, overrulings: [] };

const decimal = z.string().regex(/^\d{1,20}$/);
const schema = z.strictObject({
  version: z.literal(VERSION),
  path: z.string(),
  device: decimal,
  inode: decimal,
  born: decimal,
  rule: z.enum(RULES),
  format: z.enum(FORMATS).nullable(),
  overrulings: z
    .array(
      z.strictObject({
        reading: z.enum(['separator', 'content']),
        bytes: z.number().int().min(1).max(4096),
        digest: z
          .string()
          .regex(/^[0-9a-f]{64}$/)
          .transform((text): Digest => digest(text)),
      }),
    )
    .max(OVERRULINGS_MAX),
});
type Stored = z.infer<typeof schema>;

type Found =
  | { readonly found: 'none' | 'damaged' | 'newer' }
  | { readonly found: 'kept'; readonly stored: Stored };

function parse(text: string): Found {
  try {
    const value: unknown = JSON.parse(text);
    const { version } = z.object({ version: z.number() }).parse(value);
    if (version > VERSION) return { found: 'newer' };
    return { found: 'kept', stored: schema.parse(value) };
  } catch {
    return { found: 'damaged' };
  }
}

async function lookInto(file: string): Promise<Found> {
  try {
    const text = await readText(file);
    return text === null ? { found: 'none' } : parse(text);
  } catch {
    return { found: 'damaged' };
  }
}

const saidIn = ({ rule, format, overrulings }: Stored): Remembered => ({
  rule,
  format,
  overrulings,
});

const isSameFile = (one: FileMark, other: FileMark): boolean =>
  one.born === other.born && one.device === other.device && one.inode === other.inode;

function fileOf(folder: string, archivePath: string): string {
  return path.join(folder, `${createHash('sha256').update(archivePath).digest('hex')}.json`);
}

/** The memory of an archive that lay elsewhere when it was written; null if there is none. */
async function movedFrom(folder: string, mark: FileMark): Promise<[string, Stored] | null> {
  // Where times of birth are not known, a new file with an old one's inode would be taken for it.
  if (mark.born === '0') return null;
  for (const name of await namesIn(folder)) {
    if (!name.endsWith('.json')) continue;
    const file = path.join(folder, name);
    const looked = await lookInto(file);
    if (looked.found === 'kept' && isSameFile(looked.stored, mark)) return [file, looked.stored];
  }
  return null;
}

export class RememberedReading {
  readonly #folder: string;
  readonly #archivePath: string;
  #value: Remembered = NOTHING;
  #state: Memory = 'none';
  /** The file found under another name, because the archive was moved. */
  #elsewhere: { readonly file: string; readonly archivePath: string } | null = null;

  private constructor(folder: string, archivePath: string) {
    this.#folder = folder;
    this.#archivePath = archivePath;
  }

  /**
   * What is remembered of an archive. Never fails. Where the archive has moved, or another file was
   * put in its place, that is noted, so that it is found again when the other happens next.
   */
  static async recall(folder: string, archivePath: string): Promise<RememberedReading> {
    const mark = await markOf(archivePath);
    const memory = new RememberedReading(folder, mark?.path ?? path.resolve(archivePath));
    let found = await lookInto(memory.#file);
    if (found.found === 'none' && mark) {
      const moved = await movedFrom(folder, mark);
      if (moved) {
        const [file, stored] = moved;
        memory.#elsewhere = { file, archivePath: stored.path };
        found = { found: 'kept', stored };
      }
    }
    memory.#take(found);
    const isNew = mark && found.found === 'kept' && !isSameFile(found.stored, mark);
    // If it cannot be noted, it is found as it was this time.
    if (isNew || memory.#elsewhere) await memory.#store().catch(() => undefined);
    return memory;
  }

  get value(): Remembered {
    return this.#value;
  }

  /** How the remembering itself fares. */
  get state(): Memory {
    return this.#state;
  }

  /**
   * Changes what is remembered: of what stands in the file by now, because another engine may have
   * changed it. Never fails; `state` tells how it went.
   */
  async change(how: (was: Remembered) => Remembered): Promise<void> {
    try {
      const now = await lookInto(this.#file);
      this.#value = how(now.found === 'kept' ? saidIn(now.stored) : this.#value);
      if (now.found === 'newer') return;
      if (now.found === 'damaged') await renameFile(this.#file, `${this.#file}.damaged`);
      await this.#store();
    } catch {
      this.#state = 'unsaved';
    }
  }

  get #file(): string {
    return fileOf(this.#folder, this.#archivePath);
  }

  #take(found: Found): void {
    this.#state = found.found;
    if (found.found === 'kept') this.#value = saidIn(found.stored);
  }

  async #store(): Promise<void> {
    const { rule, format, overrulings } = this.#value;
    const plain = rule === 'default' && format === null && overrulings.length === 0;
    // Where the archive lay before, its memory would be found again: it is outdone, not forgotten.
    if (plain && !this.#elsewhere) {
      await removeFile(this.#file);
      this.#state = 'none';
      return;
    }
    const nobody = { path: this.#archivePath, device: '0', inode: '0', born: '0' };
    const mark = (await markOf(this.#archivePath)) ?? nobody;
    const stored: Stored = {
      version: VERSION,
      ...mark,
      rule,
      format,
      overrulings: [...overrulings],
    };
    await writeText(this.#file, `${JSON.stringify(stored, null, 1)}\n`);
    this.#state = 'kept';
    if (this.#elsewhere && (await markOf(this.#elsewhere.archivePath)) === null) {
      await removeFile(this.#elsewhere.file);
      this.#elsewhere = null;
    }
  }
}

/** Messages as files of their own: `.eml`, Maildir, MH. Imports its neighbours and message. */

import os from 'node:os';
import path from 'node:path';
import { DEFAULT_NAME } from '../../../shared/export-contract.ts';
import { MailboxError } from '../../../shared/errors.ts';
import { FreeNames } from './free-names.ts';
import { contentOf } from './message-content.ts';
import { type ExportFlags, exportFlags } from './message-flags.ts';
import { checkTemplate, messageName } from './message-name.ts';
import type { StoredMessage } from './stored-messages.ts';
import { type Taking, type TakingRequest, unquoting } from './taking.ts';
import { WholeFiles } from './whole-files.ts';

type Written = Taking['written'];

/** What the three have in common. */
abstract class Files implements Taking {
  readonly path: string;
  protected readonly request: TakingRequest;
  protected readonly files: WholeFiles;

  constructor(request: TakingRequest, freshFolder: string | null = null) {
    this.request = request;
    this.path = request.path;
    this.files = new WholeFiles(request.source.disk, freshFolder);
  }

  abstract take(message: StoredMessage, place: number): Promise<void>;

  finish(): Promise<void> {
    return this.files.finish();
  }

  abandon(): Promise<void> {
    return Promise.resolve();
  }

  get written(): Written {
    return this.files.written;
  }

  protected content(message: StoredMessage) {
    const { source, options } = this.request;
    const { format, report } = source.mailbox;
    return contentOf(message, format, { header: [], body: unquoting(format, report, options) });
  }

  protected flags(message: StoredMessage): ExportFlags {
    return exportFlags(message, this.request.source.mailbox.format);
  }
}

/** A file a message in one folder, which may hold others. */
export class EmlFiles extends Files {
  readonly #template: string;
  readonly #names: FreeNames;

  private constructor(request: TakingRequest, names: FreeNames) {
    super(request);
    this.#template = request.options.name ?? DEFAULT_NAME;
    this.#names = names;
  }

  /** @throws MISUSE for a template that means nothing */
  static async begin(request: TakingRequest): Promise<EmlFiles> {
    checkTemplate(request.options.name ?? DEFAULT_NAME);
    const { disk } = request.source;
    await disk.createFolder(request.path);
    return new EmlFiles(request, new FreeNames(await disk.names(request.path)));
  }

  take(message: StoredMessage, place: number): Promise<void> {
    const name = messageName(this.#template, message.row, place, '.eml');
    return this.files.add({
      folder: this.path,
      name: () => this.#names.take(name),
      content: this.content(message),
      modified: message.row.date,
    });
  }
}

/** Where file names may hold no colon, `!` stands for it, as Python's documentation proposes. */
const COLON = process.platform === 'win32' ? '!' : ':';
const LETTERS: readonly (readonly [keyof ExportFlags, string])[] = [
  ['draft', 'D'],
  ['flagged', 'F'],
  ['passed', 'P'],
  ['replied', 'R'],
  ['seen', 'S'],
  ['deleted', 'T'],
];

/**
 * Maildir (https://cr.yp.to/proto/maildir.html): written in `tmp`, named in `cur` or `new`. What
 * nobody has seen in a list, and nothing is said of, is new. An existing Maildir is added to.
 */
export class Maildir extends Files {
  /** Of this moment, this process, and counted: unique by the Maildir convention. */
  readonly #stem: string;
  #count = 0;

  private constructor(request: TakingRequest) {
    super(request, path.join(request.path, 'tmp'));
    const now = Date.now();
    const host = os.hostname().replace(/\//g, '\\057').replace(/:/g, '\\072') || 'localhost';
    const micros = (now % 1000) * 1000;
    this.#stem = `${Math.floor(now / 1000)}.M${micros}P${process.pid}Q*.${host}`;
  }

  /** @throws MISUSE if there is a folder that is no Maildir and not empty */
  static async begin(request: TakingRequest): Promise<Maildir> {
    const { disk } = request.source;
    const names = await disk.names(request.path);
    const folders = ['cur', 'new', 'tmp'];
    if (names.length > 0 && !folders.every((name) => names.includes(name))) {
      throw notEmpty(request.path, 'a Maildir');
    }
    for (const name of folders) await disk.createFolder(path.join(request.path, name));
    return new Maildir(request);
  }

  take(message: StoredMessage): Promise<void> {
    const flags = this.flags(message);
    const info = LETTERS.map(([flag, letter]) => (flags[flag] ? letter : '')).join('');
    const isNew = info === '' && !flags.old;
    return this.files.add({
      folder: path.join(this.path, isNew ? 'new' : 'cur'),
      name: () => {
        this.#count += 1;
        const unique = this.#stem.replace('*', String(this.#count));
        return isNew ? unique : `${unique}${COLON}2,${info}`;
      },
      content: this.content(message),
      modified: message.row.date,
    });
  }
}

const SEQUENCES: readonly (readonly [string, (flags: ExportFlags) => boolean])[] = [
  ['unseen', (flags) => !flags.seen],
  ['flagged', (flags) => flags.flagged],
  ['replied', (flags) => flags.replied],
];

/**
 * An MH folder: files called by numbers, and the sequences they are in (mh-sequence(5)). Only a new
 * or empty folder: the sequences of one that is in use are its owner's.
 */
export class MhFolder extends Files {
  readonly #flags: ExportFlags[] = [];
  #count = 0;

  static async begin(request: TakingRequest): Promise<MhFolder> {
    const { disk } = request.source;
    if ((await disk.names(request.path)).length > 0) throw notEmpty(request.path, 'an MH folder');
    await disk.createFolder(request.path);
    return new MhFolder(request);
  }

  async take(message: StoredMessage): Promise<void> {
    const flags = this.flags(message);
    let own = 0;
    await this.files.add({
      folder: this.path,
      name: () => {
        // A number that somebody else took is not ours.
        delete this.#flags[own];
        this.#count += 1;
        own = this.#count;
        this.#flags[own] = flags;
        return String(own);
      },
      content: this.content(message),
      modified: message.row.date,
    });
  }

  override async finish(): Promise<void> {
    await super.finish();
    await this.#writeSequences();
  }

  /** What stands there keeps its flags. A disk that is full has told so already. */
  override async abandon(): Promise<void> {
    await this.#writeSequences().catch(() => undefined);
  }

  async #writeSequences(): Promise<void> {
    const lines = SEQUENCES.map(([name, isIn]) => {
      const numbers = this.#flags.flatMap((flags, number) => (isIn(flags) ? [number] : []));
      return numbers.length === 0 ? '' : `${name}: ${ranges(numbers)}\n`;
    });
    const text = Buffer.from(lines.join(''));
    if (text.length === 0) return;
    const files = new WholeFiles(this.request.source.disk);
    let named = false;
    const name = (): string => {
      if (named) throw notEmpty(this.path, 'an MH folder');
      named = true;
      return '.mh_sequences';
    };
    await files.add({ folder: this.path, name, content: [text], modified: null });
    await files.finish();
  }
}

/** `1-3 5`, of numbers in ascending order. */
export function ranges(numbers: readonly number[]): string {
  const runs: { from: number; to: number }[] = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last && last.to + 1 === number) last.to = number;
    else runs.push({ from: number, to: number });
  }
  return runs.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)).join(' ');
}

function notEmpty(folder: string, what: string): MailboxError {
  const sentence = `There is a folder of that name that is not empty and cannot become ${what}. Nothing was written; choose another name.`;
  return new MailboxError('MISUSE', { path: folder }, { sentence });
}

/**
 * Taking messages out of an archive, in one of the forms of `shared/export-contract.ts`. Imports
 * mailbox, message and its neighbours; the archive is only read.
 *
 * Promises: a file stands under its name when it is whole, also after a crash; nothing is ever
 * overwritten; an export that is cancelled or fails says how much is there; a message that is gone
 * meanwhile is reported, and the rest goes on. A window names no path: only a place that a person
 * chose, by a word that main made up for it.
 */

import path from 'node:path';
import type { NotificationParams } from '../../../shared/contract.ts';
import {
  type ChosenPlace,
  type Exported,
  type ExportForm,
  type ExportOptions,
  type ExportProblem,
  isOneFile,
  PROBLEMS_TOLD_MAX,
} from '../../../shared/export-contract.ts';
import { CODES, type ErrorCode, MailboxError } from '../../../shared/errors.ts';
import type { Key } from '../../../shared/units.ts';
import type { Task } from '../archive/tasks.ts';
import { removeLeftOver } from '../messages/unfinished.ts';
import { AttachmentFiles } from './as-attachments.ts';
import { EmlFiles, Maildir, MhFolder } from './as-files.ts';
import { Mboxrd, StoredMbox } from './as-mbox.ts';
import { Envelopes } from './as-table.ts';
import type { ExportSource } from './source.ts';
import { StoredMessages } from './stored-messages.ts';
import type { Taking, TakingRequest } from './taking.ts';
import { mustBeElsewhere, mustFit, newFolder } from './target-place.ts';

const KIND: NotificationParams<'progress'>['kind'] = 'export';

const BEGIN: Readonly<Record<ExportForm, (request: TakingRequest) => Promise<Taking>>> = {
  eml: (request) => EmlFiles.begin(request),
  mbox: (request) => StoredMbox.begin(request),
  mboxrd: (request) => Mboxrd.begin(request),
  maildir: (request) => Maildir.begin(request),
  mh: (request) => MhFolder.begin(request),
  csv: (request) => Envelopes.begin(request),
  json: (request) => Envelopes.begin(request),
  attachments: (request) => AttachmentFiles.begin(request),
};

export interface ExportRequest {
  readonly keys: readonly Key[];
  readonly place: ChosenPlace;
  readonly options: ExportOptions;
}

export class Exporting {
  readonly #source: ExportSource;
  readonly #chosen = new Map<string, ChosenPlace>();

  constructor(source: ExportSource) {
    this.#source = source;
  }

  /** A person chose a place; a window may use it once, by this word. */
  permit(word: string, place: ChosenPlace): void {
    this.#chosen.set(word, place);
  }

  /** @throws MISUSE if nobody chose it, or it was used */
  take(word: string): ChosenPlace {
    const place = this.#chosen.get(word);
    if (!place) throw new MailboxError('MISUSE', { place: word });
    this.#chosen.delete(word);
    return place;
  }

  /**
   * Takes messages out, in this order, as a task that can be cancelled.
   * @throws MISUSE, NO_SPACE, READ_ONLY, NO_PERMISSION, NOT_FOUND, IO, CANCELLED; the sentence and
   *   the details say how much was written whole before
   */
  run(request: ExportRequest): Promise<Exported> {
    return this.#source.tasks.run(KIND, (task) => this.#run(request, task));
  }

  async #run({ keys, place, options }: ExportRequest, task: Task): Promise<Exported> {
    const { disk, mailbox } = this.#source;
    // What was not read to its end is never taken for the whole (I9).
    if (mailbox.state !== 'ready' && mailbox.state !== 'compacting') {
      throw new MailboxError('BUSY', { state: mailbox.state });
    }
    const total = this.#bytesOf(keys);
    let taking: Taking | null = null;
    const progress = { messages: 0, missed: 0, problems: [] as ExportProblem[] };
    try {
      const target = await this.#target(place, options.as);
      await mustBeElsewhere(disk, mailbox.path, target);
      if (options.as !== 'attachments' && options.as !== 'csv' && options.as !== 'json') {
        await mustFit(disk, target, total);
      }
      const freshFolder = options.as === 'maildir' ? path.join(target, 'tmp') : target;
      await removeLeftOver(disk, isOneFile(options.as) ? path.dirname(target) : freshFolder);
      const { ifTaken } = place;
      const { signal } = task;
      const request = { source: this.#source, options, path: target, ifTaken, signal };
      taking = await BEGIN[options.as](request);
      await this.#takeAll(keys, taking, task, progress, total);
      await taking.finish();
    } catch (error) {
      await taking?.abandon();
      throw failed(error, taking, place.path);
    }
    return { as: options.as, path: taking.path, ...taking.written, ...progress };
  }

  async #takeAll(
    keys: readonly Key[],
    taking: Taking,
    task: Task,
    progress: { messages: number; missed: number; readonly problems: ExportProblem[] },
    total: number,
  ): Promise<void> {
    const messages = new StoredMessages(this.#source);
    let done = 0;
    for (const [at, of] of keys.entries()) {
      mustGoOn(task);
      try {
        const message = await messages.read(of);
        await taking.take(message, at + 1);
        progress.messages += 1;
        done += message.span.length;
      } catch (error) {
        const problem = leftOut(error, of);
        progress.missed += 1;
        if (progress.problems.length < PROBLEMS_TOLD_MAX) progress.problems.push(problem);
      }
      task.progress(done, Math.max(done, total));
    }
    mustGoOn(task);
  }

  #bytesOf(keys: readonly Key[]): number {
    const { table, keys: known } = this.#source.mailbox;
    let bytes = 0;
    for (const of of keys) {
      const number = known.numberOf(of);
      if (number !== null) bytes += table.length(number);
    }
    return bytes;
  }

  /** A folder that is not to be mixed with what is there gets a new name. */
  async #target({ path: chosen, ifTaken }: ChosenPlace, as: ExportForm): Promise<string> {
    const { disk } = this.#source;
    const target = path.resolve(chosen);
    const there = await disk.facts(target);
    if (isOneFile(as)) {
      if (there?.kind === 'folder') throw wrongKind(target, 'a folder', 'a file');
      return target;
    }
    if (there !== null && there.kind !== 'folder') throw wrongKind(target, 'a file', 'a folder');
    const apart = ifTaken === 'number' && (as === 'maildir' || as === 'mh');
    return apart ? newFolder(disk, target) : target;
  }
}

function mustGoOn(task: Task): void {
  if (task.signal.aborted) throw new MailboxError('CANCELLED');
}

/** @throws the error itself, if it is not one of a single message */
function leftOut(error: unknown, of: Key): ExportProblem {
  const single =
    error instanceof MailboxError && (error.code === 'GONE' || error.code === 'CHANGED');
  if (!single) throw error;
  const code = error.code === 'GONE' ? 'GONE' : 'CHANGED';
  return { key: of, code, sentence: error.message };
}

function wrongKind(target: string, there: string, wanted: string): MailboxError {
  const sentence = `There is ${there} called ${path.basename(target)}, and this export needs ${wanted}. Nothing was written; choose another name.`;
  return new MailboxError('MISUSE', { path: target }, { sentence });
}

/** What went wrong where we write, in words about that place and not about the archive. */
const SENTENCES: Partial<Record<ErrorCode, string>> = {
  NO_SPACE: 'The disk to export to is full.',
  READ_ONLY: 'The disk to export to can only be read.',
  NO_PERMISSION: 'You are not allowed to write in the folder to export to.',
  NOT_FOUND: 'The folder to export to is not there.',
  NOT_A_FILE: 'The place to export to is no file.',
  IO: 'The disk reported an error during the export.',
  CANCELLED: 'You stopped the export.',
};

/** The same error, which says how much is there and that the archive was not touched. */
function failed(error: unknown, taking: Taking | null, place: string): unknown {
  if (!(error instanceof MailboxError)) return error;
  const what = SENTENCES[error.code];
  if (what === undefined) return error;
  const { files, bytes } = taking?.written ?? { files: 0, bytes: 0 };
  const where = taking?.path ?? place;
  const whole =
    files === 0
      ? 'Nothing was left there.'
      : `${files === 1 ? '1 whole file is' : `${files} whole files are`} in ${where}.`;
  const sentence = `${what} ${whole} The archive was not touched.`;
  const details = { ...error.details, target: where, files, bytes, kind: CODES[error.code].kind };
  return new MailboxError(error.code, details, { cause: error, sentence });
}

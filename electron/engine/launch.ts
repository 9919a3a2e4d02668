/**
 * Starts an engine as a process of its own and speaks to it for main: the only door from
 * `electron/main` to the engine, so that "one process, one descriptor" can be read off the imports.
 *
 * Main never sees mail: it hands a port to the engine and its other end to a window, and is told
 * whether the archive opened, and when the engine ended.
 */

import { type MessagePortMain, utilityProcess } from 'electron';
import type { Answer } from '../../shared/answer.ts';
import type { ChosenPlace } from '../../shared/export-contract.ts';
import { type ErrorValue, MailboxError, toErrorValue } from '../../shared/errors.ts';
import type { Saved, ToSave } from '../../shared/reading-contract.ts';
import type { Status } from '../../shared/status.ts';

/** What an engine is started for. */
export interface EngineRequest {
  readonly path: string;
  /** Folder for journals of archives whose own folder cannot be written. */
  readonly stateFolder: string;
  /** Folder where it is remembered how archives are read. */
  readonly readingFolder: string;
  /** Folder where marks are kept from one opening to the next. */
  readonly marksFolder: string;
  /** Folder where "Keep a copy" keeps removed messages. */
  readonly copyFolder: string;
  /** Folder in the cache for what compressed archives are expanded to. */
  readonly expandedFolder: string;
  readonly expansionLimit: 'usual' | 'none';
  /** Folder of catalogs, by which an archive need not be read again. */
  readonly catalogFolder: string;
  /** Whether texts are indexed without being asked. */
  readonly indexTexts: boolean;
}

/** What main tells an engine; `connect` carries a port. */
export type ToEngine =
  /** There is nothing to open yet: whatever can be done before is done now. */
  | { readonly tell: 'prepare' }
  | { readonly tell: 'open'; readonly request: EngineRequest }
  | { readonly tell: 'connect' }
  /** Parts of a message are to be written as files; answered by `saved` with the same number. */
  | { readonly tell: 'save'; readonly number: number; readonly asked: ToSave }
  /** A person chose a place to export to; a window may name it by this word, once. */
  | { readonly tell: 'permit'; readonly word: string; readonly place: ChosenPlace }
  /** Marks are to be kept now if they can be; answered by `unkept` with the same number. */
  | { readonly tell: 'keepMarks'; readonly number: number }
  /** No window shows the archive: the engine ends if nothing is lost by it. */
  | { readonly tell: 'rest' }
  | { readonly tell: 'stop' };

/** What an engine tells main. */
export type ToMain =
  | { readonly tell: 'opened'; readonly answer: Answer<Status> }
  | { readonly tell: 'saved'; readonly number: number; readonly answer: Answer<Saved> }
  /** So many marks end with the engine, because they cannot be kept. */
  | { readonly tell: 'unkept'; readonly number: number; readonly marks: number }
  /** It ends, as it was asked to if nothing is lost by it. */
  | { readonly tell: 'resting' }
  /** A compaction has begun or ended: main keeps the machine awake and asks before quitting. */
  | { readonly tell: 'writing'; readonly writing: boolean }
  /** How far long work is, for the taskbar; `over` with the last word of a task. */
  | { readonly tell: 'progress'; readonly progress: TaskProgress };

/** Of one piece of long work, in bytes. */
export interface TaskProgress {
  readonly task: number;
  readonly done: number;
  readonly total: number;
  readonly over: boolean;
}

/** How much there is to do, and is done, in bytes; `total` is 0 if nothing goes on. */
export interface Effort {
  readonly done: number;
  readonly total: number;
}

/** All of several efforts as one. */
export function together(efforts: Iterable<Effort>): Effort {
  let [done, total] = [0, 0];
  for (const effort of efforts) {
    done += effort.done;
    total += effort.total;
  }
  return { done, total };
}

export class Engine {
  readonly #child: Electron.UtilityProcess;
  readonly #opened: Promise<Answer<Status>>;
  readonly #ended: Promise<ErrorValue>;
  /** Of the archive; empty until it is to be opened. */
  #path = '';
  readonly #saving = new Map<number, (answer: Answer<Saved>) => void>();
  readonly #keeping = new Map<number, (marks: number) => void>();
  readonly #working = new Map<number, TaskProgress>();
  #writing = false;
  #alive = true;
  #resting = false;
  #asked = 0;

  /**
   * Starts the process, which does nothing until `open`.
   * @param entry path of the built engine process
   * @param onEffort called when `effort` or `writing` has changed
   */
  constructor(entry: string, onEffort: () => void) {
    this.#child = utilityProcess.fork(entry, [], { serviceName: 'Mailkeep engine' });
    this.#ended = new Promise((resolve) => {
      this.#child.once('exit', (exitCode) => {
        this.#alive = false;
        this.#working.clear();
        this.#writing = false;
        onEffort();
        resolve(toErrorValue(new MailboxError('ENGINE_ENDED', { path: this.#path, exitCode })));
      });
    });
    this.#opened = new Promise((resolve) => {
      void this.#ended.then((error) => resolve({ ok: false, error }));
      this.#child.on('message', (message: ToMain) => {
        if (message.tell === 'opened') resolve(message.answer);
        else if (message.tell === 'saved') this.#saving.get(message.number)?.(message.answer);
        else if (message.tell === 'unkept') this.#keeping.get(message.number)?.(message.marks);
        else if (message.tell === 'resting') this.#resting = true;
        else if (message.tell === 'writing') {
          this.#writing = message.writing;
          onEffort();
        } else {
          this.#note(message.progress);
          onEffort();
        }
      });
    });
  }

  /** Does beforehand what opening an archive would have to do first. */
  prepare(): void {
    this.#post({ tell: 'prepare' });
  }

  /** Opens an archive: once. */
  open(request: EngineRequest): void {
    this.#path = request.path;
    this.#post({ tell: 'open', request });
  }

  /** The archive's status when it could be opened, long before it has been read to its end. */
  get opened(): Promise<Answer<Status>> {
    return this.#opened;
  }

  /** Settles when the process is gone, for whatever reason. */
  get ended(): Promise<ErrorValue> {
    return this.#ended;
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** True if it ends, or has ended, because nobody needed it. */
  get resting(): boolean {
    return this.#resting;
  }

  /** True while bytes of the archive are being moved. */
  get writing(): boolean {
    return this.#writing;
  }

  /** All long work of this engine. */
  get effort(): Effort {
    return together(this.#working.values());
  }

  /** Serves one more window on the given port. */
  connect(port: MessagePortMain): void {
    this.#child.postMessage({ tell: 'connect' } satisfies ToEngine, [port]);
  }

  /** Writes parts of a message as files into a folder that a person chose. */
  save(asked: ToSave): Promise<Answer<Saved>> {
    const number = this.#asked++;
    return new Promise<Answer<Saved>>((resolve) => {
      this.#saving.set(number, resolve);
      void this.#ended.then((error) => resolve({ ok: false, error }));
      this.#post({ tell: 'save', number, asked });
    }).finally(() => this.#saving.delete(number));
  }

  /** Has marks kept, if they can be. @returns how many end with the engine */
  unkeptMarks(): Promise<number> {
    const number = this.#asked++;
    return new Promise<number>((resolve) => {
      this.#keeping.set(number, resolve);
      void this.#ended.then(() => resolve(0));
      this.#post({ tell: 'keepMarks', number });
    }).finally(() => this.#keeping.delete(number));
  }

  /** Lets a window export to a place that a person chose, which it names by this word. */
  permit(word: string, place: ChosenPlace): void {
    this.#post({ tell: 'permit', word, place });
  }

  /** Ends the engine if nothing is lost by it. */
  rest(): void {
    this.#post({ tell: 'rest' });
  }

  /** Lets the engine finish what must not be left half done, and end. */
  async stop(): Promise<void> {
    this.#post({ tell: 'stop' });
    await this.#ended;
  }

  /** Ends an engine that has opened nothing. */
  discard(): void {
    this.#child.kill();
  }

  #note(progress: TaskProgress): void {
    if (progress.over) this.#working.delete(progress.task);
    else this.#working.set(progress.task, progress);
  }

  #post(message: ToEngine): void {
    if (this.#alive) this.#child.postMessage(message);
  }
}

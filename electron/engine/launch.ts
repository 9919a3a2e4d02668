/**
 * Starts an engine as a process of its own and speaks to it for main: the only door from
 * `electron/main` to the engine, so that "one process, one descriptor" can be read off the imports.
 *
 * Main never looks at mail: it hands a port to the engine and its other end to a window, and is told
 * whether the archive opened, and when the engine ended. Bytes of a sound that is played pass through it.
 */

import { type MessagePortMain, utilityProcess } from 'electron';
import type { Answer } from '../../shared/answer.ts';
import type { ChosenPlace } from '../../shared/export-contract.ts';
import { type ErrorValue, MailboxError, toErrorValue } from '../../shared/errors.ts';
import type { Saved, SoundBytes, SoundStretch, ToSave } from '../../shared/reading-contract.ts';
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
  /** Parts of a message are to be written as files; answered by `answered` with the same number. */
  | { readonly tell: 'save'; readonly number: number; readonly asked: ToSave }
  /** Bytes of a sound that is played; answered likewise. */
  | { readonly tell: 'sound'; readonly number: number; readonly asked: SoundStretch }
  /** A person chose a place to export to; a window may name it by this word, once. */
  | { readonly tell: 'permit'; readonly word: string; readonly place: ChosenPlace }
  /** Marks are to be kept now if they can be; answered likewise by how many cannot. */
  | { readonly tell: 'keepMarks'; readonly number: number }
  /** No window shows the archive: the engine ends if nothing is lost by it. */
  | { readonly tell: 'rest' }
  | { readonly tell: 'stop' };

/** What an engine answers main. */
export type Answered = Saved | SoundBytes | number;

/** What an engine tells main. */
export type ToMain =
  | { readonly tell: 'opened'; readonly answer: Answer<Status> }
  | {
      readonly tell: 'answered';
      readonly number: number;
      readonly answer: Answer<Answered>;
    }
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
  /** Who waits for an answer, by its number. */
  readonly #asking = new Map<number, (answer: Answer<never>) => void>();
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
        const error = toErrorValue(
          new MailboxError('ENGINE_ENDED', { path: this.#path, exitCode }),
        );
        for (const answered of this.#asking.values()) answered({ ok: false, error });
        resolve(error);
      });
    });
    this.#opened = new Promise((resolve) => {
      void this.#ended.then((error) => resolve({ ok: false, error }));
      this.#child.on('message', (message: ToMain) => {
        if (message.tell === 'opened') resolve(message.answer);
        else if (message.tell === 'answered')
          this.#asking.get(message.number)?.(message.answer as Answer<never>);
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

  /** Serves one more window on the given port, as soon as the archive is open. */
  connect(port: MessagePortMain): void {
    this.#child.postMessage({ tell: 'connect' } satisfies ToEngine, [port]);
  }

  /** Writes parts of a message as files into a folder that a person chose. */
  save(asked: ToSave): Promise<Answer<Saved>> {
    return this.#ask((number) => ({ tell: 'save', number, asked }));
  }

  /** Bytes of a part as a browser plays it. */
  sound(asked: SoundStretch): Promise<Answer<SoundBytes>> {
    return this.#ask((number) => ({ tell: 'sound', number, asked }));
  }

  /** Has marks kept, if they can be. @returns how many end with the engine */
  async unkeptMarks(): Promise<number> {
    const answer = await this.#ask<number>((number) => ({ tell: 'keepMarks', number }));
    return answer.ok ? answer.value : 0;
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

  #ask<Value>(message: (number: number) => ToEngine): Promise<Answer<Value>> {
    if (!this.#alive) return this.#ended.then((error) => ({ ok: false, error }));
    const number = this.#asked++;
    return new Promise<Answer<Value>>((resolve) => {
      this.#asking.set(number, resolve);
      this.#post(message(number));
    }).finally(() => this.#asking.delete(number));
  }

  #post(message: ToEngine): void {
    if (this.#alive) this.#child.postMessage(message);
  }
}

/**
 * The built engine as the app has it: `out/main/engine.js` in a process of its own, opened by main's
 * message and asked through a window's port, but under plain Node. For measurements, and for tests of
 * how an engine answers while it works.
 */

import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Answer } from '../../shared/answer.ts';
import type { Notification, Params, Result, WindowMethods } from '../../shared/contract.ts';
import type { Arrangement } from '../../shared/row.ts';
import type { Status } from '../../shared/status.ts';

const PORT = 1;
const KIB = 1024;
/** In which Linux counts for everybody. */
const TICK_MS = 10;

type Listener = (note: Notification) => void;

interface Said {
  /** From `longest-turn.mjs`. */
  readonly turnMs?: number;
  readonly port?: number;
  readonly message: {
    readonly id?: number;
    readonly answer?: Answer<unknown>;
    readonly notify?: string;
    readonly tell?: string;
  };
}

export interface EngineOptions {
  /** The project's folder, where `out/main` lies. */
  readonly root: string;
  /** Where journals, catalogs and the like go. */
  readonly folder: string;
  /** Whether texts are indexed, which takes time from what is measured. */
  readonly indexTexts?: boolean;
  /** More words for node, such as `--cpu-prof`. */
  readonly nodeWords?: readonly string[];
}

/** How long calls waited for their answers while the engine worked. */
export interface Latencies {
  readonly calls: number;
  readonly medianMs: number;
  /** Of nineteen in twenty. */
  readonly nearlyAllMs: number;
  readonly worstMs: number;
  /**
   * The longest that the engine's main thread kept everybody waiting, as CPU time, which other
   * programs on the machine do not lengthen. 0 where that cannot be told.
   */
  readonly longestTurnMs: number;
}

export class EngineProcess {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (answer: Answer<unknown>) => void>();
  readonly #listeners = new Set<Listener>();
  #opened: (answer: Answer<Status>) => void = () => undefined;
  #last = 0;
  #longestTurnMs = 0;
  readonly ended: Promise<void>;

  private constructor({ root, nodeWords = [] }: EngineOptions) {
    this.#child = fork(path.join(root, 'out/main/engine.js'), [], {
      execArgv: [...nodeWords, ...imported(root, 'parent-port.mjs', 'longest-turn.mjs')],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#child.on('message', (said: Said) => this.#hear(said));
    this.ended = new Promise((resolve) => {
      this.#child.once('exit', () => {
        const error = { code: 'ENGINE_ENDED', kind: 'bug', sentence: 'ended', details: {} };
        for (const answer of this.#waiting.values()) {
          answer({ ok: false, error } as Answer<unknown>);
        }
        resolve();
      });
    });
  }

  /** Starts an engine on a file; it reads the archive from then on. Throws if it cannot open it. */
  static async open(file: string, options: EngineOptions): Promise<EngineProcess> {
    const engine = new EngineProcess(options);
    const at = (name: string): string => path.join(options.folder, name);
    const request = {
      path: file,
      stateFolder: at('journals'),
      readingFolder: at('readings'),
      copyFolder: at('removed'),
      catalogFolder: at('catalogs'),
      indexTexts: options.indexTexts ?? false,
    };
    const opened = new Promise<Answer<Status>>((resolve) => {
      engine.#opened = resolve;
    });
    engine.#child.send({ tell: { tell: 'open', request } });
    const answer = await opened;
    if (!answer.ok) {
      engine.kill();
      throw new Error(`${answer.error.code}: ${answer.error.sentence}`);
    }
    engine.#child.send({ tell: { tell: 'connect' }, port: PORT });
    return engine;
  }

  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Throws what the engine refuses. */
  call<Name extends keyof WindowMethods & string>(
    method: Name,
    params: Params<WindowMethods, Name>,
  ): Promise<Result<WindowMethods, Name>> {
    this.#last += 1;
    const id = this.#last;
    this.#child.send({ port: PORT, call: { id, method, params } });
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, (answer) => {
        this.#waiting.delete(id);
        if (answer.ok) resolve(answer.value as Result<WindowMethods, Name>);
        else reject(new Error(`${method}: ${answer.error.code}: ${answer.error.sentence}`));
      });
    });
  }

  status(): Promise<Status> {
    return this.call('status', {});
  }

  /** Sorts, and gives the first rows once there are any. */
  async rows(arrangement: Arrangement, count = 50): Promise<Result<WindowMethods, 'rows'>> {
    for (;;) {
      const { generation } = await this.call('arrange', arrangement);
      const answer = await this.call('rows', { generation, from: 0, count });
      if (answer.rows.length > 0) return answer;
    }
  }

  /** Settles when a status fits; looks with every change that the engine tells. */
  async when(fits: (status: Status) => boolean): Promise<Status> {
    const first = await this.status();
    if (fits(first)) return first;
    return new Promise((resolve) => {
      const leave = this.listen((note) => {
        if (note.notify !== 'changed' || !fits(note.params.status)) return;
        leave();
        resolve(note.params.status);
      });
    });
  }

  /** The whole archive: its table of contents and every envelope. */
  whole(): Promise<Status> {
    return this.when(
      ({ state, envelopes, messages }) => state === 'ready' && envelopes === messages,
    );
  }

  /**
   * Asks for the status and for rows of the list, every `everyMs`, as a window does that a person
   * scrolls, until `work` has settled.
   */
  async answering(work: Promise<unknown>, everyMs = 20): Promise<Latencies> {
    const waited: number[] = [];
    this.#longestTurnMs = 0;
    let over = false;
    const ended = work.then(
      () => {
        over = true;
      },
      () => {
        over = true;
      },
    );
    while (!over) {
      const begun = performance.now();
      const { list } = await this.call('rows', { generation: 0, from: 0, count: 0 });
      const from = Math.floor(list.rows * Math.random());
      await this.call('rows', { generation: list.generation, from, count: 50 });
      const between = performance.now();
      await this.status();
      const now = performance.now();
      waited.push(between - begun, now - between);
      await Promise.race([ended, pause(Math.max(0, everyMs - (now - begun)))]);
    }
    await work;
    waited.sort((one, other) => one - other);
    return {
      calls: waited.length,
      medianMs: waited[Math.floor(waited.length / 2)] ?? 0,
      nearlyAllMs: waited[Math.ceil(waited.length * 0.95) - 2] ?? 0,
      worstMs: waited.at(-1) ?? 0,
      longestTurnMs: this.#longestTurnMs,
    };
  }

  /** Memory of its process in bytes: now, and the most there ever was. Linux only. */
  memory(): { readonly now: number; readonly most: number } {
    const status = readFileSync(`/proc/${this.#child.pid}/status`, 'utf8');
    const field = (name: string): number =>
      Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]) * KIB;
    return { now: field('VmRSS'), most: field('VmHWM') };
  }

  /** CPU time that all its threads have used, in milliseconds. Linux only. */
  cpuMs(): number {
    const stat = readFileSync(`/proc/${this.#child.pid}/stat`, 'utf8');
    // Behind the program's name, which may hold anything: proc(5), fields 14 and 15.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  }

  /** Lets it finish what must not be left half done, and end. */
  async stop(): Promise<void> {
    if (this.#child.connected) this.#child.send({ tell: { tell: 'stop' } });
    await this.ended;
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  #hear({ port, message, turnMs }: Said): void {
    if (turnMs !== undefined) {
      this.#longestTurnMs = Math.max(this.#longestTurnMs, turnMs);
      return;
    }
    if (port === undefined) {
      if (message.tell === 'opened') this.#opened(message.answer as Answer<Status>);
      return;
    }
    if (message.id !== undefined && message.answer) {
      this.#waiting.get(message.id)?.(message.answer);
    } else for (const listener of this.#listeners) listener(message as Notification);
  }
}

/** Words for node: scripts of this folder that run before the engine. */
const imported = (root: string, ...scripts: readonly string[]): string[] =>
  scripts.flatMap((script) => ['--import', path.join(root, 'test/support', script)]);

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

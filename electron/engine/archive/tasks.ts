/**
 * Long work: each piece has a number, tells how far it is, and can be asked to stop while stopping
 * does no harm. Progress is told a few times a second, and once more when it is over.
 */

import type { NotificationParams } from '../../../shared/contract.ts';
import { type TaskId, taskId } from '../../../shared/units.ts';

export type TaskKind = NotificationParams<'progress'>['kind'];
export type Progress = NotificationParams<'progress'>;
export type LockWait = NotificationParams<'lockWait'>;

/** Progress is told no more often than this. */
const TELL_EVERY_MS = 100;
/** Work that is over sooner is not told at all: a bar that flashes helps nobody. */
const TELL_AFTER_MS = 150;

export class Task {
  readonly id: TaskId;
  readonly kind: TaskKind;
  readonly #tell: (progress: Progress) => void;
  readonly #controller = new AbortController();
  readonly #begun = Date.now();
  #told = 0;
  #done = 0;
  #total = 0;
  #stoppable = true;

  constructor(id: TaskId, kind: TaskKind, tell: (progress: Progress) => void) {
    this.id = id;
    this.kind = kind;
    this.#tell = tell;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** @param done bytes done so far, of `total` */
  progress(done: number, total: number): void {
    this.#done = done;
    this.#total = total;
    const now = Date.now();
    if (now - this.#begun < TELL_AFTER_MS || now - this.#told < TELL_EVERY_MS) return;
    this.#say('going on');
  }

  /** From now on stopping would do more harm than finishing. */
  unstoppable(): void {
    this.#stoppable = false;
  }

  /** @returns false if it can no longer be stopped */
  stop(): boolean {
    if (this.#stoppable) this.#controller.abort();
    return this.#stoppable;
  }

  /** Called once, whatever the end. */
  over(): void {
    if (this.#told > 0) this.#say('over');
  }

  #say(state: 'going on' | 'over'): void {
    this.#told = Date.now();
    this.#tell({
      task: this.id,
      kind: this.kind,
      done: this.#done,
      total: this.#total,
      stoppable: this.#stoppable,
      over: state === 'over',
    });
  }
}

export class Tasks {
  readonly #tell: (progress: Progress) => void;
  readonly #running = new Map<TaskId, Task>();
  #last = 0;
  #ended = false;

  constructor(tell: (progress: Progress) => void) {
    this.#tell = tell;
  }

  /** How many are running. */
  get count(): number {
    return this.#running.size;
  }

  /** Runs `work` as a task of its own. */
  async run<Value>(kind: TaskKind, work: (task: Task) => Promise<Value>): Promise<Value> {
    this.#last += 1;
    const task = new Task(taskId(this.#last), kind, this.#tell);
    this.#running.set(task.id, task);
    if (this.#ended) task.stop();
    try {
      return await work(task);
    } finally {
      this.#running.delete(task.id);
      task.over();
    }
  }

  /** @returns whether the task was there and could still be stopped */
  stop(id: TaskId): boolean {
    return this.#running.get(id)?.stop() ?? false;
  }

  /** Stops everything that can be stopped. */
  stopAll(): void {
    for (const task of this.#running.values()) task.stop();
  }

  /** The same, also for what is begun from now on. */
  end(): void {
    this.#ended = true;
    this.stopAll();
  }
}

/**
 * Long work on a mailbox: each piece is a task that tells how far it is and can be stopped; who holds
 * up a lock is told while we wait; how the locks stand is looked at when it is over.
 */

import type { LockState } from '../../../shared/status.ts';
import type { Mailbox } from '../../mailbox/mailbox.ts';
import type { Work } from '../../mailbox/mailbox-options.ts';
import type { ArchiveEvent } from './archive-request.ts';
import { type LockWait, type Task, type TaskKind, Tasks } from './tasks.ts';

export class Working {
  readonly tasks: Tasks;
  readonly #mailbox: Mailbox;
  readonly #emit: (event: ArchiveEvent) => void;
  readonly #waiting = new Set<number>();
  #locks: readonly LockState[] = [];
  #looking: Promise<unknown> = Promise.resolve();
  #ended = false;

  constructor(mailbox: Mailbox, emit: (event: ArchiveEvent) => void) {
    this.#mailbox = mailbox;
    this.#emit = emit;
    this.tasks = new Tasks((progress) => emit({ event: 'progress', progress }));
  }

  /** How the locks stood when they were last looked at. */
  get locks(): readonly LockState[] {
    return this.#locks;
  }

  /** @returns whether they stand otherwise than before; nobody looks any more once it has ended */
  async lookAtLocks(): Promise<boolean> {
    if (this.#ended) return false;
    const before = this.#locks;
    const looking = this.#mailbox.locks();
    this.#looking = Promise.allSettled([this.#looking, looking]);
    this.#locks = await looking;
    return JSON.stringify(before) !== JSON.stringify(this.#locks);
  }

  /** When this returns nobody looks at the locks, and the file can be closed. */
  async end(): Promise<void> {
    this.#ended = true;
    await this.#looking;
  }

  /** Runs `act` as a task. */
  run<Value>(kind: TaskKind, act: (work: Work) => Promise<Value>): Promise<Value> {
    return this.tasks.run(kind, async (task) => {
      try {
        return await act(this.#workOf(task));
      } finally {
        if (this.#waiting.delete(task.id)) {
          this.#emitLockWait({ holder: '', waitedMs: 0, limitMs: 0, task: task.id, over: true });
        }
        await this.lookAtLocks();
      }
    });
  }

  #workOf(task: Task): Work {
    return {
      signal: task.signal,
      onProgress: (done, total) => task.progress(done, total),
      onLockWait: (wait) => {
        this.#waiting.add(task.id);
        this.#emitLockWait({ ...wait, task: task.id, over: false });
      },
      onPointOfNoReturn: () => {
        task.unstoppable();
        this.#emit({ event: 'changed', rows: 'same', diff: null });
      },
    };
  }

  #emitLockWait(lockWait: LockWait): void {
    this.#emit({ event: 'lockWait', lockWait });
  }
}

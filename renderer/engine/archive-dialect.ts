/** How an archive is read, as this window sees it: the dialect report while somebody looks, and overruling it. */

import type { DoubtfulLine, Rule } from '../../shared/dialect-report.ts';
import type { Connection } from './connection.ts';
import { Latest } from './latest.ts';
import type { Observable } from './observable.ts';
import type { Snapshot } from './snapshot.ts';

/** What goes wrong is shown by whoever made this. */
type Told = (work: () => Promise<unknown>) => Promise<void>;

export class ArchiveDialect {
  readonly #connection: Connection;
  readonly #state: Observable<Snapshot>;
  readonly #told: Told;
  readonly #explaining = new Latest();
  #isOpen = false;

  constructor(connection: Connection, state: Observable<Snapshot>, told: Told) {
    this.#connection = connection;
    this.#state = state;
    this.#told = told;
  }

  /** Loads the dialect report, and again with every change, until `close`. */
  open(): void {
    this.#isOpen = true;
    this.changed();
  }

  close(): void {
    this.#isOpen = false;
    this.#state.set({ dialect: null });
  }

  /** Reads a line otherwise, and every line like it; `default`: as the rule says again. */
  async overrule(
    line: DoubtfulLine,
    reading: DoubtfulLine['choices'][number] | 'default',
  ): Promise<void> {
    const { offset, text } = line;
    await this.#reread(() => this.#connection.call('overrule', { offset, text, reading }));
  }

  async readAs(rule: Rule): Promise<void> {
    const { dialect } = this.#state.snapshot();
    // Shown as chosen at once; the report that follows says what it came to.
    if (dialect) this.#state.set({ dialect: { ...dialect, rule } });
    await this.#reread(() => this.#connection.call('readAs', { rule }));
  }

  /** The archive has changed. */
  changed(): void {
    if (!this.#isOpen) return;
    this.#explaining.run(() =>
      this.#told(async () => {
        const dialect = await this.#connection.call('dialect', {});
        if (this.#isOpen) this.#state.set({ dialect });
      }),
    );
  }

  async #reread(change: () => Promise<unknown>): Promise<void> {
    this.#state.set({ error: null, rereading: true });
    await this.#told(change);
    this.#state.set({ rereading: false });
    this.changed();
  }
}

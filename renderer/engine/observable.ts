/** A value that components watch: what `useSyncExternalStore` asks for. Knows nothing of React. */

export class Observable<Value extends object> {
  readonly #listeners = new Set<() => void>();
  #value: Value;

  constructor(value: Value) {
    this.#value = value;
  }

  /** @returns a function that stops listening */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The same object until something changes. */
  readonly snapshot = (): Value => this.#value;

  /** Resolves as soon as the value is as wanted. */
  until(wanted: (value: Value) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!wanted(this.#value)) return;
        this.#listeners.delete(look);
        resolve();
      };
      this.#listeners.add(look);
      look();
    });
  }

  set(change: Partial<Value>): void {
    this.#value = { ...this.#value, ...change };
    for (const listener of this.#listeners) listener();
  }
}

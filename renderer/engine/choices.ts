/**
 * Changes of the selection on their way to the engine, which keeps it.
 *
 * They are sent one after the other; one that does not depend on what was selected before takes the
 * place of those that still wait. Until the rows show what the engine made of them, the window
 * shows what they ask for (`selectedWith`). A row's index is only good for the list it was seen in:
 * if that list is gone, the messages meant are found by key, or nothing is selected at all.
 */

import type { Choice, ListState, Params, WindowMethods } from '../../shared/contract.ts';
import { toErrorValue } from '../../shared/errors.ts';
import type { Connection } from './connection.ts';

/** A choice, and what its rows meant when a person made it. */
export interface MeantChoice {
  readonly choice: Choice;
  readonly generation: number;
  /** The keys of its row, or of both ends of its range; null where the row was not yet there. */
  readonly keys: readonly (string | null)[];
}

/** A choice that the rows do not show yet. */
export interface PendingChoice {
  readonly id: number;
  readonly choice: Choice;
  /** The generation whose rows show it; null until the engine has answered. */
  readonly shownBy: number | null;
}

/** Whether a row is selected, given what its message says and the choices since. */
export function selectedWith(
  pending: readonly PendingChoice[],
  index: number,
  selected: boolean,
): boolean {
  // biome-ignore lint/suspicious/useIterableCallbackReturn: every choice is a case
  return pending.reduce((was, { choice }) => {
    switch (choice.choose) {
      case 'all':
        return true;
      case 'none':
        return false;
      case 'only':
      // Which others are in its thread, only the engine knows.
      case 'thread':
        return index === choice.row;
      case 'toggle':
        return index === choice.row ? !was : was;
      case 'range': {
        const low = Math.min(choice.from, choice.to);
        const high = Math.max(choice.from, choice.to);
        return (index >= low && index <= high) || (choice.others === 'keep' && was);
      }
    }
  }, selected);
}

/** True if the outcome does not depend on what was selected before. */
export function standsAlone(choice: Choice): boolean {
  return choice.choose !== 'toggle' && !(choice.choose === 'range' && choice.others === 'keep');
}

interface Waiting extends MeantChoice {
  readonly id: number;
}

export interface ChoiceEvents {
  readonly pending: (pending: readonly PendingChoice[]) => void;
  /** The engine's list after a choice. */
  readonly list: (list: ListState) => void;
  readonly failed: (error: unknown) => void;
}

export class Choices {
  readonly #connection: Connection;
  readonly #events: ChoiceEvents;
  #last = 0;
  #pending: readonly PendingChoice[] = [];
  #waiting: Waiting[] = [];
  #sending: Promise<void> | null = null;

  constructor(connection: Connection, events: ChoiceEvents) {
    this.#connection = connection;
    this.#events = events;
  }

  add(meant: MeantChoice): void {
    if (standsAlone(meant.choice)) {
      this.#waiting = [];
      this.#pending = [];
    }
    this.#last += 1;
    const id = this.#last;
    this.#show([...this.#pending, { id, choice: meant.choice, shownBy: null }]);
    this.#waiting.push({ ...meant, id });
    this.#sending ??= this.#send();
  }

  /** Resolves when the engine knows every choice made so far. */
  async sent(): Promise<void> {
    await this.#sending;
  }

  /** The rows of this generation are on screen: what they show need not be pretended any more. */
  shown(generation: number): void {
    const left = this.#pending.filter(({ shownBy }) => shownBy === null || shownBy > generation);
    if (left.length < this.#pending.length) this.#show(left);
  }

  async #send(): Promise<void> {
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      const { id } = next;
      try {
        const list = await this.#select(next);
        this.#settle(id, list?.generation ?? 0);
        if (list) this.#events.list(list);
      } catch (error) {
        this.#settle(id, 0);
        this.#events.failed(error);
      }
    }
    this.#sending = null;
  }

  /** The engine has answered; a choice that came to nothing is shown by any list. */
  #settle(id: number, shownBy: number): void {
    this.#show(this.#pending.map((one) => (one.id === id ? { ...one, shownBy } : one)));
    if (shownBy === 0) this.shown(0);
  }

  async #select({ choice, generation, keys }: MeantChoice): Promise<ListState | null> {
    try {
      return await this.#connection.call('select', { generation, choice });
    } catch (error) {
      if (toErrorValue(error).code !== 'STALE') throw error;
    }
    const found = await this.#found(choice, keys);
    return found && (await this.#connection.call('select', found));
  }

  /** The same messages in the list as it is now; null if one of them is not in it any more. */
  async #found(
    choice: Choice,
    keys: readonly (string | null)[],
  ): Promise<Params<WindowMethods, 'select'> | null> {
    let { generation } = (await this.#connection.call('rows', NO_ROWS)).list;
    const rows: number[] = [];
    for (const key of keys) {
      if (key === null) return null;
      const place = await this.#connection.call('locate', { key });
      if (place.row === null) return null;
      rows.push(place.row);
      generation = place.generation;
    }
    const [first = 0, second = first] = rows;
    if (choice.choose === 'range')
      return { generation, choice: { ...choice, from: first, to: second } };
    return { generation, choice: 'row' in choice ? { ...choice, row: first } : choice };
  }

  #show(pending: readonly PendingChoice[]): void {
    this.#pending = pending;
    this.#events.pending(pending);
  }
}

/** A call for no rows: its answer carries the list as it is. */
const NO_ROWS = { generation: 0, from: 0, count: 0 } as const;

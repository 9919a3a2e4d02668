/**
 * A window's list before the archive's messages are in memory: as long as it will be, with the rows that are
 * known at a glance. The list that follows it goes on from its generation and in its order (`View.follow`).
 */

import { type ListState, FIRST_GENERATION } from '../../../shared/contract.ts';
import type { Arrangement, Row } from '../../../shared/row.ts';
import type { Glance } from '../archive/glance.ts';
import { FILE_ORDER } from './arranging.ts';

export class EarlyList {
  readonly #glance: Glance;
  #arrangement: Arrangement = FILE_ORDER;
  #generation = FIRST_GENERATION;

  constructor(glance: Glance) {
    this.#glance = glance;
  }

  get arrangement(): Arrangement {
    return this.#arrangement;
  }

  get state(): ListState {
    const selected = { messages: 0, bytes: 0 };
    return { generation: this.#generation, rows: this.#glance.messages, selected };
  }

  /** @returns null if nothing is known of such a list: it is arranged when the messages are there */
  arrange(asked: Arrangement): ListState | null {
    if (!this.#glance.knows(asked)) return null;
    this.#arrangement = { ...asked };
    this.#generation += 1;
    return this.state;
  }

  /** As the contract's `rows`. @returns null if it has to wait for the messages */
  rows(generation: number, from: number, count: number): readonly Row[] | null {
    if (generation !== this.#generation) return [];
    return this.#glance.rows(this.#arrangement, from, count);
  }
}

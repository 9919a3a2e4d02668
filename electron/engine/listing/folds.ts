/** What one list has collapsed: a byte per message, so that it stays with its message. */

import type { Folding } from '../../../shared/contract.ts';
import type { ThreadPlace } from '../../../shared/row.ts';
import { type MessageNumber, messageNumber } from '../../../shared/units.ts';
import type { ThreadList } from '../threads/thread-list.ts';

/** What must be known of messages that are hidden. */
export interface HiddenSource {
  isUnread(number: MessageNumber): boolean;
  isMarked(number: MessageNumber): boolean;
}

const NOTHING_HIDDEN: ThreadPlace['hidden'] = { messages: 0, unread: 0, marked: 0 };

export class Folds {
  #collapsed = new Uint8Array(0);

  /** True if nothing below the message is shown. */
  readonly isCollapsed = (number: number): boolean => this.#collapsed[number] === 1;

  /** @param number the message meant; null for every thread */
  fold(threads: ThreadList, folding: Folding, number: MessageNumber | null): void {
    const index = number === null ? null : threads.indexOf(number);
    if (folding.fold === 'reveal') {
      for (let at = index === null ? null : threads.parent(index); at !== null; ) {
        this.#set(threads, at, 0);
        at = threads.parent(at);
      }
      return;
    }
    const value = folding.fold === 'collapse' ? 1 : 0;
    if (number === null) this.#setAll(threads, 0, threads.numbers.length, value);
    else if (index !== null && 'thread' in folding) {
      const start = threads.start(index);
      this.#setAll(threads, start, threads.end(start), value);
    } else if (index !== null) this.#set(threads, index, value);
  }

  #setAll(threads: ThreadList, from: number, to: number, value: 0 | 1): void {
    for (let index = from; index < to; index++) this.#set(threads, index, value);
  }

  #set(threads: ThreadList, index: number, value: 0 | 1): void {
    const number = threads.numberAt(index);
    if (number >= this.#collapsed.length) {
      const wider = new Uint8Array(Math.max(number + 1, this.#collapsed.length * 2));
      wider.set(this.#collapsed);
      this.#collapsed = wider;
    }
    // One with nothing below it is open to what may come.
    this.#collapsed[number] = threads.end(index) > index + 1 ? value : 0;
  }

  /** What is hidden is no longer selected, unless its thread is selected as a whole. */
  dropHalf(threads: ThreadList, selected: Uint8Array): void {
    const { numbers } = threads;
    for (let index = 0; index < numbers.length; ) {
      const end = this.isCollapsed(numbers[index] ?? 0) ? threads.end(index) : index + 1;
      let isWhole = true;
      for (let at = index; at < end && isWhole; at++) isWhole = selected[numbers[at] ?? 0] === 1;
      for (let at = index + 1; at < end && !isWhole; at++) selected[numbers[at] ?? 0] = 0;
      index = end;
    }
  }

  /** The messages have new numbers. @param oldNumbers for each the one before, or -1 */
  renumber(oldNumbers: Int32Array): void {
    const collapsed = new Uint8Array(oldNumbers.length);
    for (let number = 0; number < oldNumbers.length; number++) {
      collapsed[number] = this.#collapsed[oldNumbers[number] ?? -1] ?? 0;
    }
    this.#collapsed = collapsed;
  }

  /** @param up so many rows above is the message that it is below */
  placeOf(threads: ThreadList, index: number, up: number, source: HiddenSource): ThreadPlace {
    const { place, of } = threads.place(index);
    const end = threads.end(index);
    const below = end - index - 1;
    const start = threads.start(index);
    const isCollapsed = below > 0 && this.isCollapsed(threads.numberAt(index));
    const open = below > 0 ? 'expanded' : 'leaf';
    return {
      level: threads.level(index) + 1,
      place: place + 1,
      of,
      up,
      below,
      state: isCollapsed ? 'collapsed' : open,
      hidden: isCollapsed ? this.#hidden(threads, index, source) : NOTHING_HIDDEN,
      size: threads.end(start) - start,
    };
  }

  #hidden(threads: ThreadList, index: number, source: HiddenSource): ThreadPlace['hidden'] {
    const end = threads.end(index);
    let [unread, marked] = [0, 0];
    for (let at = index + 1; at < end; at++) {
      const number = messageNumber(threads.numberAt(at));
      if (source.isUnread(number)) unread += 1;
      if (source.isMarked(number)) marked += 1;
    }
    return { messages: end - index - 1, unread, marked };
  }
}

/**
 * Makes threads of messages: Jamie Zawinski's algorithm (https://www.jwz.org/doc/threading.html), in the
 * form and with the details of RFC 5256 section 3, REFERENCES. Imports its neighbours and how columns grow.
 *
 * An id that somebody refers to has a place in the tree, its message being there or not. Places are
 * numbers: those of the messages, and behind them those of messages that are missing. What differs from
 * the description, so that threads do not depend on the order of the file and take linear time:
 *
 * - Messages are taken in the order of their dates. First every message is put below the last of its
 *   references, then the earlier references are linked where a place has nothing above it yet: what a
 *   message says of itself counts more than what others say of it.
 * - Whether a link would make a loop is asked of sets of places that hang together (union-find).
 * - A second message with the same id that refers to nothing goes below the first one.
 * - Of a thread whose first message is missing, the oldest message stands for it.
 * - Messages with the same subject belong together only if the later one is a reply (as in mutt with
 *   `sort_re`, and Thunderbird); it goes below the latest before it that is none. Otherwise every
 *   "Weekly report" of an archive would be in one thread.
 *
 * Work is done in steps, so that others have their turn in between; nothing is recursive.
 */

import { LINK_WORDS } from '../message/message-links.ts';
import { grown } from '../../shared/grown.ts';
import { atOnce, type Steps } from '../../shared/steps.ts';
import type { Envelopes } from './envelopes.ts';
import { IdTable } from './id-table.ts';
import { SubjectGathering } from './subject-gathering.ts';
import { ThreadWalk } from './thread-walk.ts';
import type { Threads } from './threads.ts';

const NONE = -1;
/** So many messages are looked at in one step: a fraction of a millisecond, more while memory is new. */
const STEP_MESSAGES = 1024;
/** Places of missing messages that there is room for at first, as a share of the messages. */
const MISSING_SHARE = 1 / 4;

type Pass = (from: number, to: number) => void;

export class Threading {
  readonly #envelopes: Envelopes;
  readonly #count: number;
  /** The messages, oldest first: sorted in the first steps. */
  #oldest: Uint32Array = new Uint32Array(0);
  readonly #ids: IdTable;
  /** Places in use. */
  #places: number;
  /** The place above each place. */
  #above: Int32Array;
  /** For each place another one of the same tree, at last the one that stands for the tree. */
  #trees: Int32Array;
  /** 1 for messages whose id another one had before. */
  readonly #copies: Uint8Array;
  /** 1 for messages whose references have been linked. */
  readonly #presumed: Uint8Array;

  /** @param count of messages, those without an envelope included: each is a thread of its own */
  constructor(envelopes: Envelopes, count: number) {
    this.#envelopes = envelopes;
    this.#count = count;
    const room = Math.ceil(count * (1 + MISSING_SHARE));
    this.#ids = new IdTable(room);
    this.#places = count;
    // Filled as it is used: what is new would take too long for one step.
    this.#above = new Int32Array(room);
    this.#trees = new Int32Array(room);
    this.#copies = new Uint8Array(count);
    this.#presumed = new Uint8Array(count);
  }

  /** All at once. */
  static of(envelopes: Envelopes, count: number): Threads {
    return atOnce(new Threading(envelopes, count).steps());
  }

  /** Each step takes a fraction of a millisecond; after the last one the threads are there. */
  *steps(): Steps<Threads> {
    this.#oldest = yield* this.#envelopes.orderSteps('date', this.#count);
    yield* this.#pass((from, to) => this.#stand(from, to));
    yield* this.#pass((from, to) => this.#enter(from, to));
    yield* this.#pass((from, to) => this.#answer(from, to));
    yield* this.#pass((from, to) => this.#presume(from, to));
    const heads = new Heads(this.#count, this.#places);
    yield* this.#pass((from, to) => this.#prune(from, to));
    const gathering = new SubjectGathering(this.#envelopes, this.#above, this.#count);
    yield* this.#pass((from, to) => {
      for (let at = from; at < to; at++) {
        const number = this.#oldest[at] ?? 0;
        heads.settle(number, this.#above);
        if (this.#above[number] === NONE) gathering.add(number);
      }
    });
    yield* this.#pass((from, to) => {
      for (let at = from; at < to; at++) gathering.join(this.#oldest[at] ?? 0);
    });
    yield* this.#pass((from, to) => {
      for (let at = from; at < to; at++) heads.follow(this.#oldest[at] ?? 0, this.#above);
    });
    const walk = new ThreadWalk(this.#above, this.#count);
    yield* this.#pass((from, to) => {
      for (let at = from; at < to; at++) walk.hang(this.#oldest[this.#count - 1 - at] ?? 0);
    });
    yield* this.#pass((from, to) => walk.go(from, to));
    return walk.threads;
  }

  *#pass(pass: Pass): Steps<void> {
    for (let from = 0; from < this.#count; from += STEP_MESSAGES) {
      pass(from, Math.min(this.#count, from + STEP_MESSAGES));
      yield;
    }
  }

  /** Every message stands alone. */
  #stand(from: number, to: number): void {
    this.#above.fill(NONE, from, to);
    for (let place = from; place < to; place++) this.#trees[place] = place;
  }

  /** Every message takes the place of its id. */
  #enter(from: number, to: number): void {
    const { links } = this.#envelopes;
    for (let at = from; at < to; at++) {
      const number = this.#oldest[at] ?? 0;
      if (links.count(number) === 0) continue;
      const start = links.start(number);
      const block = links.block(number);
      const [low = 0, high = 0] = [block[start], block[start + 1]];
      if (high === 0) continue;
      if (this.#ids.numberOf(low, high, number) !== number) this.#copies[number] = 1;
    }
  }

  /** Every message goes below the last of its references. */
  #answer(from: number, to: number): void {
    const { links } = this.#envelopes;
    for (let at = from; at < to; at++) {
      const number = this.#oldest[at] ?? 0;
      const count = links.count(number);
      if (count > 1) this.#link(this.#place(number, count - 1), number);
      else if (this.#copies[number] === 1) this.#link(this.#place(number, 0), number);
    }
  }

  /** What has nothing above it yet goes below what a message refers to before it. */
  #presume(from: number, to: number): void {
    const { links } = this.#envelopes;
    for (let at = from; at < to; at++) {
      const number = this.#oldest[at] ?? 0;
      const count = links.count(number);
      const isKnown = count < 3 || this.#saysTheSame(number, this.#above[number] ?? NONE);
      this.#presumed[number] = 1;
      if (isKnown) continue;
      let before = this.#place(number, 1);
      for (let link = 2; link < count; link++) {
        const place = this.#place(number, link);
        if (this.#above[place] === NONE) this.#link(before, place);
        before = place;
      }
    }
  }

  /**
   * True if a message refers to what the one above it refers to, and to that one: then its references
   * have been linked with those. So it is of nearly all mail, and nothing has to be looked up.
   */
  #saysTheSame(number: number, above: number): boolean {
    if (above < 0 || above >= this.#count || this.#presumed[above] === 0) return false;
    const { links } = this.#envelopes;
    const shared = links.count(above) - 1;
    if (shared < 0 || links.count(number) !== shared + 2) return false;
    const [block, otherBlock] = [links.block(number), links.block(above)];
    const [start, otherStart] = [links.start(number), links.start(above)];
    for (let word = LINK_WORDS; word < (shared + 1) * LINK_WORDS; word++) {
      if (block[start + word] !== otherBlock[otherStart + word]) return false;
    }
    const last = start + (shared + 1) * LINK_WORDS;
    return block[last] === otherBlock[otherStart] && block[last + 1] === otherBlock[otherStart + 1];
  }

  /** The place that a link of a message means. */
  #place(number: number, link: number): number {
    const { links } = this.#envelopes;
    const at = links.start(number) + LINK_WORDS * link;
    const block = links.block(number);
    const place = this.#ids.numberOf(block[at] ?? 0, block[at + 1] ?? 0, this.#places);
    if (place === this.#places) this.#addPlace();
    return place;
  }

  #addPlace(): void {
    const place = this.#places++;
    if (place >= this.#above.length) {
      const room = Math.ceil(this.#places * 1.5);
      this.#above = grown(this.#above, room);
      this.#trees = grown(this.#trees, room);
    }
    this.#above[place] = NONE;
    this.#trees[place] = place;
  }

  /** Puts a place that has nothing above it below another one, unless that would make a loop. */
  #link(above: number, place: number): void {
    const tree = this.#treeOf(above);
    if (tree === this.#treeOf(place)) return;
    this.#above[place] = above;
    this.#trees[this.#treeOf(place)] = tree;
  }

  #treeOf(place: number): number {
    const trees = this.#trees;
    let at = place;
    for (let next = trees[at] ?? at; next !== at; next = trees[at] ?? at) {
      trees[at] = trees[next] ?? next;
      at = next;
    }
    return at;
  }

  /** Messages go below the next message above them; below a missing one only if it is the first. */
  #prune(from: number, to: number): void {
    for (let at = from; at < to; at++) {
      const number = this.#oldest[at] ?? 0;
      this.#above[number] = this.#messageAbove(number);
    }
  }

  #messageAbove(number: number): number {
    const above = this.#above;
    let last = above[number] ?? NONE;
    while (last >= this.#count && above[last] !== NONE) last = above[last] ?? NONE;
    // The missing ones on the way need not be passed again.
    for (let place = above[number] ?? NONE; place >= this.#count && place !== last; ) {
      const next = above[place] ?? NONE;
      above[place] = last;
      place = next;
    }
    return last;
  }
}

/** Threads whose first message is missing. */
class Heads {
  readonly #messages: number;
  /** For each missing message the oldest right below it, and one more than its number. */
  readonly #heads: Uint32Array;
  /** 1 for the others right below one. */
  readonly #others: Uint8Array;

  constructor(messages: number, places: number) {
    this.#messages = messages;
    this.#heads = new Uint32Array(places - messages);
    this.#others = new Uint8Array(messages);
  }

  /** The oldest message below a missing one takes its place; to be called in the order of dates. */
  settle(number: number, above: Int32Array): void {
    const at = (above[number] ?? NONE) - this.#messages;
    if (at < 0) return;
    const head = this.#heads[at] ?? 0;
    if (head === 0) this.#heads[at] = number + 1;
    else this.#others[number] = 1;
    above[number] = head === 0 ? NONE : head - 1;
  }

  /** If the oldest went below another message by its subject, the others stay beside it. */
  follow(number: number, above: Int32Array): void {
    if (this.#others[number] === 0) return;
    const beyond = above[above[number] ?? 0] ?? NONE;
    if (beyond !== NONE) above[number] = beyond;
  }
}

/**
 * The messages of an archive that are in it more than once, as they were found last, and which copy of
 * each is kept. They follow their messages when numbers change.
 *
 * Promises: of each message exactly one copy is kept, and it is one that is not marked for deletion as
 * long as there is one; so whoever marks the others never marks the last.
 */

import type { Envelopes } from '../../catalog/envelopes.ts';
import { orderByKey } from '../../catalog/ranked.ts';
import { atOnce, stepByStep, type Steps } from '../../../shared/steps.ts';
import { DELETED } from '../../message/flags.ts';
import type { Duplicates, DuplicatesHow, KeptCopy } from '../../../shared/duplicates-contract.ts';
import { type MessageNumber, messageNumber } from '../../../shared/units.ts';
import type { Copy } from '../listing/narrowing.ts';
import { type Groups, groupsInOrder, groupsWith, NO_GROUPS } from './comparing-bodies.ts';

/** What decides which copy is kept. */
export interface CopiesSource {
  readonly envelopes: Envelopes;
  readonly markRevision: number;
  bytesOf(number: MessageNumber): number;
  headerBytesOf(number: MessageNumber): number;
  isMarked(number: MessageNumber): boolean;
}

interface Found {
  readonly how: DuplicatesHow;
  readonly looked: number;
  readonly groups: Groups;
}

/** Which copies are kept, good for what it was made of. */
interface Made {
  readonly found: Found;
  readonly keep: KeptCopy;
  readonly markRevision: number;
  /** By message number. */
  readonly roles: Uint8Array;
  readonly amounts: Pick<Duplicates, 'others' | 'unmarked'>;
}

/** So many groups are a step: each copy is looked up. */
const STEP_GROUPS = 1 << 10;

const KEPT = 1;
const OTHER = 2;
const COPIES: Readonly<Record<number, Copy>> = { [KEPT]: 'kept', [OTHER]: 'other' };

export class Copies {
  readonly #source: CopiesSource;
  #found: Found | null = null;
  #keep: KeptCopy = 'first';
  /** Null until somebody asks. */
  #lastMade: Made | null = null;
  #preparing: Promise<void> | null = null;
  #numbering = 0;
  #unchanged = Number.POSITIVE_INFINITY;

  constructor(source: CopiesSource) {
    this.#source = source;
  }

  /** Grows when numbers come to mean other messages: who reads by number begins again. */
  get numbering(): number {
    return this.#numbering;
  }

  /** Messages from here on may have changed since `begin`. */
  get unchanged(): number {
    return this.#unchanged;
  }

  /** Somebody begins to look. */
  begin(): void {
    this.#unchanged = Number.POSITIVE_INFINITY;
  }

  /** Keeps what was found. @param groups of numbers as they are now, in the order in which they are shown */
  take(how: DuplicatesHow, looked: number, groups: Groups): void {
    this.#found = { how, looked, groups };
  }

  keep(which: KeptCopy): void {
    this.#keep = which;
  }

  /** Forgets what was found: the archive is read from the start. */
  forget(): void {
    this.#numbering += 1;
    this.#found = null;
  }

  /** Messages from this number on are gone, or are looked at anew. */
  truncate(count: number): void {
    this.#unchanged = Math.min(this.#unchanged, count);
    const { looked = 0 } = this.#found ?? {};
    if (looked <= count) return;
    this.#follow((number) => (number < count ? number : -1), count);
  }

  /** Messages have new numbers. @param oldNumbers for each the one before, or -1 */
  renumber(oldNumbers: Int32Array): void {
    this.#numbering += 1;
    if (!this.#found) return;
    const { looked } = this.#found;
    const newNumbers = new Int32Array(looked).fill(-1);
    let stillKnown = 0;
    for (let number = 0; number < oldNumbers.length; number++) {
      const old = oldNumbers[number] ?? -1;
      if (old < 0 || old >= looked) continue;
      newNumbers[old] = number;
      stillKnown += 1;
    }
    this.#follow((number) => newNumbers[number] ?? -1, stillKnown);
  }

  #follow(newNumber: (number: number) => number, looked: number): void {
    if (!this.#found) return;
    this.#found = { ...this.#found, looked, groups: groupsWith(this.#found.groups, newNumber) };
  }

  /** What a message is. */
  copyOf(number: number): Copy {
    return COPIES[this.#made()?.roles[number] ?? 0] ?? 'single';
  }

  /** Decides in short turns which copies are kept; who asks then, and nothing has changed, need not wait. */
  async prepare(): Promise<void> {
    if (!this.#found || this.#isMade()) return;
    // Whoever else wants to know waits for the same.
    this.#preparing ??= stepByStep(this.#making())
      .then((made) => {
        this.#lastMade = made;
      })
      .finally(() => {
        this.#preparing = null;
      });
    await this.#preparing;
  }

  /** Null if nobody has looked. */
  get state(): Duplicates | null {
    const made = this.#made();
    if (!made) return null;
    const { found, keep, amounts } = made;
    const { how, looked, groups } = found;
    return { how, keep, looked, groups: groups.starts.length - 1, ...amounts };
  }

  /** All copies but those that are kept, in the order of the file. */
  others(): MessageNumber[] {
    const roles = this.#made()?.roles ?? new Uint8Array(0);
    const numbers: MessageNumber[] = [];
    for (let number = 0; number < roles.length; number++) {
      if (roles[number] === OTHER) numbers.push(messageNumber(number));
    }
    return numbers;
  }

  /** How many copies there are, and the one at a place, group by group. */
  get length(): number {
    return this.#groups.members.length;
  }

  at(place: number): Place {
    const { members, starts } = this.#groups;
    let [low, high] = [0, starts.length - 1];
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((starts[middle] ?? 0) <= place) low = middle;
      else high = middle;
    }
    const begin = starts[low] ?? 0;
    const of = (starts[low + 1] ?? 0) - begin;
    return { number: messageNumber(members[place] ?? 0), group: low, place: place - begin, of };
  }

  get #groups(): Groups {
    return this.#found?.groups ?? NO_GROUPS;
  }

  #isMade(): boolean {
    const made = this.#lastMade;
    return (
      made?.found === this.#found &&
      made?.keep === this.#keep &&
      made?.markRevision === this.#source.markRevision
    );
  }

  #made(): Made | null {
    if (!this.#isMade()) this.#lastMade = atOnce(this.#making());
    return this.#lastMade;
  }

  *#making(): Steps<Made | null> {
    const found = this.#found;
    if (!found) return null;
    const { markRevision } = this.#source;
    const keep = this.#keep;
    const { members, starts } = found.groups;
    const roles = new Uint8Array(members.reduce((most, one) => Math.max(most, one + 1), 0));
    const others = { messages: 0, bytes: 0 };
    const unmarked = { messages: 0, bytes: 0 };
    for (let group = 0; group + 1 < starts.length; group++) {
      if (group % STEP_GROUPS === STEP_GROUPS - 1) yield;
      const [from, to] = [starts[group] ?? 0, starts[group + 1] ?? 0];
      const kept = this.#keptOf(members, from, to);
      for (let at = from; at < to; at++) {
        const number = messageNumber(members[at] ?? 0);
        roles[number] = number === kept ? KEPT : OTHER;
        if (number === kept) continue;
        const bytes = this.#source.bytesOf(number);
        others.messages += 1;
        others.bytes += bytes;
        if (this.#source.isMarked(number)) continue;
        unmarked.messages += 1;
        unmarked.bytes += bytes;
      }
    }
    return { found, keep, markRevision, roles, amounts: { others, unmarked } };
  }

  #keptOf(members: Uint32Array, from: number, to: number): number {
    let kept = members[from] ?? 0;
    for (let at = from + 1; at < to; at++) {
      const copy = members[at] ?? 0;
      if (this.#isBetter(copy, kept)) kept = copy;
    }
    return kept;
  }

  /** @param after a message that stands behind the other one in the file */
  #isBetter(after: number, kept: number): boolean {
    const stays = this.#stays(after) - this.#stays(kept);
    if (stays !== 0) return stays > 0;
    const [one, other] = [messageNumber(after), messageNumber(kept)];
    const { envelopes } = this.#source;
    switch (this.#keep) {
      case 'first':
        return false;
      case 'last':
        return true;
      case 'largest':
        return this.#source.bytesOf(one) > this.#source.bytesOf(other);
      case 'most': {
        const attached = Number(envelopes.attachment(one)) - Number(envelopes.attachment(other));
        if (attached !== 0) return attached > 0;
        return this.#source.headerBytesOf(one) > this.#source.headerBytesOf(other);
      }
    }
  }

  /** 2 for a message that nothing removes, 1 for one that another program flagged, 0 for a marked one. */
  #stays(number: number): number {
    if (this.#source.isMarked(messageNumber(number))) return 0;
    return (this.#source.envelopes.flags(number) & DELETED) === 0 ? 2 : 1;
  }

  /** Groups by what is to be gained: all of a group but its longest copy. */
  *largestFirst(groups: Groups): Steps<Groups> {
    const { members, starts } = groups;
    const gains = new Float64Array(starts.length - 1);
    let most = 0;
    for (let group = 0; group < gains.length; group++) {
      if (group % STEP_GROUPS === STEP_GROUPS - 1) yield;
      let [sum, longest] = [0, 0];
      for (let at = starts[group] ?? 0; at < (starts[group + 1] ?? 0); at++) {
        const bytes = this.#source.bytesOf(messageNumber(members[at] ?? 0));
        sum += bytes;
        longest = Math.max(longest, bytes);
      }
      gains[group] = sum - longest;
      most = Math.max(most, sum - longest);
    }
    const order = yield* orderByKey(gains.map((gain) => most - gain));
    return yield* groupsInOrder(groups, order);
  }
}

export interface Place {
  readonly number: MessageNumber;
  readonly group: number;
  readonly place: number;
  readonly of: number;
}

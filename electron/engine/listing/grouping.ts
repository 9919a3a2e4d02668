/**
 * The groups of an archive's messages that have the same text, such as the sender: found by a part of
 * it, sorted, a page at a time. What was sorted is kept until a count changes.
 */

import type { DistinctTexts } from '../../catalog/distinct-texts.ts';
import { orderByKey } from '../../catalog/ranked.ts';
import { SortKeys } from '../../catalog/sort-keys.ts';
import { KeyOrder } from '../../catalog/sorted.ts';
import { inStretches, stepByStep, type Steps } from '../../../shared/steps.ts';
import { folded as foldedText } from '../../catalog/folding.ts';
import { KeyedTexts, type Naming } from '../../catalog/keyed-texts.ts';
import type { Tally } from '../../catalog/tally.ts';
import { placeInBlock } from '../../catalog/texts.ts';
import { TextFinder } from '../../catalog/text-finder.ts';
import { groupKeys, groupLabel } from '../../message/group-keys.ts';
import type { GroupingName, GroupsAsked, GroupsPage } from '../../../shared/overview-contract.ts';

/** What is grouped: the texts of envelopes, and what there is of each at this moment. */
export interface GroupingSource {
  readonly texts: DistinctTexts;
  readonly byText: Readonly<Record<GroupingName, Tally>>;
  /** Another one whenever a tally has changed. */
  readonly version: number;
}

/** Names with what there is of each. */
interface Folded {
  readonly names: KeyedTexts;
  readonly tally: Tally;
  readonly version: number;
}

type How = Pick<GroupsAsked, 'by' | 'sort' | 'filter'>;

interface Made extends How {
  readonly folded: Folded;
  readonly numbers: Uint32Array;
}

/** Lists kept at the same time: the sidebar shows several. */
const MADE_MAX = 8;

export class Grouping {
  #made: readonly Made[] = [];
  readonly #folded = new Map<GroupingName, Folded>();

  /** A page of groups, largest or first name first. Another version than the page before: start again. */
  async page(asked: GroupsAsked, source: GroupingSource): Promise<GroupsPage> {
    const folded = await this.#fold(asked.by, source);
    const { numbers } = this.#known(asked, folded) ?? (await this.#make(asked, folded));
    const { names, tally, version } = folded;
    const groups = Array.from(numbers.subarray(asked.from, asked.from + asked.count), (number) => {
      const [text, label] = [names.names.text(number), names.label(number)];
      return { text, label, messages: tally.messages(number), bytes: tally.bytes(number) };
    });
    return { version, total: numbers.length, groups };
  }

  /** What there is of each name. Which text has which names is found once. */
  async #fold(by: GroupingName, { texts, byText, version }: GroupingSource): Promise<Folded> {
    const before = this.#folded.get(by);
    const known = before?.names.isOf(texts) ? before : null;
    if (known?.version === version) return known;
    const names = known?.names ?? new KeyedTexts(texts, namingOf(by));
    const tally = await stepByStep(names.folded(byText[by]));
    const folded = { names, tally, version };
    this.#folded.set(by, folded);
    return folded;
  }

  #known({ by, sort, filter }: How, folded: Folded): Made | undefined {
    return this.#made.find(
      (one) => one.by === by && one.sort === sort && one.filter === filter && one.folded === folded,
    );
  }

  async #make({ by, sort, filter }: How, folded: Folded): Promise<Made> {
    const steps = sortedGroups(folded, sort, filter);
    const numbers = await stepByStep(steps);
    const made = { by, sort, filter, folded, numbers };
    const others = this.#made.filter(
      (one) => one.by !== by || one.sort !== sort || one.filter !== filter,
    );
    this.#made = [made, ...others].slice(0, MADE_MAX);
    return made;
  }
}

const namingOf = (by: GroupingName): Naming => ({
  namesOf: (text) => groupKeys(by, text),
  labelOf: (name, text) => groupLabel(by, name, text),
});

/** The numbers of the names that some message has, and that hold the filter or are called so. */
function* sortedGroups(
  folded: Folded,
  sort: GroupsAsked['sort'],
  filter: string,
): Steps<Uint32Array> {
  const numbers = yield* fitting(folded, filter);
  const { names, tally } = folded;
  const order = yield* sort === 'name' ? byName(names, numbers) : bySize(tally, numbers, sort);
  return order.map((at) => numbers[at] ?? 0);
}

function* fitting({ names, tally }: Folded, filter: string): Steps<Uint32Array> {
  const finder = new TextFinder(foldedText(filter.trim()));
  const { count, texts, places, bytes } = names.names;
  const fit = new Uint32Array(count);
  let found = 0;
  yield* inStretches(0, count, (from, to) => {
    for (let name = from; name < to; name++) {
      if (tally.messages(name) === 0) continue;
      const place = places[name] ?? 0;
      const at = placeInBlock(place);
      const isInName = finder.isIn(texts.block(place), at, at + (bytes[name] ?? 0), 'any');
      const label = names.labelPlace(name);
      if (isInName || finder.isIn(label.block, label.from, label.to, 'any')) fit[found++] = name;
    }
  });
  return fit.subarray(0, found);
}

function* bySize(
  tally: Tally,
  numbers: Uint32Array,
  sort: 'messages' | 'bytes',
): Steps<Uint32Array> {
  const sizes = Float64Array.from(numbers, (number) => tally[sort](number));
  const most = sizes.reduce((one, other) => Math.max(one, other), 0);
  yield;
  // The largest first, and of equal ones the one that came first.
  return yield* orderByKey(sizes.map((size) => most - size));
}

function* byName(names: KeyedTexts, numbers: Uint32Array): Steps<Uint32Array> {
  const keys = new SortKeys(numbers.length);
  yield* inStretches(0, numbers.length, (begin, end) => {
    for (let index = begin; index < end; index++) {
      const { block, from, to } = names.labelPlace(numbers[index] ?? 0);
      keys.add(block, from, to, 'text');
    }
  });
  return (yield* KeyOrder.of(keys)).numbers;
}

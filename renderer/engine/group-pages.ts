/** Groups of an archive's messages, sorted and filtered by the engine, fetched by page. */

import type {
  Group,
  GroupingName,
  GroupsAsked,
  GroupsPage,
} from '../../shared/overview-contract.ts';
import { type FetchPage, Paged } from './paged.ts';

export type GroupOrder = Pick<GroupsAsked, 'sort' | 'filter'>;

export class GroupPages extends Paged<Group> {
  readonly #by: GroupingName;
  readonly #ask: (asked: GroupsAsked) => Promise<GroupsPage>;

  constructor(by: GroupingName, ask: (asked: GroupsAsked) => Promise<GroupsPage>) {
    const first = fetchWith(by, { sort: 'messages', filter: '' }, ask);
    super(first);
    this.#by = by;
    this.#ask = ask;
  }

  /** From now on in this order, and only those that hold the filter. */
  order(order: GroupOrder): void {
    this.refresh(fetchWith(this.#by, order, this.#ask));
  }
}

function fetchWith(
  by: GroupingName,
  { sort, filter }: GroupOrder,
  ask: (asked: GroupsAsked) => Promise<GroupsPage>,
): FetchPage<Group> {
  return async (from, count) => {
    const { total, groups, version } = await ask({ by, sort, filter, from, count });
    return { total, items: groups, version };
  };
}

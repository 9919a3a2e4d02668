/**
 * Threads the slow way, with objects, as https://www.jwz.org/doc/threading.html describes them: what the
 * engine's columns are compared with. `literal` is the description word for word, up to its step 4;
 * `ours` has the differences that `electron/catalog/threading.ts` states.
 */

import { baseSubject } from '../../electron/catalog/base-subject.ts';

export interface DrawnMessage {
  readonly id: string | null;
  readonly references: readonly string[];
  readonly subject: string;
  /** Null where there is none. */
  readonly date: number | null;
}

/** A message by its number, and how far it is below the first of its thread. */
export type Threaded = readonly (readonly [number: number, level: number])[];

interface Container {
  message: number | null;
  parent: Container | null;
  children: Container[];
}

const container = (): Container => ({ message: null, parent: null, children: [] });

function isBelow(one: Container, other: Container): boolean {
  for (let at: Container | null = one; at; at = at.parent) if (at === other) return true;
  return false;
}

function unlink(child: Container): void {
  if (child.parent) child.parent.children = child.parent.children.filter((one) => one !== child);
  child.parent = null;
}

function link(parent: Container, child: Container): void {
  if (isBelow(parent, child)) return;
  unlink(child);
  child.parent = parent;
  parent.children.push(child);
}

/** Message numbers, oldest first; those without a date behind. */
function byDate(messages: readonly DrawnMessage[]): number[] {
  const late = Number.POSITIVE_INFINITY;
  const dateOf = (number: number): number => messages[number]?.date ?? late;
  return [...messages.keys()].sort((one, other) => {
    const [date, otherDate] = [dateOf(one), dateOf(other)];
    return date === otherDate ? one - other : date - otherDate;
  });
}

interface Table {
  readonly of: (id: string) => Container;
  readonly all: () => Container[];
  readonly messages: Map<number, Container>;
}

function table(): Table {
  const ids = new Map<string, Container>();
  const messages = new Map<number, Container>();
  return {
    of: (id) => {
      const known = ids.get(id) ?? container();
      ids.set(id, known);
      return known;
    },
    all: () => [...new Set([...ids.values(), ...messages.values()])],
    messages,
  };
}

/** Step 1, message by message as they come. */
function linkedLiterally(messages: readonly DrawnMessage[]): Table {
  const found = table();
  for (const [number, { id, references }] of messages.entries()) {
    let own = id === null ? container() : found.of(id);
    if (own.message !== null) own = container();
    own.message = number;
    found.messages.set(number, own);
    presume(found, references);
    const last = references.at(-1);
    unlink(own);
    if (last !== undefined) link(found.of(last), own);
  }
  return found;
}

/** Step 1 in the order of certainty: what messages say of themselves, then what others say of them. */
function linkedByDate(messages: readonly DrawnMessage[]): Table {
  const found = table();
  const oldest = byDate(messages);
  const copies = new Set<number>();
  for (const number of oldest) {
    const id = messages[number]?.id ?? null;
    let own = id === null ? container() : found.of(id);
    if (own.message !== null) {
      own = container();
      copies.add(number);
    }
    own.message = number;
    found.messages.set(number, own);
  }
  for (const number of oldest) {
    const { id = null, references = [] } = messages[number] ?? {};
    const own = found.messages.get(number) ?? container();
    const last = references.at(-1);
    if (last !== undefined) link(found.of(last), own);
    else if (copies.has(number) && id !== null) link(found.of(id), own);
  }
  for (const number of oldest) presume(found, messages[number]?.references ?? []);
  return found;
}

/** What has no parent goes below what somebody named before it. */
function presume(found: Table, references: readonly string[]): void {
  const chain = references.map((reference) => found.of(reference));
  for (const [at, child] of chain.entries()) {
    const parent = chain[at - 1];
    if (parent && !child.parent) link(parent, child);
  }
}

/** Step 4: without places that have no message, except on top where several are below one. */
function pruned(at: Container, where: 'top' | 'below'): Container[] {
  at.children = at.children.flatMap((child) => pruned(child, 'below'));
  if (at.message !== null) return [at];
  if (where === 'top' && at.children.length > 1) return [at];
  return at.children;
}

function rootsOf(found: Table): Container[] {
  const tops = found.all().filter(({ parent }) => !parent);
  const roots = tops.flatMap((top) => pruned(top, 'top'));
  const settle = (at: Container): void => {
    for (const child of at.children) {
      child.parent = at;
      settle(child);
    }
  };
  for (const root of roots) {
    root.parent = null;
    settle(root);
  }
  return roots;
}

const rankOf = (messages: readonly DrawnMessage[]): ((number: number) => number) => {
  const ranks = new Map(byDate(messages).map((number, rank) => [number, rank]));
  return (number) => ranks.get(number) ?? -1;
};

/** Oldest first at every level; of a missing message, the oldest below it stands for it. */
function flattened(roots: readonly Container[], messages: readonly DrawnMessage[]): Threaded {
  const rank = rankOf(messages);
  const sorted = (some: readonly Container[]): Container[] =>
    [...some].sort((one, other) => rank(one.message ?? -1) - rank(other.message ?? -1));
  const headed = roots.map((root) => {
    if (root.message !== null) return root;
    const [head, ...others] = sorted(root.children);
    if (!head) throw new Error('a missing message on top has some below it');
    head.children.push(...others);
    return head;
  });
  const rows: (readonly [number, number])[] = [];
  const visit = (at: Container, level: number): void => {
    rows.push([at.message ?? -1, level]);
    for (const child of sorted(at.children)) visit(child, level + 1);
  };
  for (const root of sorted(headed)) visit(root, 0);
  return rows;
}

/** Step 5 as `subject-gathering.ts` has it. */
function gathered(roots: readonly Container[], messages: readonly DrawnMessage[]): Container[] {
  const rank = rankOf(messages);
  const first = (root: Container): number =>
    root.message ?? Math.min(...root.children.map((child) => rank(child.message ?? -1)));
  const oldest = byDate(messages);
  const facts = roots
    .map((root) => {
      const number = root.message ?? oldest[first(root)] ?? -1;
      return { root, number, ...baseSubject(messages[number]?.subject ?? '') };
    })
    .sort((one, other) => rank(one.number) - rank(other.number));
  const byBase = new Map<string, typeof facts>();
  for (const one of facts) {
    const same = byBase.get(one.base);
    if (same) same.push(one);
    else byBase.set(one.base, [one]);
  }
  const places = new Map(facts.map((one, at) => [one, at]));
  const stay: Container[] = [];
  for (const [at, { root, base, isReply }] of facts.entries()) {
    const same = base === '' ? [] : (byBase.get(base) ?? []);
    const plain = same.filter((one) => !one.isReply);
    const before = plain.filter((one) => (places.get(one) ?? at) < at).at(-1);
    const target = isReply ? (before ?? plain[0] ?? same[0]) : undefined;
    if (!target || target.root === root) stay.push(root);
    else if (target.root.message !== null) below(target.root, root);
    else below(target.root.children.find((one) => one.message === target.number) ?? root, root);
  }
  return stay;
}

/** A thread, or what is below its missing first message, goes below a message. */
function below(target: Container, root: Container): void {
  target.children.push(...(root.message === null ? root.children : [root]));
}

export function ours(messages: readonly DrawnMessage[]): Threaded {
  return flattened(gathered(rootsOf(linkedByDate(messages)), messages), messages);
}

export function literal(messages: readonly DrawnMessage[]): Threaded {
  return flattened(rootsOf(linkedLiterally(messages)), messages);
}

/**
 * Messages by thread: all of them in one order, each thread as a stretch of it, each message behind
 * the one that it answers and everything below that one. Imports nothing.
 */

export interface Threads {
  /** Every message once: the first of its thread, then those below it, oldest first. */
  readonly order: Uint32Array;
  /** For each of `order`, how far it is below the first of its thread: that one has 0. */
  readonly levels: Uint32Array;
}

export const NO_THREADS: Threads = { order: new Uint32Array(0), levels: new Uint32Array(0) };

/**
 * The threads of some of the messages. A message whose predecessor is left out goes below the next one
 * above that stays; where none does, the first that stays stands for the thread, and the others go
 * below it. So no thread falls apart.
 * @param numberOf the number that a message is to have, negative to leave it out
 */
export function keptThreads(
  { order, levels }: Threads,
  numberOf: (number: number) => number,
): Threads {
  const kept = new Uint32Array(order.length);
  const keptLevels = new Uint32Array(order.length);
  // For each level of the branch being walked: at which level its message stands now, from 1; 0 if
  // neither it nor one above it is kept.
  let branch = new Uint32Array(64);
  let isHeaded = false;
  let count = 0;
  for (let at = 0; at < order.length; at++) {
    const level = levels[at] ?? 0;
    if (level === 0) isHeaded = false;
    if (level >= branch.length) {
      const longer = new Uint32Array(level * 2);
      longer.set(branch);
      branch = longer;
    }
    const above = level === 0 ? 0 : (branch[level - 1] ?? 0);
    const number = numberOf(order[at] ?? 0);
    if (number < 0) {
      branch[level] = above;
      continue;
    }
    const now = above === 0 && isHeaded ? 1 : above;
    branch[level] = now + 1;
    isHeaded = true;
    kept[count] = number;
    keptLevels[count] = now;
    count += 1;
  }
  return { order: kept.slice(0, count), levels: keptLevels.slice(0, count) };
}

/**
 * The same with the messages that are in no thread, each a thread of its own for now.
 * @param isIn for every message 1 if it is in one
 */
export function withSingles({ order, levels }: Threads, isIn: Uint8Array): Threads {
  const all = { order: new Uint32Array(isIn.length), levels: new Uint32Array(isIn.length) };
  all.order.set(order);
  all.levels.set(levels);
  let at = order.length;
  for (let number = 0; number < isIn.length; number++) {
    if (isIn[number] === 0) all.order[at++] = number;
  }
  return all;
}

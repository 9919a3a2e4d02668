/**
 * Arranges a list by threads: those of the messages that fit, in the order of the column. By date a
 * thread stands where its newest message would; by any other column, where its first one would. Inside
 * of a thread what is older comes first, whatever the list is sorted by.
 */

import { atOnce } from '../../../shared/steps.ts';
import { keptThreads, type Threads } from '../../catalog/threads.ts';
import type { Arrangement } from '../../../shared/row.ts';
import { type Messages, ordered } from '../listing/arranging.ts';
import { ThreadList } from './thread-list.ts';

/** @param fitting the messages that fit, in any order; null if all do */
export function arrangedThreads(
  arrangement: Arrangement,
  messages: Messages,
  threads: Threads,
  fitting: Uint32Array | null,
): ThreadList {
  const kept = fitting && fitting.length < messages.count ? those(threads, fitting) : threads;
  return new ThreadList(sorted(kept, arrangement, messages));
}

function those(threads: Threads, fitting: Uint32Array): Threads {
  const isFitting = new Uint8Array(threads.order.length);
  for (const number of fitting) isFitting[number] = 1;
  return keptThreads(threads, (one) => (isFitting[one] === 1 ? one : -1));
}

function sorted(threads: Threads, arrangement: Arrangement, messages: Messages): Threads {
  const starts = startsOf(threads);
  const sequence =
    arrangement.sort === 'date'
      ? byNewest(threads, starts, messages)
      : byFirst(threads, starts, atOnce(ordered(arrangement, messages)), messages.count);
  if (arrangement.direction === 'descending') sequence.reverse();
  const order = new Uint32Array(threads.order.length);
  const levels = new Uint32Array(order.length);
  let at = 0;
  for (const thread of sequence) {
    const start = starts[thread] ?? 0;
    const end = starts[thread + 1] ?? order.length;
    for (let from = start; from < end; from++, at++) {
      order[at] = threads.order[from] ?? 0;
      levels[at] = threads.levels[from] ?? 0;
    }
  }
  return { order, levels };
}

/** Where each thread begins. */
function startsOf({ levels }: Threads): Uint32Array {
  let count = 0;
  for (let at = 0; at < levels.length; at++) if (levels[at] === 0) count += 1;
  const starts = new Uint32Array(count);
  for (let at = 0, thread = 0; at < levels.length; at++) {
    if (levels[at] === 0) starts[thread++] = at;
  }
  return starts;
}

/** The threads in the order that their first messages have in a list of all messages. */
function byFirst(
  threads: Threads,
  starts: Uint32Array,
  order: Uint32Array,
  count: number,
): Uint32Array {
  // One more than the thread that begins with a message.
  const begins = new Uint32Array(count);
  for (let thread = 0; thread < starts.length; thread++) {
    begins[threads.order[starts[thread] ?? 0] ?? 0] = thread + 1;
  }
  const sequence = new Uint32Array(starts.length);
  let at = 0;
  for (const number of order) {
    const thread = begins[number] ?? 0;
    if (thread > 0) sequence[at++] = thread - 1;
  }
  return sequence;
}

/** The threads by their newest messages; those without any date last. */
function byNewest(threads: Threads, starts: Uint32Array, messages: Messages): Uint32Array {
  const { envelopes, count } = messages;
  const threadOf = new Uint32Array(count);
  for (let at = 0, thread = 0; at < threads.order.length; at++) {
    if (threads.levels[at] === 0) thread += 1;
    threadOf[threads.order[at] ?? 0] = thread;
  }
  const sequence = new Uint32Array(starts.length);
  const isPlaced = new Uint8Array(starts.length + 1);
  let [first, last] = [starts.length, starts.length];
  const order = envelopes.order('date', count);
  for (let at = count - 1; at >= 0; at--) {
    const number = order[at] ?? 0;
    const thread = threadOf[number] ?? 0;
    if (thread === 0 || isPlaced[thread] === 1 || envelopes.date(number) === null) continue;
    isPlaced[thread] = 1;
    sequence[--first] = thread - 1;
  }
  // Those without a date, in their order, behind those with one.
  sequence.copyWithin(0, first);
  last -= first;
  for (const number of order) {
    const thread = threadOf[number] ?? 0;
    if (thread === 0 || isPlaced[thread] === 1) continue;
    isPlaced[thread] = 1;
    sequence[last++] = thread - 1;
  }
  return sequence;
}

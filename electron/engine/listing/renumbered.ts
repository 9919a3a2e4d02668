/**
 * What becomes of a list when the table of contents is made anew: plain loops, since a list of millions is
 * followed in one go. Imports nothing.
 */

/** What is selected by new numbers, a byte each; null if nothing is any more. */
export function selectedAfter(selected: Uint8Array, oldNumbers: Int32Array): Uint8Array | null {
  const after = new Uint8Array(oldNumbers.length);
  let any = 0;
  for (let number = 0; number < oldNumbers.length; number++) {
    const old = oldNumbers[number] ?? -1;
    if (old < 0 || old >= selected.length || selected[old] === 0) continue;
    after[number] = 1;
    any += 1;
  }
  return any > 0 ? after : null;
}

/** A list by new numbers, without the messages that are gone. */
export function renumbered(order: Uint32Array, oldNumbers: Int32Array): Uint32Array {
  let last = -1;
  for (let at = 0; at < order.length; at++) last = Math.max(last, order[at] ?? 0);
  // One more than the new number; 0 where a message is gone.
  const newNumbers = new Uint32Array(last + 1);
  for (let number = 0; number < oldNumbers.length; number++) {
    const old = oldNumbers[number] ?? -1;
    if (old >= 0 && old <= last) newNumbers[old] = number + 1;
  }
  const list = new Uint32Array(order.length);
  let count = 0;
  for (let at = 0; at < order.length; at++) {
    const number = newNumbers[order[at] ?? 0] ?? 0;
    if (number > 0) list[count++] = number - 1;
  }
  return list.slice(0, count);
}

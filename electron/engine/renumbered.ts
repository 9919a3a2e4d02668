/** What becomes of a list when the table of contents is made anew. Imports nothing. */

/** A list by new numbers, without the messages that are gone. */
export function renumbered(order: Uint32Array, oldNumbers: Int32Array): Uint32Array {
  const last = order.reduce((most, number) => Math.max(most, number), 0);
  const newNumbers = new Int32Array(last + 1).fill(-1);
  for (const [number, old] of oldNumbers.entries()) if (old >= 0) newNumbers[old] = number;
  const isThere = (number: number): boolean => (newNumbers[number] ?? -1) >= 0;
  return order.filter(isThere).map((number) => newNumbers[number] ?? 0);
}

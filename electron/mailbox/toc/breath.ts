/** Imports nothing. */

/** Gives calls that wait their turn. */
export function breath(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

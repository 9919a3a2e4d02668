/**
 * Columns of numbers that grow, for every room of the engine. Imports nothing.
 *
 * A long one lies in memory whose addresses are reserved far beyond its end, so that it grows where it is:
 * to copy a column of ten million messages takes so long that others would wait, and what nobody has
 * written to yet takes no memory. Views of such a column are views of all that is written to it later.
 */

/** What a list may hold; a longer column is copied once, to where there is room for four times as many. */
const RESERVED_ITEMS = 2 ** 27;
const RESERVED_FACTOR = 4;
/** Shorter columns are copied: that takes no time, and there are many of them. */
const WORTH_RESERVING = 2 ** 16;

type Column = Float64Array | Int32Array | Uint32Array | Uint16Array | Uint8Array;

/**
 * The same numbers with room for more, and zeroes behind them: the same column if it can grow where it
 * is, else another one. Use only what is returned.
 * @param column all of what was made here, or any that is no view of a part of one
 * @param capacity in items, no fewer than there are
 */
export function grown<Grown extends Column>(column: Grown, capacity: number): Grown {
  const { buffer } = column;
  const bytes = capacity * column.BYTES_PER_ELEMENT;
  if (canBecome(buffer, bytes)) {
    buffer.resize(bytes);
    // A view with an end of its own does not grow with its memory.
    if (column.length === capacity) return column;
  }
  return copied(column, column.length, capacity);
}

/** A copy of the first `count` numbers, with room for more. @param capacity in items, at least `count` */
export function copied<Copied extends Column>(
  column: Copied,
  count: number,
  capacity: number,
): Copied {
  const wider = roomFor(column, capacity);
  wider.set(column.subarray(0, count));
  return wider;
}

const canBecome = (buffer: ArrayBufferLike, bytes: number): buffer is ArrayBuffer =>
  buffer instanceof ArrayBuffer &&
  buffer.resizable &&
  buffer.byteLength <= bytes &&
  bytes <= buffer.maxByteLength;

function roomFor<Grown extends Column>(column: Grown, capacity: number): Grown {
  const Kind = column.constructor as new (from: number | ArrayBuffer) => Grown;
  if (capacity < WORTH_RESERVING) return new Kind(capacity);
  const unit = column.BYTES_PER_ELEMENT;
  const reserved = Math.max(RESERVED_ITEMS, capacity * RESERVED_FACTOR) * unit;
  try {
    return new Kind(new ArrayBuffer(capacity * unit, { maxByteLength: reserved }));
  } catch (error) {
    // A process may be allowed few addresses (`ulimit -v`): then it is copied each time it grows.
    if (error instanceof RangeError) return new Kind(capacity);
    throw error;
  }
}

/** Columns that grow. Imports nothing. */

/** The same numbers at the beginning of a longer column. */
export function grown<
  Column extends Float64Array | Int32Array | Uint32Array | Uint16Array | Uint8Array,
>(column: Column, wider: Column): Column {
  wider.set(column);
  return wider;
}

/**
 * The columns of envelopes as named bytes, and back, without a copy and without a look at each
 * message: for a catalog on disk. Imports its neighbours.
 *
 * What comes back may be anything: lengths are compared here, and every reader of columns takes any
 * value. Numbers are in the byte order of the computer; the first column says which that is.
 */

import { DistinctTexts } from './distinct-texts.ts';
import { RECURRING } from './envelope-columns.ts';
import type { Stored } from './envelopes.ts';
import { Texts } from './texts.ts';

/** Of this arrangement of bytes; another one is not read. */
const LAYOUT = new Uint8Array(Uint16Array.of(3).buffer);

export type Bytes = ReadonlyMap<string, Uint8Array>;

export function storedColumns(stored: Stored, count: number): Bytes {
  const { dates, places, subjectBytes, bits, kinds, subjects, people } = stored;
  const columns = new Map<string, Uint8Array>();
  const keep = (name: string, column: Column): void => {
    columns.set(name, new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
  };
  keep('layout', LAYOUT);
  keep('dates', dates.subarray(0, count));
  keep('subject-places', places.subarray(0, count));
  keep('subject-bytes', subjectBytes.subarray(0, count));
  for (const name of RECURRING) keep(name, stored[name].subarray(0, count));
  keep('bits', bits.subarray(0, count));
  keep('attachment-kinds', kinds.subarray(0, count));
  keep('people-places', people.places);
  keep('people-bytes', people.bytes);
  for (const [at, block] of people.texts.blocks().entries()) keep(`people-texts-${at}`, block);
  for (const [at, block] of subjects.blocks().entries()) keep(`subject-texts-${at}`, block);
  return columns;
}

/** Null if they do not fit together. */
export function restoredColumns(columns: Bytes, count: number): Stored | null {
  const layout = columns.get('layout');
  if (layout?.length !== LAYOUT.length || !LAYOUT.every((byte, at) => layout[at] === byte)) {
    return null;
  }
  const dates = viewed(columns, 'dates', Float64Array, count);
  const places = viewed(columns, 'subject-places', Float64Array, count);
  const subjectBytes = viewed(columns, 'subject-bytes', Uint16Array, count);
  const from = viewed(columns, 'from', Uint32Array, count);
  const to = viewed(columns, 'to', Uint32Array, count);
  const cc = viewed(columns, 'cc', Uint32Array, count);
  const list = viewed(columns, 'list', Uint32Array, count);
  const labels = viewed(columns, 'labels', Uint32Array, count);
  const bits = viewed(columns, 'bits', Uint8Array, count);
  const kinds = viewed(columns, 'attachment-kinds', Uint8Array, count);
  const peoplePlaces = viewed(columns, 'people-places', Float64Array);
  const peopleBytes = viewed(columns, 'people-bytes', Uint16Array);
  const subjects = Texts.restored(blocksOf(columns, 'subject-texts'));
  const peopleTexts = Texts.restored(blocksOf(columns, 'people-texts'));
  if (!dates || !places || !subjectBytes || !bits || !kinds) return null;
  if (!from || !to || !cc || !list || !labels) return null;
  if (!peoplePlaces || !peopleBytes || !subjects || !peopleTexts) return null;
  const people = DistinctTexts.restored(peopleTexts, peoplePlaces, peopleBytes);
  const recurring = { from, to, cc, list, labels };
  return people && { dates, places, subjectBytes, ...recurring, bits, kinds, subjects, people };
}

export type Column = Float64Array | Uint32Array | Uint16Array | Uint8Array;

export interface ColumnType<Kind extends Column> {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): Kind;
}

/** Bytes as numbers; null if they are missing, or not of `count` numbers. */
export function viewed<Kind extends Column>(
  columns: Bytes,
  name: string,
  type: ColumnType<Kind>,
  count?: number,
): Kind | null {
  const bytes = columns.get(name);
  const size = type.BYTES_PER_ELEMENT;
  if (!bytes || bytes.length % size !== 0) return null;
  if (count !== undefined && bytes.length !== count * size) return null;
  // Numbers stand at multiples of their size; where the bytes do not, they are moved.
  const aligned = bytes.byteOffset % size === 0 ? bytes : Uint8Array.from(bytes);
  return new type(aligned.buffer, aligned.byteOffset, bytes.length / size);
}

export function blocksOf(columns: Bytes, name: string): Uint8Array[] {
  const blocks: Uint8Array[] = [];
  for (
    let block = columns.get(`${name}-0`);
    block;
    block = columns.get(`${name}-${blocks.length}`)
  ) {
    blocks.push(block);
  }
  return blocks;
}

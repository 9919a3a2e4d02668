/**
 * One catalog on the disk: facts about large columns of bytes in a database of their own, and the columns
 * in a file beside it (`piece-file.ts`). Imports `database.ts`, that and Node's modules.
 *
 * A column is stored in pieces, so that no step takes long and that what stayed the same is not
 * written again. The one row of `head` names the pieces and is written last, in one transaction: a
 * save that ends half way leaves what was there before. A piece is written where no other is that the database
 * knows of, while it is locked; so whoever reads, which locks it, too, sees nothing change. Everything that is
 * read is compared with a checksum made when it was saved: SHA-256 of the head, CRC-32 of each piece. What
 * does not fit is not believed.
 */

import { breath } from '../../shared/steps.ts';
import { createHash, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { Database } from './database.ts';
import { freePlace, PieceFile, PieceReader, piecesFileOf, type Stretch } from './piece-file.ts';

/** Another version of the layout is thrown away, not converted. */
const VERSION = 4;
/** "Mkct" */
const APPLICATION = 0x4d6b6374;
const PIECE_BYTES = 1 << 22;
const ID_MAX = 2 ** 47;

const LAYOUT = `
  CREATE TABLE head (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    archive TEXT NOT NULL, facts TEXT NOT NULL, glance TEXT NOT NULL, columns TEXT NOT NULL,
    digest TEXT NOT NULL
  );
  CREATE TABLE piece (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, bytes INTEGER NOT NULL);
  PRAGMA application_id=${APPLICATION};
  PRAGMA user_version=${VERSION};`;

export interface Stored {
  /** Path of the archive. */
  readonly archive: string;
  /** What else there is to say, as text. */
  readonly facts: string;
  /** What can be shown before the columns are read, as text. */
  readonly glance: string;
  readonly columns: ReadonlyMap<string, Uint8Array>;
}

/** All but the columns. */
export type StoredHead = Omit<Stored, 'columns'>;

/** id, CRC-32, bytes */
type Piece = readonly [number, number, number];
type Pieces = readonly (readonly [string, readonly Piece[]])[];

interface Head extends StoredHead {
  readonly pieces: Pieces;
}

/** It is not what a save has left. */
export class NotAsSaved extends Error {}

function digestOf(...texts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(`${Buffer.byteLength(text)}:`).update(text);
  return hash.digest('hex');
}

function isOurs(database: Database): boolean {
  const version = database.row('PRAGMA user_version')?.['user_version'];
  const application = database.row('PRAGMA application_id')?.['application_id'];
  return version === VERSION && application === APPLICATION;
}

/** @returns null if nothing was saved @throws NotAsSaved, DatabaseError */
function headOf(database: Database): Head | null {
  const row = database.row('SELECT archive, facts, glance, columns, digest FROM head');
  if (!row) return null;
  const text = (name: string): string => String(row[name]);
  const [archive, facts, glance] = [text('archive'), text('facts'), text('glance')];
  const columns = text('columns');
  if (digestOf(archive, facts, glance, columns) !== text('digest')) throw new NotAsSaved('head');
  return { archive, facts, glance, pieces: JSON.parse(columns) as Pieces };
}

const NONE = new Uint8Array();
/** So many columns are read at the same time: memory is made ready by several threads. */
const READERS = 4;

/**
 * What was saved last.
 * @returns null if nothing was
 * @throws NotAsSaved, DatabaseError
 */
export async function readStored(file: string): Promise<Stored | null> {
  const database = new Database(file);
  try {
    // One look at all of it: no save comes in between.
    database.run('BEGIN');
    if (!isOurs(database)) throw new NotAsSaved('another version');
    const head = headOf(database);
    if (!head) return null;
    const { pieces, ...told } = head;
    return { ...told, columns: await columnsOf(piecesFileOf(file), pieces, placesOf(database)) };
  } finally {
    database.close();
  }
}

type Places = ReadonlyMap<number, Stretch>;

const placesOf = (database: Database): Places =>
  new Map(
    database
      .rows('SELECT id, at, bytes FROM piece')
      .map(({ id, at, bytes }) => [Number(id), { at: Number(at), bytes: Number(bytes) }]),
  );

async function columnsOf(
  file: string,
  pieces: Pieces,
  places: Places,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const reader = await PieceReader.open(file);
  if (!reader) throw new NotAsSaved('no columns');
  // In the order in which they were saved, whichever is there first.
  const columns = new Map<string, Uint8Array>(pieces.map(([name]) => [name, NONE]));
  const left = pieces.values();
  const readSome = async (): Promise<void> => {
    for (const [name, all] of left) columns.set(name, await columnOf(reader, all, places));
  };
  try {
    await Promise.all(Array.from({ length: READERS }, readSome));
  } finally {
    await reader.close();
  }
  return columns;
}

async function columnOf(
  reader: PieceReader,
  pieces: readonly Piece[],
  places: Places,
): Promise<Uint8Array> {
  const column = new Uint8Array(pieces.reduce((sum, [, , bytes]) => sum + bytes, 0));
  let from = 0;
  for (const [id, checksum, bytes] of pieces) {
    const place = places.get(id);
    if (place?.bytes !== bytes) throw new NotAsSaved('piece');
    const piece = column.subarray(from, from + bytes);
    const got = await reader.fill(piece, place.at);
    if (got !== bytes || crc32(piece) !== checksum) throw new NotAsSaved('piece');
    from += bytes;
  }
  return column;
}

/** What was saved last, without the columns; null if that cannot be told. @throws NotAsSaved, DatabaseError */
export function headIn(file: string): StoredHead | null {
  const database = new Database(file);
  try {
    return isOurs(database) ? headOf(database) : null;
  } finally {
    database.close();
  }
}

/**
 * Saves columns in small steps, between which others have their turn.
 * @param isCurrent false as soon as the columns are no longer what they were: then it ends
 * @returns whether they were saved; if not, what was saved before is still there
 * @throws NotAsSaved, DatabaseError: the file should be made anew
 */
export async function saveStored(
  file: string,
  stored: Stored,
  isCurrent: () => boolean,
): Promise<'saved' | 'given up'> {
  const database = new Database(file);
  let saving: Saving | null = null;
  try {
    makeLayout(database);
    saving = { database, file: new PieceFile(piecesFileOf(file)) };
    const before = headOf(database);
    await dropOthers(saving);
    const pieces: (readonly [string, readonly Piece[]])[] = [];
    for (const [name, column] of stored.columns) {
      const known = before?.pieces.find(([other]) => other === name)?.[1] ?? [];
      const saved = await saveColumn(saving, column, known, isCurrent);
      if (!saved) return 'given up';
      pieces.push([name, saved]);
    }
    const written = isCurrent() && writeHead(database, stored, pieces);
    if (written) await dropOthers(saving);
    return written ? 'saved' : 'given up';
  } finally {
    saving?.file.close();
    database.close();
  }
}

interface Saving {
  readonly database: Database;
  readonly file: PieceFile;
}

function makeLayout(database: Database): void {
  if (isOurs(database)) return;
  if (database.row('SELECT 1 FROM sqlite_schema')) throw new NotAsSaved('another version');
  database.writing(() => database.run(LAYOUT));
}

/** @returns null if the column is no longer what it was */
async function saveColumn(
  saving: Saving,
  column: Uint8Array,
  known: readonly Piece[],
  isCurrent: () => boolean,
): Promise<readonly Piece[] | null> {
  const pieces: Piece[] = [];
  for (let from = 0; from < column.byteLength; from += PIECE_BYTES) {
    if (!isCurrent()) return null;
    const bytes = column.subarray(from, from + PIECE_BYTES);
    const checksum = crc32(bytes);
    const same = known[pieces.length];
    if (same?.[1] === checksum && isSame(saving, same, bytes)) pieces.push(same);
    else pieces.push([savePiece(saving, bytes), checksum, bytes.byteLength]);
    await breath();
  }
  return pieces;
}

/** Another process finds no room where this piece is, from before it is written. @returns its id */
function savePiece({ database, file }: Saving, piece: Uint8Array): number {
  const id = randomInt(1, ID_MAX);
  const bytes = piece.byteLength;
  database.writing(() => {
    const at = freePlace([...placesOf(database).values()], bytes);
    database.change('INSERT INTO piece (id, at, bytes) VALUES (?, ?, ?)', id, at, bytes);
    file.write(at, piece);
  });
  return id;
}

/** A checksum alone would take one piece in four milliards for another. */
function isSame({ database, file }: Saving, [id]: Piece, bytes: Uint8Array): boolean {
  const place = placesOf(database).get(id);
  return place !== undefined && Buffer.compare(file.read(place), bytes) === 0;
}

/** Fails if another process has dropped one of the pieces: it saves, too. */
function writeHead(database: Database, stored: Stored, pieces: Pieces): boolean {
  const { archive, facts, glance } = stored;
  const columns = JSON.stringify(pieces);
  return database.writing(() => {
    for (const [, all] of pieces) {
      for (const [id] of all) {
        if (!database.row('SELECT 1 FROM piece WHERE id = ?', id)) return false;
      }
    }
    database.change(
      `INSERT OR REPLACE INTO head (one, archive, facts, glance, columns, digest)
       VALUES (1, ?, ?, ?, ?, ?)`,
      archive,
      facts,
      glance,
      columns,
      digestOf(archive, facts, glance, columns),
    );
    return true;
  });
}

/** Drops pieces of saves that were given up, or are outdone. One that is still being made ends by that. */
async function dropOthers({ database, file }: Saving): Promise<void> {
  database.writing(() => {
    const head = idsOf(headOf(database)?.pieces ?? []);
    for (const id of placesOf(database).keys()) {
      if (!head.has(id)) database.change('DELETE FROM piece WHERE id = ?', id);
    }
  });
  // Only now: they might be there still.
  database.writing(() => {
    const ends = [...placesOf(database).values()].map(({ at, bytes }) => at + bytes);
    file.endAt(Math.max(0, ...ends));
  });
  await breath();
}

const idsOf = (pieces: Pieces): ReadonlySet<number> =>
  new Set(pieces.flatMap(([, all]) => all.map(([id]) => id)));

/**
 * One catalog on the disk: large columns of bytes, and facts about them, in a database of their own.
 * Imports `database.ts` and Node's modules.
 *
 * A column is stored in pieces, so that no step takes long and that what stayed the same is not
 * written again. The one row of `head` names the pieces and is written last, in one transaction: a
 * save that ends half way leaves what was there before. Everything that is read is compared with a
 * checksum made when it was saved: SHA-256 of the head, CRC-32 of each piece. What does not fit is not
 * believed.
 */

import { breath } from '../../shared/steps.ts';
import { createHash, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { Database } from './database.ts';

/** Another version of the layout is thrown away, not converted. */
const VERSION = 2;
/** "Mkct" */
const APPLICATION = 0x4d6b6374;
const PIECE_BYTES = 1 << 22;
const ID_MAX = 2 ** 47;

const LAYOUT = `
  CREATE TABLE head (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    archive TEXT NOT NULL, facts TEXT NOT NULL, columns TEXT NOT NULL, digest TEXT NOT NULL
  );
  CREATE TABLE piece (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
  PRAGMA application_id=${APPLICATION};
  PRAGMA user_version=${VERSION};`;

export interface Stored {
  /** Path of the archive. */
  readonly archive: string;
  /** What else there is to say, as text. */
  readonly facts: string;
  readonly columns: ReadonlyMap<string, Uint8Array>;
}

/** id, CRC-32, bytes */
type Piece = readonly [number, number, number];
type Pieces = readonly (readonly [string, readonly Piece[]])[];

interface Head {
  readonly archive: string;
  readonly facts: string;
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
  const row = database.row('SELECT archive, facts, columns, digest FROM head');
  if (!row) return null;
  const text = (name: string): string => String(row[name]);
  const [archive, facts, columns] = [text('archive'), text('facts'), text('columns')];
  if (digestOf(archive, facts, columns) !== text('digest')) throw new NotAsSaved('head');
  return { archive, facts, pieces: JSON.parse(columns) as Pieces };
}

function pieceOf(database: Database, [id, checksum, bytes]: Piece): Uint8Array | null {
  const found = database.row('SELECT bytes FROM piece WHERE id = ?', id)?.['bytes'];
  const fits = found instanceof Uint8Array && found.byteLength === bytes;
  return fits && crc32(found) === checksum ? found : null;
}

/** So many bytes are read in one go. */
const READ_BYTES = 4 * PIECE_BYTES;

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
    const columns = new Map<string, Uint8Array>();
    for (const [name, pieces] of head.pieces) {
      columns.set(name, await columnOf(database, pieces));
    }
    return { archive: head.archive, facts: head.facts, columns };
  } finally {
    database.close();
  }
}

async function columnOf(database: Database, pieces: readonly Piece[]): Promise<Uint8Array> {
  const [only] = pieces;
  if (pieces.length === 1 && only) return mustBe(pieceOf(database, only));
  const length = pieces.reduce((sum, [, , bytes]) => sum + bytes, 0);
  const column = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    const bytes = mustBe(pieceOf(database, piece));
    column.set(bytes, at);
    at += bytes.byteLength;
    if (at % READ_BYTES === 0) await breath();
  }
  return column;
}

function mustBe(piece: Uint8Array | null): Uint8Array {
  if (!piece) throw new NotAsSaved('piece');
  return piece;
}

/** Which archive a catalog is of, and the facts; null if that cannot be told. @throws DatabaseError */
export function headIn(file: string): Pick<Stored, 'archive' | 'facts'> | null {
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
  try {
    makeLayout(database);
    const before = headOf(database);
    await dropOthers(database);
    const pieces: (readonly [string, readonly Piece[]])[] = [];
    for (const [name, column] of stored.columns) {
      const known = before?.pieces.find(([other]) => other === name)?.[1] ?? [];
      const saved = await saveColumn(database, column, known, isCurrent);
      if (!saved) return 'given up';
      pieces.push([name, saved]);
    }
    const written = isCurrent() && writeHead(database, stored, pieces);
    if (written) await dropOthers(database);
    return written ? 'saved' : 'given up';
  } finally {
    database.close();
  }
}

function makeLayout(database: Database): void {
  if (isOurs(database)) return;
  if (database.row('SELECT 1 FROM sqlite_schema')) throw new NotAsSaved('another version');
  database.writing(() => database.run(LAYOUT));
}

/** @returns null if the column is no longer what it was */
async function saveColumn(
  database: Database,
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
    if (same?.[1] === checksum && isSame(database, same, bytes)) pieces.push(same);
    else {
      const id = randomInt(1, ID_MAX);
      database.change('INSERT INTO piece (id, bytes) VALUES (?, ?)', id, bytes);
      pieces.push([id, checksum, bytes.byteLength]);
    }
    await breath();
  }
  return pieces;
}

/** A checksum alone would take one piece in four milliards for another. */
function isSame(database: Database, piece: Piece, bytes: Uint8Array): boolean {
  const found = pieceOf(database, piece);
  return found !== null && Buffer.compare(found, bytes) === 0;
}

/** Fails if another process has dropped one of the pieces: it saves, too. */
function writeHead(database: Database, stored: Stored, pieces: Pieces): boolean {
  const { archive, facts } = stored;
  const columns = JSON.stringify(pieces);
  return database.writing(() => {
    for (const [, all] of pieces) {
      for (const [id] of all) {
        if (!database.row('SELECT 1 FROM piece WHERE id = ?', id)) return false;
      }
    }
    database.change(
      'INSERT OR REPLACE INTO head (one, archive, facts, columns, digest) VALUES (1, ?, ?, ?, ?)',
      archive,
      facts,
      columns,
      digestOf(archive, facts, columns),
    );
    return true;
  });
}

/** Drops pieces of saves that were given up, or are outdone. One that is still being made ends by that. */
async function dropOthers(database: Database): Promise<void> {
  const head = idsOf(headOf(database)?.pieces ?? []);
  const others = database.rows('SELECT id FROM piece').filter(({ id }) => !head.has(Number(id)));
  for (const { id } of others) {
    database.writing(() => {
      // Another process may have finished meanwhile.
      const now = idsOf(headOf(database)?.pieces ?? []);
      if (!now.has(Number(id))) database.change('DELETE FROM piece WHERE id = ?', Number(id));
    });
    await breath();
  }
}

const idsOf = (pieces: Pieces): ReadonlySet<number> =>
  new Set(pieces.flatMap(([, all]) => all.map(([id]) => id)));

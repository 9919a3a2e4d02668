/**
 * Which documents hold a word, read from where FTS5 keeps them. Imports `database.ts`.
 *
 * Asked by SQL, a word that each of a million documents holds takes a sixth of a second: FTS5 gives one
 * row after the other, and each becomes digits in a text. Its own lists of documents are differences of
 * row ids, a byte for most, and are read here as they lie in the database: in some ten milliseconds.
 *
 * The format is that of the FTS5 which wrote them (fts5_index.c: "Overview", structure records, segment
 * leaves, and `fts5SegIterNext_None` for a table without positions), and only of a table made as ours
 * is. Whatever is not as expected here is none of our business: `UnknownFormat`, and SQL is to be asked,
 * which knows, and notices what is damaged. A document that was dropped may be among those found, until
 * it is merged away: whoever asks does not ask of those.
 */

import type { Database } from '../database.ts';
import type { WordAsked } from './question.ts';

/** What is read here is not as expected. */
export class UnknownFormat extends Error {}

/** Of the table of FTS5's settings: its format, without deletions that rewrite lists. */
const FORMAT_VERSION = 4;
/** Row of the structure record in FTS5's table of blocks. */
const STRUCTURE_ID = 10;
/** Behind the cookie, in a table whose rows can be deleted without their contents. */
const STRUCTURE_V2 = Buffer.from([0xff, 0x00, 0x00, 0x01]);
const COOKIE_BYTES = 4;
/** A block's id is that of its segment, times this, and its page. */
const PAGES_OF_SEGMENT = 2 ** 37;
const PAGES_MAX = 2 ** 31;
/** Pages that are read at once. */
const PAGES_READ = 64;
/** Of a leaf: where its first row id is, and where its terms end. */
const HEADER_BYTES = 4;
/** Before a term: the index that it is of. All words, or the first one or two letters of each. */
const OF_WORDS = 0x30;
/** As in the layout: `prefix='1 2'`. */
const PREFIX_LETTERS_MAX = 2;
/** Longer numbers than the rows of this table have are none of them. */
const NUMBER_BYTES_MAX = 5;

interface Segment {
  readonly id: number;
  readonly first: number;
  readonly last: number;
}

/** What is asked of the index. */
interface Sought {
  /** The term itself, or what it begins with. */
  readonly term: Buffer;
  readonly match: WordAsked['match'];
}

/**
 * Marks the documents that hold a word. Within one transaction.
 * @param found a byte for each document, by its number
 * @throws UnknownFormat, DatabaseError
 */
export function markHolding(database: Database, asked: WordAsked, found: Uint8Array): void {
  const sought = soughtOf(asked);
  for (const segment of segmentsOf(database)) {
    new SegmentReading(database, segment, sought, found).run();
  }
}

function soughtOf({ token, match }: WordAsked): Sought {
  // Anything else would be two words to FTS5, or none.
  if (!/^[a-z0-9_\u0080-\uffff]+$/.test(token)) throw new UnknownFormat('no word');
  const letters = [...token].length;
  const isOfPrefixes = match === 'beginning' && letters <= PREFIX_LETTERS_MAX;
  const index = String.fromCharCode(OF_WORDS + (isOfPrefixes ? letters : 0));
  return { term: Buffer.from(index + token), match: isOfPrefixes ? 'exact' : match };
}

/** The segments that the index consists of now. */
function segmentsOf(database: Database): Segment[] {
  const version = database.row("SELECT v FROM text_config WHERE k = 'version'")?.['v'];
  if (version !== FORMAT_VERSION) throw new UnknownFormat('another version');
  const row = database.row('SELECT block FROM text_data WHERE id = ?', STRUCTURE_ID);
  const record = new Numbers(blockIn(row), COOKIE_BYTES + STRUCTURE_V2.length);
  if (!record.block.subarray(COOKIE_BYTES, record.at).equals(STRUCTURE_V2)) {
    throw new UnknownFormat('another structure');
  }
  const levels = record.next();
  const count = record.next();
  record.skip(); // How often it was written.
  const segments: Segment[] = [];
  for (let level = 0; level < levels; level++) {
    record.next(); // How many are being merged into the next level; they count until they are gone.
    for (let left = record.next(); left > 0; left--) {
      const [id, first, last] = [record.next(), record.next(), record.next()];
      if (first > last || last >= PAGES_MAX) throw new UnknownFormat('pages');
      // Where it comes from, twice; pages of deleted rows; how many of these, and of all.
      for (let more = 0; more < 5; more++) record.skip();
      segments.push({ id, first, last });
    }
  }
  if (segments.length !== count || record.at !== record.block.length) {
    throw new UnknownFormat('segments');
  }
  // Of one that has been merged to its end nothing is left.
  return segments.filter(({ first }) => first > 0);
}

class SegmentReading {
  readonly #database: Database;
  readonly #segment: Segment;
  readonly #sought: Sought;
  readonly #found: Uint8Array;
  /** The term whose documents come next; empty before the first one. */
  #term = Buffer.alloc(0);
  /** Below 0 if that comes before what is sought, 0 if it is that, above 0 if it comes behind. */
  #order = -1;

  constructor(database: Database, segment: Segment, sought: Sought, found: Uint8Array) {
    this.#database = database;
    this.#segment = segment;
    this.#sought = sought;
    this.#found = found;
  }

  run(): void {
    const { id, last } = this.#segment;
    for (let page = this.#firstPage(); page <= last; ) {
      const to = Math.min(last, page + PAGES_READ - 1);
      const blocks = this.#database.rows(
        'SELECT block FROM text_data WHERE id BETWEEN ? AND ? ORDER BY id',
        id * PAGES_OF_SEGMENT + page,
        id * PAGES_OF_SEGMENT + to,
      );
      if (blocks.length !== to - page + 1) throw new UnknownFormat('pages are missing');
      for (const row of blocks) {
        this.#leaf(blockIn(row));
        if (this.#order > 0) return;
      }
      page = to + 1;
    }
  }

  /** The page that the term begins on, if the segment has it. */
  #firstPage(): number {
    const { id, first, last } = this.#segment;
    const row = this.#database.row(
      'SELECT pgno FROM text_idx WHERE segid = ? AND term <= ? ORDER BY term DESC LIMIT 1',
      id,
      this.#sought.term,
    );
    const value = row?.['pgno'] ?? 0;
    if (typeof value !== 'number') throw new UnknownFormat('no page');
    // The lowest bit says whether there are places within its list.
    const page = Math.max(first, Math.floor(value / 2));
    if (page > last) throw new UnknownFormat('no such page');
    return page;
  }

  /** Documents of the term before, then terms with their documents; where these are, at the end. */
  #leaf(block: Buffer): void {
    if (block.length < HEADER_BYTES) throw new UnknownFormat('a short page');
    const termsEnd = block.readUInt16BE(2);
    const places = new Numbers(block, termsEnd);
    if (termsEnd < HEADER_BYTES) throw new UnknownFormat('a short page');
    let at = places.isAtEnd ? termsEnd : places.next();
    if (at < HEADER_BYTES || at > termsEnd) throw new UnknownFormat('a place');
    this.#documents(block, HEADER_BYTES, at);
    for (let isFirst = true; at < termsEnd; isFirst = false) {
      const end = places.isAtEnd ? termsEnd : at + places.next();
      if (end <= at || end > termsEnd) throw new UnknownFormat('a place');
      this.#documents(block, this.#nextTerm(block, at, end, isFirst), end);
      at = end;
      if (this.#order > 0) return;
    }
  }

  /** @returns where its documents begin */
  #nextTerm(block: Buffer, from: number, end: number, isFirst: boolean): number {
    const numbers = new Numbers(block, from);
    const kept = isFirst ? 0 : numbers.next();
    const length = numbers.next();
    const after = numbers.at + length;
    if (length === 0 || after > end || kept > this.#term.length) throw new UnknownFormat('a term');
    const term = Buffer.concat([this.#term.subarray(0, kept), block.subarray(numbers.at, after)]);
    if (Buffer.compare(term, this.#term) <= 0) throw new UnknownFormat('terms out of order');
    this.#term = term;
    const { term: wanted, match } = this.#sought;
    const compared = match === 'beginning' ? term.subarray(0, wanted.length) : term;
    this.#order = Buffer.compare(compared, wanted);
    return after;
  }

  /** Each is a difference to the one before it on this page. */
  #documents(block: Buffer, from: number, end: number): void {
    if (this.#order !== 0) return;
    const found = this.#found;
    let document = 0;
    for (let at = from; at < end; ) {
      let difference = block[at++] ?? 0;
      if (difference > 0x7f) {
        const numbers = new Numbers(block, at - 1);
        difference = numbers.next();
        at = numbers.at;
        if (at > end) throw new UnknownFormat('a document');
      }
      document += difference;
      // 0 marks a deletion, in tables of another kind.
      if (difference === 0 || document >= found.length) throw new UnknownFormat('a document');
      found[document] = 1;
    }
  }
}

/** Numbers as SQLite writes them, one behind the other (sqlite.org/fileformat2.html, section 1.6). */
class Numbers {
  readonly block: Buffer;
  at: number;

  constructor(block: Buffer, at: number) {
    this.block = block;
    this.at = at;
    if (at > block.length) throw new UnknownFormat('too short');
  }

  get isAtEnd(): boolean {
    return this.at >= this.block.length;
  }

  next(): number {
    let value = 0;
    for (let bytes = 1; bytes <= NUMBER_BYTES_MAX; bytes++) {
      const byte = this.block[this.at++];
      if (byte === undefined) throw new UnknownFormat('too short');
      value = value * 0x80 + (byte & 0x7f);
      if (byte < 0x80) return value;
    }
    throw new UnknownFormat('too large');
  }

  /** One of up to 64 bits, that nobody wants to know. */
  skip(): void {
    for (let bytes = 1; bytes < 9 && (this.block[this.at] ?? 0) > 0x7f; bytes++) this.at += 1;
    this.at += 1;
  }
}

function blockIn(row: Readonly<Record<string, unknown>> | null): Buffer {
  const block = row?.['block'];
  if (!(block instanceof Uint8Array)) throw new UnknownFormat('no block');
  return Buffer.from(block.buffer, block.byteOffset, block.byteLength);
}

/**
 * Files that were put into a text as uuencode. Imports nothing; linear, never throws.
 *
 * Lines whose spaces were lost at the end, or that are longer than they say, are read as far as they
 * go (POSIX uuencode; both the space and the grave accent stand for zero).
 */

const NOTHING = Buffer.alloc(0);
const LINE_LENGTH_MAX = 200;

/** One line of uuencode as bytes; null if it is none. */
export function uuencodedLine(line: string): Buffer | null {
  if (line === '' || line.length > LINE_LENGTH_MAX) return null;
  const first = line.charCodeAt(0);
  if (first < 0x20 || first > 0x60) return null;
  const length = (first - 0x20) & 0x3f;
  const letters = Math.ceil(length / 3) * 4;
  // Some programs add a character for a check; what is missing was spaces.
  if (line.length - 1 > letters + 2 && length > 0) return null;
  const bytes = Buffer.alloc(letters === 0 ? 0 : (letters / 4) * 3);
  for (let at = 0, to = 0; at < letters; at += 4, to += 3) {
    const [one, two, three, four] = [1, 2, 3, 4].map((next) => sixBits(line, at + next));
    if (one === undefined || two === undefined || three === undefined || four === undefined) {
      return null;
    }
    bytes[to] = (one << 2) | (two >> 4);
    bytes[to + 1] = (two << 4) | (three >> 2);
    bytes[to + 2] = (three << 6) | four;
  }
  return bytes.subarray(0, length);
}

function sixBits(line: string, at: number): number | undefined {
  if (at >= line.length) return 0;
  const code = line.charCodeAt(at);
  return code < 0x20 || code > 0x60 ? undefined : (code - 0x20) & 0x3f;
}

export const UUENCODE_BEGIN = /^begin(?:-base64)? [0-7]{3,4} (\S.*)$/;

const UU_LAST = /^[ `]?[ \t]*$/;
const BASE64_LINE = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * True for a file that is there from its first line to its end, with nothing in it but its bytes: each
 * line carries as many as it says, and none but the last fewer than the first. Readers are not that
 * strict: lines that were cut, or words that look like a line, are read as far as they go.
 * @param stored its lines, a character for each byte
 */
export function isWholeUuencode(stored: string): boolean {
  const lines = stored.replace(/\r?\n$/, '').split(/\r?\n/);
  const [begin = ''] = lines;
  const base64 = begin.startsWith('begin-base64');
  if (lines.at(-1)?.trimEnd() !== (base64 ? '====' : 'end')) return false;
  const inside = lines.slice(1, -1);
  if (!base64 && UU_LAST.test(inside.at(-1) ?? '')) inside.pop();
  const lengths = inside.map(base64 ? base64Length : uuencodedLength);
  const [first = 0] = lengths;
  const last = lengths.at(-1) ?? 0;
  return last > 0 && last <= first && lengths.slice(0, -1).every((length) => length === first);
}

/** The bytes of a line that has the letters for them, and none that are not for them; else 0. */
function uuencodedLength(line: string): number {
  const length = uuencodedLine(line)?.length ?? 0;
  return line.length - 1 >= Math.ceil((length * 4) / 3) ? length : 0;
}

function base64Length(line: string): number {
  const letters = line.trimEnd();
  return BASE64_LINE.test(letters) ? Buffer.from(letters, 'base64').length : 0;
}

/** A whole body in uuencode, as the transfer encoding `x-uuencode`; bytes come as lines do. */
export class UuencodeDecoder {
  #line = '';
  #state: 'before' | 'inside' | 'behind' = 'before';

  push(bytes: Buffer): Buffer {
    const text = this.#line + bytes.toString('latin1');
    const lines = text.split('\n');
    const last = lines.pop() ?? '';
    // A line without an end is none of uuencode.
    this.#line = last.slice(0, LINE_LENGTH_MAX * 2);
    return Buffer.concat(lines.map((line) => this.#decode(line)));
  }

  end(): Buffer {
    const rest = this.#decode(this.#line);
    this.#line = '';
    return rest;
  }

  #decode(ended: string): Buffer {
    const line = ended.endsWith('\r') ? ended.slice(0, -1) : ended;
    if (this.#state === 'before') {
      if (UUENCODE_BEGIN.test(line)) this.#state = 'inside';
      return NOTHING;
    }
    if (this.#state === 'inside' && line.trimEnd() === 'end') this.#state = 'behind';
    return this.#state === 'inside' ? (uuencodedLine(line) ?? NOTHING) : NOTHING;
  }
}

/**
 * Texts taken apart into the words that `textWords` gives (`query/text-words.ts`), as fast as texts of
 * very many messages need it. Imports that and `query/folding`.
 *
 * ASCII, nearly all there is, is looked at byte by byte and becomes no string. What holds other
 * characters is folded run by run: folding looks at nothing beyond a character that is no letter.
 * What is left out: lines that are nothing but encoded bytes (`isEncodedLine`).
 */

import { textWords } from '../query/text-words.ts';

/** Is told the words of a text, one after the other. */
export interface WordSink {
  /**
   * A word, folded: its bytes in UTF-8, valid only now.
   * @param alone one character of a script without spaces
   */
  word(bytes: Uint8Array, from: number, to: number, alone: boolean): void;
  /** What follows is another text. */
  nextText(): void;
}

/** What a byte is: a letter, digit or underscore as it is folded; 0 between words; 255 for what needs a string. */
const FOLDED = new Uint8Array(256);
const NEEDS_STRING = 255;
for (let byte = 0; byte < 256; byte++) {
  const letter = String.fromCharCode(byte);
  if (/[a-z0-9_]/.test(letter)) FOLDED[byte] = byte;
  else if (/[A-Z]/.test(letter)) FOLDED[byte] = byte | 0x20;
  // Characters that are removed from a text before it is shown, and escapes into other charsets.
  else if (byte >= 0x7f || (byte < 0x20 && !'\t\n\r\f\v'.includes(letter)))
    FOLDED[byte] = NEEDS_STRING;
}

const LF = 0x0a;
const SPACE = 0x20;
const SCRATCH_BYTES = 1 << 16;
/** Lines of base64, of uuencode and the like are about as long as this. */
const ENCODED_MIN = 60;
const ENCODED_MAX = 1000;
/** Folding looks at nothing beyond a run of these. */
const RUN = /[\w\u0080-\uffff]+/g;
const NOT_ASCII = /[^\u0000-\u007f]/;

export class WordScanner {
  readonly #scratch = Buffer.allocUnsafeSlow(SCRATCH_BYTES);

  /**
   * Tells the words of a text of ASCII.
   * @returns false, and nothing is told, if it is none
   */
  bytes(text: Uint8Array, sink: WordSink): boolean {
    if (!isPlain(text)) return false;
    for (let from = 0; from < text.length; ) {
      const end = lineEnd(text, from);
      if (!isEncodedLine(text, from, end)) this.#line(text, from, end, sink);
      from = end + 1;
    }
    return true;
  }

  #line(text: Uint8Array, from: number, end: number, sink: WordSink): void {
    const scratch = this.#scratch;
    let at = from;
    while (at < end) {
      let letter = FOLDED[text[at] ?? 0] ?? 0;
      if (letter === 0) {
        at += 1;
        continue;
      }
      let length = 0;
      do {
        // What is longer than any index looks at is cut by whoever takes it.
        if (length < SCRATCH_BYTES) scratch[length++] = letter;
        at += 1;
        letter = at < end ? (FOLDED[text[at] ?? 0] ?? 0) : 0;
      } while (letter !== 0);
      sink.word(scratch, 0, length, false);
    }
  }

  /** Tells the words of a text. */
  text(text: string, sink: WordSink): void {
    if (!NOT_ASCII.test(text)) {
      if (this.bytes(Buffer.from(text, 'latin1'), sink)) return;
    }
    for (const line of text.split('\n')) {
      const isAscii = !NOT_ASCII.test(line);
      if (isAscii && this.bytes(Buffer.from(line, 'latin1'), sink)) continue;
      this.#foreign(line, sink);
    }
  }

  /** A line of other characters than those of ASCII. */
  #foreign(line: string, sink: WordSink): void {
    for (const [run] of line.matchAll(RUN)) {
      if (!NOT_ASCII.test(run)) this.#word(run.toLowerCase(), sink);
      else for (const word of textWords(run)) this.#word(word, sink);
    }
  }

  #word(word: string, sink: WordSink): void {
    const alone = word.length <= 2 && isAlone(word);
    if (word.length * 3 <= SCRATCH_BYTES) {
      sink.word(this.#scratch, 0, this.#scratch.write(word, 0), alone);
      return;
    }
    const bytes = Buffer.from(word);
    sink.word(bytes, 0, bytes.length, alone);
  }
}

/**
 * True if a word is one character of a script without spaces: another one behind it does not make it
 * longer.
 */
export function isAlone(word: string): boolean {
  return word.charCodeAt(0) > 0x7f && textWords(word + word).length === 2;
}

function isPlain(text: Uint8Array): boolean {
  for (let at = 0; at < text.length; at++) {
    if (FOLDED[text[at] ?? 0] === NEEDS_STRING) return false;
  }
  return true;
}

function lineEnd(text: Uint8Array, from: number): number {
  const end = text.indexOf(LF, from);
  return end < 0 ? text.length : end;
}

/**
 * True for a line that says nothing: encoded bytes, as of keys, signatures and files without a name.
 * They would be half of an index. One long run without a space, of upper and lower case and digits,
 * of nothing but the alphabet of base64.
 */
function isEncodedLine(text: Uint8Array, from: number, to: number): boolean {
  let end = to;
  while (end > from && (text[end - 1] ?? 0) <= SPACE) end -= 1;
  if (end - from < ENCODED_MIN || end - from > ENCODED_MAX) return false;
  let [upper, lower, digits] = [0, 0, 0];
  for (let at = from; at < end; at++) {
    const byte = text[at] ?? 0;
    if (byte >= 0x61 && byte <= 0x7a) lower += 1;
    else if (byte >= 0x41 && byte <= 0x5a) upper += 1;
    else if (byte >= 0x30 && byte <= 0x39) digits += 1;
    // + / =
    else if (byte !== 0x2b && byte !== 0x2f && byte !== 0x3d) return false;
  }
  return upper > 4 && lower > 4 && digits > 1;
}

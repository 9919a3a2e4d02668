/**
 * ISO-2022-JP with all that was ever designated in it: JIS X 0212 (-1), GB 2312, KS X 1001 and the upper
 * halves of ISO-8859-1 and -7 (-2, RFC 1554), what JIS X 0213 has from JIS X 0208 (-3), half-width kana
 * (CP50220 and its kin). Browsers read JIS X 0208 and kana only. Imports nothing; linear; never throws.
 */

/** Reads bytes of a charset that needs no escapes. */
type Read = (bytes: Buffer, charset: string) => string;

/** True for what goes beyond the ISO-2022-JP of browsers. */
export const isBeyondJis0208 = (bytes: Buffer): boolean =>
  /\x1b\$(?:\(|A)|\x1b\.|\x0e/.test(bytes.toString('latin1'));

const UNKNOWN = '\ufffd';
const KANA_AT = 0xff61;
/** Sets of two bytes, sets of one, upper halves, a letter of one, shifts, line ends, runs, anything else. */
const ESCAPES =
  /\x1b\$\(?([@A-DOPQ])|\x1b\(([BHIJ])|\x1b\.([AF])|\x1bN([ -~])|(\x0e)|(\x0f)|(\r?\n)|([^\x1b\x0e\x0f\r\n]+)|[\s\S]/g;
const UPPER_HALVES: Readonly<Record<string, string>> = { A: 'iso-8859-1', F: 'iso-8859-7' };

/** The text of ISO-2022-JP. A line end undoes every designation. */
export function iso2022JpText(bytes: Buffer, read: Read): string {
  const sets = new JapaneseSets(read);
  let text = '';
  for (const token of bytes.toString('latin1').matchAll(ESCAPES)) {
    const [, double, single, upper, letter, kana, back, lineEnd, run] = token;
    if (run) text += runText(run, sets.set, read);
    else if (letter) text += sets.ofUpperHalf(letter);
    else if (lineEnd) {
      sets.set = '';
      sets.upper = '';
      text += lineEnd;
    } else sets.take(double, single, upper, kana ?? back);
  }
  return text;
}

/** What is designated at a place in a text. */
class JapaneseSets {
  readonly #read: Read;
  set = '';
  upper = '';

  constructor(read: Read) {
    this.#read = read;
  }

  /** An escape or a shift, of which one is given. */
  take(double?: string, single?: string, upper?: string, shift?: string): void {
    if (double) this.set = double;
    else if (single) this.set = single === 'I' ? 'kana' : '';
    else if (upper) this.upper = UPPER_HALVES[upper] ?? '';
    else if (shift) this.set = shift === '\x0e' ? 'kana' : '';
  }

  ofUpperHalf(letter: string): string {
    return this.upper === '' ? letter : this.#read(withHighBits(letter), this.upper);
  }
}

function runText(run: string, set: string, read: Read): string {
  switch (set) {
    case '':
      return run.replace(/[\x80-\xff]/g, UNKNOWN);
    case 'kana':
      return run.replace(/[!-_]/g, (one) =>
        String.fromCharCode(KANA_AT - 0x21 + one.charCodeAt(0)),
      );
    case 'A':
      return read(withHighBits(run), 'gbk');
    case 'C':
      return read(withHighBits(run), 'euc-kr');
    case 'D':
      return read(withHighBits(run.replace(/[!-~]{2}/g, '\x8f$&')), 'euc-jp');
    case 'P':
      return run.replace(/[!-~]{2}/g, UNKNOWN);
    default:
      return read(withHighBits(run), 'euc-jp');
  }
}

function withHighBits(text: string): Buffer {
  const bytes = Buffer.from(text, 'latin1');
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte > 0x20) bytes[at] = byte | 0x80;
  }
  return bytes;
}

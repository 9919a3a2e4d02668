/**
 * Text written in the charsets of old mail. Node can only read them, so each is turned round once:
 * every code is decoded, and the answers are the table. Node's own modules only.
 */

/** What leads and follows in the two-byte codes of each charset. */
const TWO_BYTES = {
  gb18030: [0x81, 0xfe, 0x40, 0xfe],
  big5: [0xa1, 0xf9, 0x40, 0xfe],
  'euc-jp': [0xa1, 0xf4, 0xa1, 0xfe],
  shift_jis: [0x81, 0xfc, 0x40, 0xfc],
  'euc-kr': [0xa1, 0xfe, 0xa1, 0xfe],
};

/** The characters of windows-1252 at 0x80 to 0x9f: some versions of Node decode them wrongly. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** @type {Map<string, Map<string, number>>} */
const tables = new Map();

/**
 * @param {string} text
 * @param {string} charset
 * @returns {Buffer}
 * @throws RangeError if the charset has no code for a character: a fault of the sample's texts
 */
export function encoded(text, charset) {
  if (charset === 'utf-8') return Buffer.from(text, 'utf8');
  if (charset === 'utf-7') return Buffer.from(utf7(text), 'latin1');
  if (charset === 'iso-2022-jp') return iso2022Jp(text);
  const table = tableOf(charset);
  const bytes = [];
  for (const character of text) {
    const code = character < '\u0080' ? character.charCodeAt(0) : table.get(character);
    if (code === undefined) throw new RangeError(`${charset} has no ${character}`);
    if (code > 0xff) bytes.push(code >> 8);
    bytes.push(code & 0xff);
  }
  return Buffer.from(bytes);
}

function tableOf(charset) {
  const known = tables.get(charset);
  if (known) return known;
  const decoder = new TextDecoder(charset, { fatal: true });
  const table = new Map();
  const learn = (code, bytes) => {
    try {
      const character = decoder.decode(Uint8Array.from(bytes));
      if (!table.has(character)) table.set(character, code);
    } catch {
      // No character has this code.
    }
  };
  for (let byte = 0x80; byte <= 0xff; byte++) learn(byte, [byte]);
  if (decoder.encoding === 'windows-1252') {
    for (const [index, character] of [...WINDOWS_1252].entries())
      table.set(character, 0x80 + index);
  }
  const [leadFrom, leadTo, from, to] = TWO_BYTES[charset] ?? [1, 0, 1, 0];
  for (let lead = leadFrom; lead <= leadTo; lead++) {
    for (let byte = from; byte <= to; byte++) learn(lead * 256 + byte, [lead, byte]);
  }
  tables.set(charset, table);
  return table;
}

/** EUC-JP without its high bits, between the escapes that switch to it and back (RFC 1468). */
function iso2022Jp(text) {
  const pieces = text.split(/([^\x00-\x7f]+)/).map((piece, index) => {
    if (index % 2 === 0) return Buffer.from(piece, 'latin1');
    const codes = encoded(piece, 'euc-jp').map((byte) => byte & 0x7f);
    return Buffer.concat([Buffer.from('\x1b$B', 'latin1'), codes, Buffer.from('\x1b(B', 'latin1')]);
  });
  return Buffer.concat(pieces);
}

/** RFC 2152. */
function utf7(text) {
  return text.replaceAll('+', '+-').replace(/[^\x00-\x7f]+/g, (other) => {
    const units = Buffer.from(other, 'utf16le').swap16();
    return `+${units.toString('base64').replace(/=+$/, '')}-`;
  });
}

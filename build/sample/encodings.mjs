/**
 * How text and bytes are written into a message: encoded words (RFC 2047), quoted-printable and
 * base64 (RFC 2045), split parameters (RFC 2231), format=flowed (RFC 3676). Imports the charsets.
 */

import { encoded } from './charsets.mjs';

const LINE_MAX = 76;

/** Bytes as lines of base64. */
export function base64Lines(bytes, length = LINE_MAX) {
  const text = Buffer.from(bytes).toString('base64');
  const lines = [];
  for (let at = 0; at < text.length; at += length) lines.push(text.slice(at, at + length));
  return lines.join('\n');
}

/** Bytes of text as quoted-printable, line by line. */
export function quotedPrintable(bytes) {
  const lines = bytes.toString('latin1').split('\n');
  return lines
    .map((line) => softBroken(line.replace(/[^ -<>-~\t]|[ \t]$/g, quotedByte)))
    .join('\n');
}

function quotedByte(character) {
  return `=${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

/** A line broken with `=` at its end, never inside a code. */
function softBroken(line) {
  const lines = [];
  let rest = line;
  while (rest.length > LINE_MAX) {
    let cut = LINE_MAX - 1;
    while (/=.?$/.test(rest.slice(cut - 2, cut))) cut -= 1;
    lines.push(`${rest.slice(0, cut)}=`);
    rest = rest.slice(cut);
  }
  lines.push(rest);
  return lines.join('\n');
}

/**
 * Text as encoded words, folded. ASCII stays as it is.
 * @param {string} text
 * @param {{charset?: string, encoding?: 'Q' | 'B', careless?: boolean}} [how] `careless` cuts
 *   characters in two between words, as many programs do
 */
export function encodedWords(text, how = {}) {
  if (/^[ -~]*$/.test(text) && !text.includes('=?')) return text;
  const { charset = 'utf-8', encoding = 'Q', careless = false } = how;
  const words = [];
  if (careless) {
    const bytes = encoded(text, charset);
    for (let at = 0; at < bytes.length; at += 31) {
      words.push(word(bytes.subarray(at, at + 31), charset, encoding));
    }
    return words.join('\n ');
  }
  let piece = '';
  for (const character of text) {
    if (word(encoded(piece + character, charset), charset, encoding).length > 70) {
      words.push(word(encoded(piece, charset), charset, encoding));
      piece = '';
    }
    piece += character;
  }
  words.push(word(encoded(piece, charset), charset, encoding));
  return words.join('\n ');
}

function word(bytes, charset, encoding) {
  const content =
    encoding === 'B'
      ? bytes.toString('base64')
      : bytes
          .toString('latin1')
          .replace(/[^A-Za-z0-9!*+\-/ ]/g, quotedByte)
          .replaceAll(' ', '_');
  return `=?${charset}?${encoding}?${content}?=`;
}

/** A parameter in pieces: `; name*0*=utf-8''...; name*1*=...`. */
export function splitParameter(name, value, charset = 'utf-8') {
  const codes = [...encoded(value, charset).toString('latin1')].map((character) =>
    /[A-Za-z0-9._-]/.test(character) ? character : quotedByte(character).replace('=', '%'),
  );
  const pieces = [];
  for (let at = 0; at < codes.length; at += 20) pieces.push(codes.slice(at, at + 20).join(''));
  return pieces
    .map((piece, index) => `;\n ${name}*${index}*=${index === 0 ? `${charset}''` : ''}${piece}`)
    .join('');
}

/** Paragraphs broken into lines of at most 72 characters; `flowed` leaves a space at soft breaks. */
export function wrapped(text, flowed = false) {
  return text
    .split('\n')
    .map((paragraph) => {
      if (paragraph.length <= 72 || /^[>|\s]/.test(paragraph)) return paragraph;
      const lines = paragraph.match(/\S.{0,70}(?=\s|$)/g) ?? [];
      return lines.map((line) => line.trim()).join(flowed ? ' \n' : '\n');
    })
    .join('\n');
}

/** Bytes as uuencoded text, as mail carried files before MIME. */
export function uuencoded(bytes, name) {
  const symbol = (value) => String.fromCharCode(value === 0 ? 0x60 : value + 0x20);
  const lines = [`begin 644 ${name}`];
  for (let at = 0; at < bytes.length; at += 45) {
    const chunk = bytes.subarray(at, at + 45);
    let line = symbol(chunk.length);
    for (let index = 0; index < chunk.length; index += 3) {
      const [one, two = 0, three = 0] = chunk.subarray(index, index + 3);
      line += symbol(one >> 2) + symbol(((one & 3) << 4) | (two >> 4));
      line += symbol(((two & 15) << 2) | (three >> 6)) + symbol(three & 63);
    }
    lines.push(line);
  }
  return [...lines, '`', 'end'].join('\n');
}

/** Messages and their parts as bytes (RFC 5322, RFC 2045 to 2049). Imports the encodings. */

import { encoded } from './charsets.mjs';
import { base64Lines, quotedPrintable, splitParameter, wrapped } from './encodings.mjs';

/**
 * @typedef {object} Part
 * @property {string[]} fields header lines, folded where they are long
 * @property {Buffer} body
 */

/**
 * A part of text.
 * @param {string} text
 * @param {{charset?: string, label?: string, transfer?: string, subtype?: string, flowed?: boolean}} [how]
 * @returns {Part}
 */
export function textPart(text, how = {}) {
  const { charset = 'utf-8', label = charset, subtype = 'plain', flowed = false } = how;
  const lines = subtype === 'plain' ? wrapped(text, flowed) : text;
  const bytes = encoded(`${lines}\n`, charset);
  const transfer =
    how.transfer ?? (bytes.some((byte) => byte > 0x7f) ? 'quoted-printable' : '7bit');
  return {
    fields: [
      `Content-Type: text/${subtype}; charset=${label}${flowed ? '; format=flowed' : ''}`,
      `Content-Transfer-Encoding: ${transfer}`,
    ],
    body: carried(bytes, transfer),
  };
}

/**
 * A part with a file.
 * @param {Buffer} bytes
 * @param {{type: string, name: string, nameField?: string, disposition?: string, cid?: string}} file
 *   `nameField` is the name as written, when it is not simply the name in quotes
 * @returns {Part}
 */
export function filePart(bytes, { type, name, nameField, disposition = 'attachment', cid }) {
  const plain = /^[ -~]*$/.test(name);
  const named = nameField ?? (plain ? `;\n filename="${name}"` : splitParameter('filename', name));
  return {
    fields: [
      `Content-Type: ${type}${plain ? `; name="${name}"` : ''}`,
      'Content-Transfer-Encoding: base64',
      `Content-Disposition: ${disposition}${named}`,
      ...(cid ? [`Content-ID: <${cid}>`] : []),
    ],
    body: Buffer.from(`${base64Lines(bytes)}\n`, 'latin1'),
  };
}

/** A whole message as a part. */
export function messagePart(bytes, disposition = 'inline') {
  return {
    fields: ['Content-Type: message/rfc822', `Content-Disposition: ${disposition}`],
    body: bytes,
  };
}

/** A part of any type, as it stands. */
export function rawPart(type, text, more = []) {
  return { fields: [`Content-Type: ${type}`, ...more], body: Buffer.from(text, 'latin1') };
}

/**
 * Parts in one.
 * @param {string} subtype with further parameters, such as `signed; micalg=pgp-sha1`
 * @param {Part[]} parts
 * @param {string} boundary
 * @param {string} [preamble]
 * @returns {Part}
 */
export function multipart(subtype, parts, boundary, preamble = '') {
  const pieces = [Buffer.from(preamble ? `${preamble}\n` : '', 'latin1')];
  for (const part of parts) {
    const head = part.fields.length > 0 ? `${part.fields.join('\n')}\n` : '';
    pieces.push(Buffer.from(`\n--${boundary}\n${head}\n`, 'latin1'), part.body);
  }
  pieces.push(Buffer.from(`\n--${boundary}--\n`, 'latin1'));
  return {
    fields: [`Content-Type: multipart/${subtype};\n boundary="${boundary}"`],
    body: Buffer.concat(pieces),
  };
}

/** A message: its own fields, those of its content, an empty line, the content. */
export function message(fields, part) {
  const mime = part.fields.length > 0 ? ['MIME-Version: 1.0', ...part.fields] : [];
  const head = [...fields, ...mime].join('\n');
  return Buffer.concat([Buffer.from(`${head}\n\n`, 'latin1'), part.body]);
}

function carried(bytes, transfer) {
  if (transfer === 'base64') return Buffer.from(`${base64Lines(bytes)}\n`, 'latin1');
  if (transfer === 'quoted-printable') return Buffer.from(quotedPrintable(bytes), 'latin1');
  return bytes;
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

const two = (number) => String(number).padStart(2, '0');

/** A date as RFC 5322 wants it, in a zone given in minutes east of Greenwich. */
export function dateField(epochMs, zoneMinutes) {
  const local = new Date(epochMs + zoneMinutes * 60_000);
  const zone = Math.abs(zoneMinutes);
  const sign = zoneMinutes < 0 ? '-' : '+';
  return (
    `${DAYS[local.getUTCDay()]}, ${local.getUTCDate()} ${MONTHS[local.getUTCMonth()]} ` +
    `${local.getUTCFullYear()} ${clock(local)} ${sign}${two(Math.floor(zone / 60))}${two(zone % 60)}`
  );
}

/** A date as asctime writes it, UTC: for From_ lines. */
export function asctime(epochMs) {
  const date = new Date(epochMs);
  const day = String(date.getUTCDate()).padStart(2, ' ');
  return `${DAYS[date.getUTCDay()]} ${MONTHS[date.getUTCMonth()]} ${day} ${clock(date)} ${date.getUTCFullYear()}`;
}

function clock(date) {
  return `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
}

/** A date in words, for people. */
export function dayInWords(epochMs) {
  const date = new Date(epochMs);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

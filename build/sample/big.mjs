/**
 * Mailboxes of any size, for measuring and for tests without real archives: millions of messages,
 * many gigabytes, made as fast as the disk takes them. Node's own modules only.
 *
 * A few hundred messages are made once; each message written is a copy of one of them with its own
 * number, date and Message-ID put into places of fixed width. So a message's bytes follow from its
 * number, and every message is `bytesPerMessage` long, as far as its header leaves room.
 */

import { random } from './random.mjs';
import { asctime } from './mime.mjs';
import { VILLAGE } from './people.mjs';
import { AGENDA, NOTICES } from './texts-village.mjs';

const TEMPLATES = 251;
const CHUNK_BYTES = 8 * 1024 * 1024;
const START_MS = Date.UTC(2000, 0, 1);
const STEP_MS = 7_000;
const NUMBER_DIGITS = 10;
const DIGIT_0 = 0x30;

const ASCTIME_MARK = 'Mon Jan  1 00:00:00 2001';
const DATE_MARK = 'Mon,  1 Jan 2001 00:00:00 +0000';
const NUMBER_MARK = '0'.repeat(NUMBER_DIGITS);

/**
 * @typedef {object} Size
 * @property {number} messages
 * @property {number} [bytesPerMessage]
 * @property {number} [seed]
 */

/**
 * The mailbox in chunks of a few megabytes.
 * @param {Size} size
 * @returns {Generator<Buffer>} each chunk is its own memory
 */
export function* bigMailbox({ messages, bytesPerMessage = 2048, seed = 1 }) {
  const templates = templatesOf(bytesPerMessage, seed);
  const longest = Math.max(...templates.map(({ bytes }) => bytes.length));
  let chunk = Buffer.allocUnsafe(Math.max(CHUNK_BYTES, longest));
  let filled = 0;
  for (let number = 0; number < messages; number++) {
    const template = templates[number % TEMPLATES];
    if (filled + template.bytes.length > chunk.length) {
      yield chunk.subarray(0, filled);
      chunk = Buffer.allocUnsafe(chunk.length);
      filled = 0;
    }
    chunk.set(template.bytes, filled);
    fill(chunk, filled, template, number);
    filled += template.bytes.length;
  }
  if (filled > 0) yield chunk.subarray(0, filled);
}

/** What is in message `number`, so that tests need not read it back. */
export function bigMessage(number) {
  return {
    subject: `${NOTICES[(number % TEMPLATES) % NOTICES.length][0]} ${digits(number)}`,
    from: VILLAGE[(number % TEMPLATES) % VILLAGE.length].name,
    date: START_MS + number * STEP_MS,
  };
}

function templatesOf(bytesPerMessage, seed) {
  const chance = random(seed);
  return Array.from({ length: TEMPLATES }, (_, index) => {
    const { name, address } = VILLAGE[index % VILLAGE.length];
    const head =
      `From ${address} ${ASCTIME_MARK}\n` +
      `Date: ${DATE_MARK}\nFrom: ${name} <${address}>\nTo: society@marrowfield.example\n` +
      `Subject: ${NOTICES[index % NOTICES.length][0]} ${NUMBER_MARK}\n` +
      `Message-ID: <${NUMBER_MARK}.${seed}@marrowfield.example>\n` +
      `Content-Type: text/plain; charset=us-ascii\nStatus: ${index % 7 === 0 ? 'O' : 'RO'}\n\n`;
    const bytes = Buffer.from(
      `${head}${bodyOf(chance, bytesPerMessage - head.length)}\n\n`,
      'latin1',
    );
    return {
      bytes,
      numbers: placesOf(bytes, NUMBER_MARK),
      asctime: bytes.indexOf(ASCTIME_MARK),
      date: bytes.indexOf(DATE_MARK),
    };
  });
}

function bodyOf(chance, length) {
  let body = '';
  while (body.length < length) {
    const [heading, said] = chance.pick(AGENDA);
    body += `${heading}: ${said}\n`;
  }
  return body.slice(0, Math.max(1, length - 2)).replace(/^From /gm, '>From');
}

function placesOf(bytes, mark) {
  const places = [];
  for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + 1)) places.push(at);
  return places;
}

let day = { number: -1, asctime: '', date: '' };

/** Puts number and date of one message into its places. */
function fill(chunk, at, template, number) {
  const sentMs = START_MS + number * STEP_MS;
  const today = Math.floor(sentMs / 86_400_000);
  if (today !== day.number) day = { number: today, ...dayTexts(today * 86_400_000) };
  const second = Math.floor(sentMs / 1000) % 86_400;
  chunk.latin1Write(day.asctime, at + template.asctime);
  chunk.latin1Write(day.date, at + template.date);
  writeClock(chunk, at + template.asctime + 11, second);
  writeClock(chunk, at + template.date + 17, second);
  for (const place of template.numbers) writeNumber(chunk, at + place, number, NUMBER_DIGITS);
}

function dayTexts(epochMs) {
  const text = asctime(epochMs);
  const [weekday, month] = text.split(' ');
  const date = `${weekday}, ${text.slice(8, 10)} ${month} ${text.slice(20)} 00:00:00 +0000`;
  return { asctime: text, date };
}

function writeClock(bytes, at, second) {
  writeNumber(bytes, at, Math.floor(second / 3600), 2);
  writeNumber(bytes, at + 3, Math.floor(second / 60) % 60, 2);
  writeNumber(bytes, at + 6, second % 60, 2);
}

function writeNumber(bytes, at, number, length) {
  let rest = number;
  for (let place = at + length - 1; place >= at; place--) {
    bytes[place] = DIGIT_0 + (rest % 10);
    rest = Math.floor(rest / 10);
  }
}

function digits(number) {
  return String(number).padStart(NUMBER_DIGITS, '0');
}

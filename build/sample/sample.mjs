/**
 * The sample archive: a few hundred varied messages of a village that never was, as an mbox in the
 * mboxrd dialect. One seed makes one archive, byte for byte. Node's own modules only.
 */

import { letters } from './letters.mjs';
import { asctime, dateField, message } from './mime.mjs';
import { envelopes, oddBodies } from './odd-bodies.mjs';
import { attachments } from './odd-files.mjs';
import { oddHeaders } from './odd-headers.mjs';
import { random } from './random.mjs';
import { mailbox, Story } from './story.mjs';
import { encodedWords } from './encodings.mjs';
import { digests, meetings, newsletters, notices, photographs, recipes } from './village-life.mjs';

export const SAMPLE_SEED = 1599254;

/** The last messages are still unread. */
const UNREAD = 14;
const THUNDERBIRD_FROM = Date.UTC(2006, 0, 1);
const THUNDERBIRD_TO = Date.UTC(2011, 0, 1);

/**
 * The bytes of the sample archive.
 * @param {number} [seed]
 * @returns {Buffer}
 */
export function sampleMailbox(seed = SAMPLE_SEED) {
  return sampleArchive(seed).bytes;
}

/**
 * The sample archive, with what is in it.
 * @param {number} [seed]
 * @returns {import('./sample.d.mts').SampleArchive}
 */
export function sampleArchive(seed = SAMPLE_SEED) {
  const story = new Story(random(seed));
  for (const scene of [
    meetings,
    recipes,
    notices,
    photographs,
    newsletters,
    digests,
    letters,
    oddHeaders,
    oddBodies,
    attachments,
    envelopes,
  ]) {
    scene(story);
  }
  const drafts = story.drafts
    .map((draft, index) => ({ draft, index }))
    .sort((one, other) => one.draft.sentMs - other.draft.sentMs || one.index - other.index)
    .map(({ draft }) => draft);
  const pieces = [];
  const messages = [];
  let offset = 0;
  for (const [number, draft] of drafts.entries()) {
    const read = number < drafts.length - UNREAD;
    const stored = storedMessage(draft, read);
    pieces.push(stored);
    messages.push(expected(draft, number, offset, stored.length, read));
    offset += stored.length;
  }
  return { bytes: Buffer.concat(pieces), messages };
}

/** What a reader must show of a message. */
function expected(draft, number, offset, length, read) {
  const { kind, from, subject, sentMs, shown } = draft;
  // A date that cannot be read leaves that of the From_ line, which is the same.
  const date = Math.floor(sentMs / 1000) * 1000;
  return {
    number,
    kind,
    offset,
    length,
    from: from.name,
    subject,
    date,
    text: draft.text,
    attachments: draft.attachments.map((file) => ({ ...file, type: file.type.split(';')[0] })),
    flags: { read, ...draft.flags },
    ...shown,
  };
}

/** A message as stored: From_ line, fields, quoted body, an empty line. */
function storedMessage(draft, read) {
  const fields = [
    ...statusBefore(draft, read),
    ...usualFields(draft),
    ...statusBehind(draft, read),
  ];
  const bytes = message(fields, draft.part);
  const text = bytes.toString('latin1');
  const headerEnd = text.indexOf('\n\n');
  // mboxrd: every line of From and any number of quotes gets one more.
  const body = text.slice(headerEnd).replace(/^(>*From )/gm, '>$1');
  const end = body.endsWith('\n\n') ? '' : '\n'.repeat(body.endsWith('\n') ? 1 : 2);
  const separator = `From ${draft.from.address} ${asctime(draft.sentMs)}\n`;
  return Buffer.from(`${separator}${text.slice(0, headerEnd)}${body}${end}`, 'latin1');
}

function usualFields(draft) {
  const { from, to, subject, sentMs, written, id, references } = draft;
  const usual = {
    date: dateField(sentMs, from.zone),
    from: mailbox(from),
    to: to.map(mailbox).join(',\n '),
    subject: encodedWords(subject, { charset: 'utf-8', encoding: from.encoding }),
    ...written,
  };
  const names = { date: 'Date', from: 'From', to: 'To', subject: 'Subject' };
  const host = from.address.split('@')[1];
  return [
    `Received: from ${host} by mail.marrowfield.example with ESMTP\n for <society@marrowfield.example>; ${dateField(sentMs, 0)}`,
    ...Object.entries(names)
      .filter(([key]) => usual[key] !== null)
      .map(([key, name]) => `${name}: ${usual[key]}`),
    `Message-ID: ${id}`,
    ...(references.length > 0
      ? [`In-Reply-To: ${references.at(-1)}`, `References: ${references.join('\n ')}`]
      : []),
    ...draft.more,
  ];
}

/** Between 2006 and 2010 the society used Thunderbird, which puts its state first. */
function statusBefore({ sentMs, flags }, read) {
  if (!isThunderbird(sentMs)) return [];
  const bits =
    (read ? 1 : 0) | (flags.answered ? 2 : 0) | (flags.starred ? 4 : 0) | (flags.deleted ? 8 : 0);
  const status = bits.toString(16).padStart(4, '0');
  return [
    `X-Mozilla-Status: ${status}`,
    'X-Mozilla-Status2: 00000000',
    `X-Mozilla-Keys: ${' '.repeat(40)}`,
  ];
}

/** Before and afterwards it was mutt, and a server like Dovecot. */
function statusBehind({ sentMs, flags }, read) {
  if (isThunderbird(sentMs)) return [];
  const letters = Object.entries({
    A: flags.answered,
    F: flags.starred,
    T: flags.draft,
    D: flags.deleted,
  })
    .filter(([, set]) => set)
    .map(([letter]) => letter)
    .join('');
  return [`Status: ${read ? 'RO' : 'O'}`, ...(letters ? [`X-Status: ${letters}`] : [])];
}

function isThunderbird(sentMs) {
  return sentMs >= THUNDERBIRD_FROM && sentMs < THUNDERBIRD_TO;
}

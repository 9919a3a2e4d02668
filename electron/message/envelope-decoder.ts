/**
 * Decodes the envelopes of many messages into the columns of a batch: about a microsecond for a
 * message of the usual kind. Imports only this folder.
 *
 * The fast way works on bytes and knows only plain headers; any other message, and any other field,
 * goes the way of `readEnvelope` and `attachmentsCarried`. Both ways give the same (property test).
 */

import { trimmed } from './byte-text.ts';
import { attachmentsCarried, carriedInPartsOf } from './attachments-carried.ts';
import { BatchWriter, type Recurring } from './batch-writer.ts';
import { commonDate } from './common-date.ts';
import { parseDate } from './date.ts';
import { DecodedFields } from './decoded-fields.ts';
import { HEADER_BYTES_MAX, readEnvelope } from './envelope.ts';
import { type EnvelopeBatch, PEOPLE_LENGTH_MAX } from './envelope-batch.ts';
import {
  CC,
  CONTENT_DISPOSITION,
  CONTENT_TYPE,
  DATE,
  FieldPlaces,
  FROM,
  IN_REPLY_TO,
  LIST_ID,
  LIST_POST,
  MAILING_LIST,
  MESSAGE_ID,
  REFERENCES,
  STATUS,
  SUBJECT,
  TO,
  X_GMAIL_LABELS,
  X_KEYWORDS,
  X_MAILING_LIST,
  X_MOZILLA_KEYS,
  X_MOZILLA_STATUS,
  X_STATUS,
} from './field-places.ts';
import { flagBits, type FlagWords, letterBits, LETTERS_MAX, READ } from './flags.ts';
import { copied, recipients, sender } from './correspondents.ts';
import { needsGuess } from './charset.ts';
import { headerCharset, recoded } from './header-charset.ts';
import { decodeHeaderText } from './header-text.ts';
import { gmailLabels, joinedLabels, keywordLabels, listName } from './lists-and-labels.ts';
import { LINK_WORDS, MessageLinks } from './message-links.ts';

/** A message in some bytes, as much of it as stands there. */
export interface MessageBytes {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
}

/** Where the parts of a message lie, from its first byte. */
export interface MessageParts {
  /** To the body; 0 if no empty line was found. */
  readonly headerLength: number;
  /** Bytes of the separator line, 0 if it has none. */
  readonly separatorLength: number;
}

/** Gives a message with its body, where only its header was at hand. */
export type WithBody = () => MessageBytes;

export class EnvelopeDecoder {
  readonly #places = new FieldPlaces();
  readonly #links = new MessageLinks();
  readonly #senders = new DecodedFields(sender);
  readonly #recipients = new DecodedFields(recipients);
  readonly #copied = new DecodedFields(copied);
  readonly #lists = new DecodedFields(listName);
  readonly #gmailLabels = new DecodedFields(gmailLabels);
  readonly #keywords = new DecodedFields(keywordLabels);
  #batch = new BatchWriter(0);

  /** Begins a batch of about so many messages. */
  begin(messages: number): void {
    this.#batch = new BatchWriter(messages);
    for (const fields of [this.#senders, this.#recipients, this.#copied]) fields.nextBatch();
    for (const fields of [this.#lists, this.#gmailLabels, this.#keywords]) fields.nextBatch();
  }

  /** Adds the next message of the batch. @param withBody asked only for messages of several parts */
  add(
    message: MessageBytes,
    parts: MessageParts,
    marks: FlagWords | null,
    withBody: WithBody,
  ): void {
    if (marks === null && this.#addPlain(message, parts, withBody)) return;
    const { bytes, start, end } = withBody();
    const stored = bytes.subarray(start, end);
    const { headerLength, separatorLength } = parts;
    const envelope = readEnvelope(stored, headerLength, separatorLength, marks);
    const kinds = attachmentsCarried(stored, headerLength);
    const batch = this.#batch;
    batch.subject(envelope.subject);
    batch.links(envelope.links, envelope.links.length / LINK_WORDS);
    batch.message(envelope.date ?? Number.NaN, envelope.flags, kinds, {
      from: this.#text(envelope.from),
      to: this.#text(envelope.to),
      cc: this.#text(envelope.cc),
      list: this.#text(envelope.list),
      labels: this.#text(envelope.labels),
    });
  }

  /** What was added, in its order. */
  done(): EnvelopeBatch {
    return this.#batch.done();
  }

  #text(text: string): number {
    const bytes = Buffer.from(text.slice(0, PEOPLE_LENGTH_MAX), 'utf8');
    return this.#batch.person(bytes, 0, bytes.length);
  }

  #addPlain(
    { bytes, start, end }: MessageBytes,
    { headerLength, separatorLength }: MessageParts,
    withBody: WithBody,
  ): boolean {
    if (headerLength <= separatorLength || headerLength > HEADER_BYTES_MAX) return false;
    if (start + headerLength > end) return false;
    const header = start + separatorLength;
    if (!isPlainSeparator(bytes, start, header)) return false;
    const places = this.#places;
    if (!places.find(bytes, header, start + headerLength)) return false;
    if (!places.has(FROM)) return false;
    const date = this.#date(bytes);
    // The separator line has to tell.
    if (date === null) return false;
    const kinds = this.#carried(bytes, start, headerLength, withBody);
    if (kinds === null) return false;
    const batch = this.#batch;
    this.#subject(bytes);
    this.#addLinks(bytes);
    batch.message(date, this.#flags(bytes), kinds, this.#recurring(bytes));
    return true;
  }

  #recurring(bytes: Buffer): Recurring {
    const charset = (): string | null => this.#charset(bytes);
    return {
      from: this.#person(bytes, FROM, this.#senders, charset),
      to: this.#person(bytes, TO, this.#recipients, charset),
      cc: this.#person(bytes, CC, this.#copied, charset),
      list: this.#list(bytes),
      labels: this.#labels(bytes),
    };
  }

  #person(bytes: Buffer, field: number, decoded: DecodedFields, charset = guess): number {
    const places = this.#places;
    if (!places.has(field)) return 0;
    return decoded.person(bytes, places.start(field), places.end(field), this.#batch, charset);
  }

  /** What bytes outside ASCII are in, in this message. */
  #charset(bytes: Buffer): string | null {
    return headerCharset(this.#value(bytes, CONTENT_TYPE));
  }

  #list(bytes: Buffer): number {
    for (const field of LIST_FIELDS) {
      const name = this.#person(bytes, field, this.#lists);
      if (name !== 0) return name;
    }
    return 0;
  }

  #labels(bytes: Buffer): number {
    const gmail = this.#person(bytes, X_GMAIL_LABELS, this.#gmailLabels);
    const mozilla = this.#person(bytes, X_MOZILLA_KEYS, this.#keywords);
    const keywords = this.#person(bytes, X_KEYWORDS, this.#keywords);
    const present = Number(gmail > 0) + Number(mozilla > 0) + Number(keywords > 0);
    if (present < 2) return gmail || mozilla || keywords;
    const value = (field: number): string => this.#value(bytes, field) ?? '';
    return this.#text(
      joinedLabels([
        gmailLabels(value(X_GMAIL_LABELS)),
        keywordLabels(value(X_MOZILLA_KEYS)),
        keywordLabels(value(X_KEYWORDS)),
      ]),
    );
  }

  #date(bytes: Buffer): number | null {
    const places = this.#places;
    if (!places.has(DATE)) return null;
    let [from, to] = [places.start(DATE), places.end(DATE)];
    while (from < to && bytes[from] === SPACE) from += 1;
    while (from < to && (bytes[to - 1] === CR || bytes[to - 1] === SPACE)) to -= 1;
    const date = commonDate(bytes, from, to);
    return Number.isNaN(date) ? parseDate(this.#value(bytes, DATE) ?? '') : date;
  }

  #subject(bytes: Buffer): void {
    const places = this.#places;
    if (!places.has(SUBJECT)) this.#batch.subject('');
    else if (!this.#batch.plainSubject(bytes, places.start(SUBJECT), places.end(SUBJECT))) {
      const value = this.#value(bytes, SUBJECT) ?? '';
      const charset = needsGuess(value) ? this.#charset(bytes) : null;
      this.#batch.subject(decodeHeaderText(recoded(value, charset)));
    }
  }

  #addLinks(bytes: Buffer): void {
    const places = this.#places;
    const links = this.#links;
    links.begin();
    if (places.has(MESSAGE_ID)) {
      links.messageId(bytes, places.start(MESSAGE_ID), places.end(MESSAGE_ID));
    }
    if (places.has(REFERENCES)) {
      links.references(bytes, places.start(REFERENCES), places.end(REFERENCES));
    }
    if (places.has(IN_REPLY_TO)) {
      links.inReplyTo(bytes, places.start(IN_REPLY_TO), places.end(IN_REPLY_TO));
    }
    this.#batch.links(links.words, links.count);
  }

  #flags(bytes: Buffer): number {
    const places = this.#places;
    if (!places.has(X_MOZILLA_STATUS)) {
      if (!places.has(X_STATUS) && !places.has(STATUS)) return READ;
      const lengths = places.length(STATUS) + places.length(X_STATUS);
      if (lengths <= LETTERS_MAX) {
        return this.#letters(bytes, STATUS) | this.#letters(bytes, X_STATUS);
      }
    }
    return flagBits({
      status: this.#value(bytes, STATUS),
      xStatus: this.#value(bytes, X_STATUS),
      xMozillaStatus: this.#value(bytes, X_MOZILLA_STATUS),
    });
  }

  #letters(bytes: Buffer, field: number): number {
    const places = this.#places;
    return places.has(field) ? letterBits(bytes, places.start(field), places.end(field)) : 0;
  }

  /** Null if only `attachmentsCarried` can tell, from the whole message. */
  #carried(bytes: Buffer, start: number, headerLength: number, withBody: WithBody): number | null {
    const places = this.#places;
    if (!places.has(CONTENT_TYPE) && !places.has(CONTENT_DISPOSITION)) return 0;
    if (places.has(CONTENT_TYPE)) {
      const kind = kindAt(bytes, places.start(CONTENT_TYPE), places.end(CONTENT_TYPE));
      if (kind === 'text' && !places.has(CONTENT_DISPOSITION)) return 0;
      if (kind === 'odd') return null;
      if (kind === 'multipart') {
        const type = this.#value(bytes, CONTENT_TYPE) ?? '';
        const whole = withBody();
        const body = whole.bytes.subarray(whole.start + headerLength, whole.end);
        return carriedInPartsOf(type, body);
      }
    }
    return attachmentsCarried(bytes.subarray(start, start + headerLength), headerLength);
  }

  #value(bytes: Buffer, field: number): string | null {
    const places = this.#places;
    if (!places.has(field)) return null;
    return trimmed(bytes.toString('latin1', places.start(field), places.end(field)));
  }
}

/** In the order in which they are believed. */
const LIST_FIELDS = [LIST_ID, LIST_POST, X_MAILING_LIST, MAILING_LIST] as const;

/** Of what nobody declares. */
const guess = (): string | null => null;

const CR = 0x0d;
const LF = 0x0a;
const TAB = 0x09;
const SPACE = 0x20;
const TEXT = Buffer.from('text/', 'latin1');
const MULTIPART = Buffer.from('multipart/', 'latin1');

/** True if every line of what stands in front of a header ends in LF or CRLF. */
function isPlainSeparator(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    if (bytes[at] === CR && (at + 1 === to || bytes[at + 1] !== LF)) return false;
  }
  return from === to || bytes[to - 1] === LF;
}

/** What a Content-Type begins with; `odd` if that is no letter. */
function kindAt(bytes: Uint8Array, start: number, end: number): 'text' | 'multipart' | 'odd' | '' {
  let at = start;
  while (at < end && isBlank(bytes[at] ?? 0)) at += 1;
  const letter = (bytes[at] ?? 0) | 0x20;
  if (at >= end || letter < 0x61 || letter > 0x7a) return 'odd';
  if (beginsWith(bytes, at, end, TEXT)) return 'text';
  return beginsWith(bytes, at, end, MULTIPART) ? 'multipart' : '';
}

function isBlank(byte: number): boolean {
  return byte === SPACE || byte === TAB || byte === CR || byte === LF;
}

/** True if some bytes begin with a word in lower case, in whatever case. */
function beginsWith(bytes: Uint8Array, at: number, end: number, word: Uint8Array): boolean {
  if (at + word.length > end) return false;
  for (let index = 0; index < word.length; index++) {
    const byte = bytes[at + index] ?? 0;
    const lower = byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte;
    if (lower !== word[index]) return false;
  }
  return true;
}

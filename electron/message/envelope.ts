/**
 * What a list shows of a message, read from its header alone. Imports only shared and this folder.
 *
 * Promises: some microseconds a message, never throws; what the header does not say comes from the
 * From_ line, as the date of drafts and chats in Takeout archives does.
 */

import { parseDate, parseSeparatorDate } from './date.ts';
import { flagBits, flagBitsOf, type FlagWords } from './flags.ts';
import { headerCharset, recoded } from './header-charset.ts';
import { latin1, type WantedFields, wantedFields } from './header-fields.ts';
import { decodeHeaderText } from './header-text.ts';
import { copied, recipients, sender } from './correspondents.ts';
import {
  gmailLabels,
  joinedLabels,
  keptLabels,
  keywordLabels,
  listName,
} from './lists-and-labels.ts';
import { LINK_WORDS, MessageLinks } from './message-links.ts';

export interface Envelope {
  /**
   * Who wrote it, as it is kept (`correspondents.ts`): what a list shows, a name, else an address, else
   * nothing, and what else it is found by.
   */
  readonly from: string;
  /** To whom, the same way: the first ones are shown. */
  readonly to: string;
  /** Who got a copy, to be found by. */
  readonly cc: string;
  /** The mailing list it came by; empty for none. */
  readonly list: string;
  /** Its labels as they are kept (`lists-and-labels.ts`). */
  readonly labels: string;
  readonly subject: string;
  /** Milliseconds since 1970, UTC; null where no date can be read. */
  readonly date: number | null;
  /** Bits of `flags.ts`. */
  readonly flags: number;
  /** True if the message has parts; what it carries else can be told from its header alone. */
  readonly multipart: boolean;
  /** The ids of `message-links.ts`, two words each. */
  readonly links: Uint32Array;
}

/** A header beyond this is no header; nothing a list needs stands so far down. */
export const HEADER_BYTES_MAX = 256 * 1024;
const SEPARATOR_LENGTH_MAX = 1000;

/**
 * Reads a message's envelope.
 * @param stored the beginning of the message as stored, separator line included
 * @param headerLength from its first byte to its body; 0 if no empty line was found
 * @param separatorLength the bytes of the separator line, 0 if it has none
 * @param marks the words by which the archive flags it outside of its header; null if it has none
 */
export function readEnvelope(
  stored: Uint8Array,
  headerLength: number,
  separatorLength: number,
  marks: FlagWords | null = null,
): Envelope {
  const headerEnd = headerLength > separatorLength ? headerLength : stored.length;
  const fields = wantedFields(
    latin1(stored, separatorLength, Math.min(headerEnd, separatorLength + HEADER_BYTES_MAX)),
  );
  const charset = headerCharset(fields.contentType);
  const text = (value: string): string => recoded(value, charset);
  let date = fields.date === null ? null : parseDate(fields.date);
  let from = fields.from === null ? '' : sender(text(fields.from));
  if (date === null || fields.from === null) {
    const line = fromLineIn(latin1(stored, 0, Math.min(separatorLength, SEPARATOR_LENGTH_MAX)));
    date ??= parseSeparatorDate(line);
    if (fields.from === null) from = separatorSender(line);
  }
  return {
    from,
    to: fields.to === null ? '' : recipients(text(fields.to)),
    cc: fields.cc === null ? '' : copied(text(fields.cc)),
    list: listIn(fields),
    labels: labelsIn(fields, marks),
    subject: fields.subject === null ? '' : decodeHeaderText(text(fields.subject)),
    date,
    flags: marks ? flagBitsOf(marks) : flagBits(fields),
    multipart: /^\s*multipart\//i.test(fields.contentType ?? ''),
    links: linksIn(fields),
  };
}

function listIn({ listId, listPost, xMailingList, mailingList }: WantedFields): string {
  for (const value of [listId, listPost, xMailingList, mailingList]) {
    const name = value === null ? '' : listName(value);
    if (name !== '') return name;
  }
  return '';
}

function labelsIn(fields: WantedFields, marks: FlagWords | null): string {
  const { xGmailLabels, xMozillaKeys, xKeywords } = fields;
  return joinedLabels([
    xGmailLabels === null ? '' : gmailLabels(xGmailLabels),
    xMozillaKeys === null ? '' : keywordLabels(xMozillaKeys),
    xKeywords === null ? '' : keywordLabels(xKeywords),
    keptLabels(marks?.labels ?? []),
  ]);
}

function linksIn({ messageId, references, inReplyTo }: WantedFields): Uint32Array {
  const links = new MessageLinks();
  const bytes = (value: string): Buffer => Buffer.from(value, 'latin1');
  links.begin();
  if (messageId !== null) links.messageId(bytes(messageId), 0, messageId.length);
  if (references !== null) links.references(bytes(references), 0, references.length);
  if (inReplyTo !== null) links.inReplyTo(bytes(inReplyTo), 0, inReplyTo.length);
  return links.words.slice(0, links.count * LINK_WORDS);
}

/** The From_ line in what stands in front of a header: in MMDF a postmark comes first. */
function fromLineIn(separator: string): string {
  const at = separator.search(/^From /m);
  return at < 0 ? '' : separator.slice(at);
}

/** The address in a From_ line, if it is one. */
function separatorSender(line: string): string {
  const word = /^From\s+(\S+)/.exec(line)?.[1] ?? '';
  return word.includes('@') && !word.includes('?') ? decodeHeaderText(word) : '';
}

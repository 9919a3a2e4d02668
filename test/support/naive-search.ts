/**
 * A slow search, obviously right, over plain objects: each message is asked each term, and nothing is
 * remembered. What it takes for a word it decides by itself.
 */

import type { Query, Term } from '../../electron/catalog/query/query.ts';
import type { TextSearch, TextTerm } from '../../electron/catalog/query/text-search.ts';
import { spanOf } from '../../electron/catalog/query/values.ts';

/** Labels of Gmail that mean a draft, of those that tests draw. */
const DRAFT_LABELS = ['Brouillons', 'Drafts'];

export interface NaiveMessage {
  /** Shown, and behind a zero what else it is found by. */
  readonly from: string;
  readonly to: string;
  readonly cc: string;
  readonly list: string;
  readonly labels: readonly string[];
  readonly subject: string;
  readonly date: number | null;
  readonly flags: number;
  readonly attachment: boolean;
  readonly bytes: number;
  readonly isMarked: boolean;
  /** Null while nobody has read it. */
  readonly text: string | null;
  /** Names of its attachments. */
  readonly files: readonly string[];
  /** False while its envelope has not been read. */
  readonly isRead: boolean;
  /** Media types of its parts, where they matter. */
  readonly types?: readonly string[];
  readonly id?: string;
}

export type Fits = 'yes' | 'no' | 'unknown';

const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .normalize('NFC')
    .replaceAll('ß', 'ss')
    .replaceAll('æ', 'ae')
    .replaceAll('œ', 'oe')
    .replaceAll('þ', 'th')
    .replace(/[øłđðħŧŋıς]/g, (letter) => 'olddhtniσ'.charAt('øłđðħŧŋıς'.indexOf(letter)))
    .replace(/\s+/g, ' ');
const holds = (text: string, what: string): boolean => plain(text).includes(what);
const yesIf = (fits: boolean): Fits => (fits ? 'yes' : 'no');

export function naiveVerdict(query: Query, message: NaiveMessage, now: number): Fits {
  if (query.is === 'term') return termVerdict(query.term, message, now);
  if (query.is === 'not') {
    const fits = naiveVerdict(query.of, message, now);
    return fits === 'unknown' ? fits : yesIf(fits === 'no');
  }
  const each = query.of.map((one) => naiveVerdict(one, message, now));
  const [enough, otherwise] =
    query.is === 'any' ? (['yes', 'no'] as const) : (['no', 'yes'] as const);
  if (each.includes(enough)) return enough;
  return each.includes('unknown') ? 'unknown' : otherwise;
}

function termVerdict(term: Term, message: NaiveMessage, now: number): Fits {
  if (term.term === 'bytes') {
    const { bytes } = message;
    return yesIf(term.than === 'larger' ? bytes > term.bytes : bytes < term.bytes);
  }
  if (term.term === 'is' && term.what === 'marked') return yesIf(message.isMarked);
  const inText = textVerdict(term, message);
  if (inText === 'yes' || isOfText(term)) return inText ?? 'no';
  const inEnvelope = message.isRead ? yesIf(envelopeFits(term, message, now)) : 'unknown';
  if (inEnvelope === 'yes') return 'yes';
  return inText === 'unknown' ? 'unknown' : inEnvelope;
}

const isOfText = (term: Term): boolean =>
  term.term === 'file' ||
  term.term === 'type' ||
  (term.term === 'words' && term.where === 'body' && wordsOf(term.text).length > 0);

/** Null where the text has no say. */
function textVerdict(term: Term, message: NaiveMessage): Fits | null {
  if (term.term === 'file') return textFits({ in: 'file', words: term.text.split(' ') }, message);
  if (term.term === 'type') return textFits({ in: 'type', type: term.type }, message);
  if (term.term !== 'words' || (term.where !== 'anywhere' && term.where !== 'body')) return null;
  const words = wordsOf(term.text);
  return words.length === 0 ? null : textFits({ in: 'text', words, match: term.match }, message);
}

/** Runs of letters and digits; in scripts without spaces, characters. */
function wordsOf(text: string): string[] {
  const words: string[] = [];
  let run = '';
  for (const letter of plain(text)) {
    const isAlone =
      /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Bopomofo}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}ー々〆]/u.test(
        letter,
      );
    const isOfWord = !isAlone && /[\p{L}\p{N}\p{M}_]/u.test(letter);
    if (isOfWord) run += letter;
    else {
      if (run !== '') words.push(run);
      run = '';
      if (isAlone) words.push(letter);
    }
  }
  return run === '' ? words : [...words, run];
}

export function textFits(term: TextTerm, message: NaiveMessage): Fits {
  if (message.text === null) return 'unknown';
  switch (term.in) {
    case 'file':
      return yesIf(message.files.some((name) => term.words.every((word) => holds(name, word))));
    case 'type':
      return yesIf(
        message.files.some((name) => plain(name).endsWith(`.${term.type}`)) ||
          (message.types ?? message.files.map(typeOf)).some(
            (type) => type === term.type || type.startsWith(`${term.type}/`),
          ),
      );
    case 'text': {
      const there = wordsOf(message.text);
      return yesIf(
        there.some((_word, at) =>
          term.words.every((word, index) => {
            const other = there[at + index] ?? '';
            const mayBegin = term.match === 'beginning' && index === term.words.length - 1;
            return mayBegin ? other !== '' && other.startsWith(word) : other === word;
          }),
        ),
      );
    }
  }
}

const typeOf = (name: string): string => (name.endsWith('.png') ? 'image/png' : 'application/pdf');

/** Asks each message in turn. */
export function naiveTexts(messages: readonly NaiveMessage[]): TextSearch {
  const said = { yes: 1, no: 0, unknown: 2 } as const;
  return {
    find: async (term) => Uint8Array.from(messages, (message) => said[textFits(term, message)]),
  };
}

function envelopeFits(term: Term, message: NaiveMessage, now: number): boolean {
  switch (term.term) {
    case 'words':
      return wordsFit(term, message);
    case 'label':
      return message.labels.some((label) =>
        term.match === 'exact' ? plain(label) === term.text : holds(label, term.text),
      );
    case 'list': {
      const name = term.text.replaceAll('@', '.');
      if (message.list === '') return false;
      return term.match === 'exact' ? message.list === name : message.list.includes(name);
    }
    case 'has':
      return {
        attachment: message.attachment,
        label: message.labels.length > 0,
        list: message.list !== '',
        cc: message.cc !== '',
        subject: message.subject !== '',
        date: message.date !== null,
      }[term.what];
    case 'is': {
      const bits = {
        unread: 1,
        read: 1,
        answered: 2,
        starred: 4,
        draft: 8,
        deleted: 16,
        marked: 0,
      };
      const isSet =
        (message.flags & bits[term.what]) !== 0 ||
        (term.what === 'draft' && message.labels.some((one) => DRAFT_LABELS.includes(one)));
      return term.what === 'unread' ? !isSet : isSet;
    }
    case 'date': {
      const { date } = message;
      const { from, to } = spanOf(term.date, now);
      if (date === null) return false;
      if (term.when === 'before') return date < from;
      return date >= from && (term.when === 'after' || date < to);
    }
    case 'id':
      return message.id === term.id;
    default:
      return false;
  }
}

function wordsFit(term: Term & { readonly term: 'words' }, message: NaiveMessage): boolean {
  const { from, to, cc, subject } = message;
  const places = { from: [from], to: [to], cc: [cc], subject: [subject], body: [] };
  const where = term.where === 'anywhere' ? [from, to, cc, subject] : places[term.where];
  return where.some((text: string) => holds(text, term.text));
}

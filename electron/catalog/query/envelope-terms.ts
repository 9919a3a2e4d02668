/**
 * What envelopes say to the terms of a query. Imports the columns of envelopes and this folder.
 *
 * A text that recurs, a sender or a list, is looked at once. A message whose envelope has not been read
 * is not known to fit or not.
 */

import { ASCII_SUBJECT_BIT } from '../../message/envelope-batch.ts';
import { ANSWERED, DELETED, DRAFT, READ, STARRED } from '../../message/flags.ts';
import { labelsOf } from '../../message/lists-and-labels.ts';
import { MessageLinks } from '../../message/message-links.ts';
import { DRAFT_LABEL, labelBits } from '../../message/system-labels.ts';
import type { RecurringColumn } from '../envelope-columns.ts';
import type { Envelopes, Stored } from '../envelopes.ts';
import { folded } from '../folding.ts';
import { inStretches, type Steps } from '../../../shared/steps.ts';
import { TextBits } from '../text-bits.ts';
import { TextFinder } from '../text-finder.ts';
import { placeInBlock } from '../texts.ts';
import type { Term } from './query.ts';
import { spanOf } from './values.ts';
import { MAYBE, NO, type Range, type Verdicts, YES } from './verdicts.ts';

/** What a query is asked of. */
export interface Asked {
  readonly envelopes: Envelopes;
  bytesOf(number: number): number;
  isMarked(number: number): boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}

type Test = (number: number) => boolean;

/** Which of the wanted messages a term fits by what their envelopes say. */
export function* envelopeVerdicts(
  term: Term,
  asked: Asked,
  range: Range,
  wanted: Verdicts,
): Steps<Verdicts> {
  const { envelopes } = asked;
  const { from } = range;
  const verdicts = new Uint8Array(range.to - from);
  const test = testOf(term, asked);
  const isOfEnvelope = term.term !== 'bytes' && !(term.term === 'is' && term.what === 'marked');
  yield* inStretches(from, range.to, (first, end) => {
    for (let number = first; number < end; number++) {
      if (wanted[number - from] === NO) continue;
      if (isOfEnvelope && !envelopes.has(number)) verdicts[number - from] = MAYBE;
      else verdicts[number - from] = test(number) ? YES : NO;
    }
  });
  return verdicts;
}

function testOf(term: Term, asked: Asked): Test {
  const { envelopes } = asked;
  const { stored } = envelopes;
  switch (term.term) {
    case 'words':
      return wordsTest(term, stored);
    case 'label':
      return recurringTest(stored, 'labels', (text) =>
        labelsOf(text).some((label) => isNamed(folded(label), term.text, term.match)),
      );
    case 'list': {
      const name = term.text.replaceAll('@', '.');
      return recurringTest(stored, 'list', (text) => isNamed(text, name, term.match));
    }
    case 'has':
      return hasTest(term.what, stored);
    case 'is':
      return isTest(term.what, asked);
    case 'date': {
      const { from, to } = spanOf(term.date, asked.now);
      const { dates } = stored;
      // What has no date is at no time: no comparison with NaN is true.
      const date = (number: number): number => dates[number] ?? Number.NaN;
      if (term.when === 'before') return (number) => date(number) < from;
      if (term.when === 'after') return (number) => date(number) >= from;
      return (number) => date(number) >= from && date(number) < to;
    }
    case 'bytes':
      return term.than === 'larger'
        ? (number) => asked.bytesOf(number) > term.bytes
        : (number) => asked.bytesOf(number) < term.bytes;
    case 'id':
      return idTest(term.id, envelopes);
    case 'file':
    case 'type':
      return () => false;
  }
}

const isNamed = (name: string, text: string, match: 'beginning' | 'exact'): boolean =>
  match === 'exact' ? name === text : name.includes(text);

function wordsTest({ where, text }: Term & { readonly term: 'words' }, stored: Stored): Test {
  const finder = new TextFinder(text);
  const inPeople = (name: RecurringColumn): Test => recurringTest(stored, name, finder);
  const inSubject = subjectTest(stored, finder);
  switch (where) {
    case 'subject':
      return inSubject;
    case 'from':
    case 'to':
    case 'cc':
      return inPeople(where);
    case 'body':
      return () => false;
    case 'anywhere': {
      const [from, to, cc] = [inPeople('from'), inPeople('to'), inPeople('cc')];
      return (number) => from(number) || to(number) || cc(number) || inSubject(number);
    }
  }
}

const HAS_NOT = 1;
const HAS = 2;

/** Each distinct text is looked at when it is met first. */
function recurringTest(
  { people, ...columns }: Stored,
  name: RecurringColumn,
  fits: TextFinder | ((text: string) => boolean),
): Test {
  const column = columns[name];
  const { texts, places, bytes } = people;
  const known = new Uint8Array(people.count);
  const look = (person: number): boolean => {
    if (!(fits instanceof TextFinder)) return fits(people.text(person));
    const place = places[person] ?? 0;
    const at = placeInBlock(place);
    return fits.isIn(texts.block(place), at, at + (bytes[person] ?? 0), 'any');
  };
  return (number) => {
    const person = column[number] ?? 0;
    if (person === 0) return false;
    const before = known[person];
    if (before) return before === HAS;
    const has = look(person);
    known[person] = has ? HAS : HAS_NOT;
    return has;
  };
}

function subjectTest({ subjects, places, subjectBytes, bits }: Stored, finder: TextFinder): Test {
  return (number) => {
    const place = places[number] ?? 0;
    const at = placeInBlock(place);
    const kind = ((bits[number] ?? 0) & ASCII_SUBJECT_BIT) !== 0 ? 'ascii' : 'any';
    return finder.isIn(subjects.block(place), at, at + (subjectBytes[number] ?? 0), kind);
  };
}

function hasTest(what: Extract<Term, { term: 'has' }>['what'], stored: Stored): Test {
  const { kinds, labels, list, cc, subjectBytes, dates } = stored;
  switch (what) {
    case 'attachment':
      return (number) => (kinds[number] ?? 0) !== 0;
    case 'label':
      return (number) => labels[number] !== 0;
    case 'list':
      return (number) => list[number] !== 0;
    case 'cc':
      return (number) => cc[number] !== 0;
    case 'subject':
      return (number) => subjectBytes[number] !== 0;
    case 'date':
      return (number) => !Number.isNaN(dates[number] ?? Number.NaN);
  }
}

const FLAGS = { starred: STARRED, answered: ANSWERED, deleted: DELETED } as const;

function isTest(what: Extract<Term, { term: 'is' }>['what'], asked: Asked): Test {
  const { bits, labels, people } = asked.envelopes.stored;
  switch (what) {
    case 'draft': {
      const said = new TextBits(people, labelBits);
      return (number) =>
        ((bits[number] ?? 0) & DRAFT) !== 0 || (said.of(labels[number] ?? 0) & DRAFT_LABEL) !== 0;
    }
    case 'marked':
      return (number) => asked.isMarked(number);
    case 'unread':
      return (number) => ((bits[number] ?? 0) & READ) === 0;
    case 'read':
      return (number) => ((bits[number] ?? 0) & READ) !== 0;
    default: {
      const flag = FLAGS[what];
      return (number) => ((bits[number] ?? 0) & flag) !== 0;
    }
  }
}

/** By the hash of the id that threads are made by. */
function idTest(id: string, { links }: Envelopes): Test {
  const own = new MessageLinks();
  const bytes = Buffer.from(id, 'utf8');
  own.begin();
  own.messageId(bytes, 0, bytes.length);
  const [low, high] = own.words;
  if (low === 0 && high === 0) return () => false;
  return (number) => {
    if (links.count(number) === 0) return false;
    const start = links.start(number);
    const block = links.block(number);
    return block[start] === low && block[start + 1] === high;
  };
}

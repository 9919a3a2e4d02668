/**
 * Goal: 200 queries over the sample archive and over real ones, written ones and ones drawn from the words
 * of their mail, find exactly what a slow, obviously right scan over the decoded messages finds.
 */

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
// biome-ignore lint/correctness/useImportExtensions: it mistakes the types beside it for the module
import { sampleMailbox } from '../../build/sample/sample.mjs';
import { parse } from '../../electron/catalog/query/parse.ts';
import type { Archive } from '../../electron/engine/archive/archive.ts';
import { foundBy } from '../../electron/engine/listing/found-by.ts';
import { readHeader, latin1 } from '../../electron/message/header-fields.ts';
import { decodeHeaderText } from '../../electron/message/header-text.ts';
import { attachmentsCarried } from '../../electron/message/attachments-carried.ts';
import { readEnvelope } from '../../electron/message/envelope.ts';
import { OpenMessage } from '../../electron/message/read-message.ts';
import { bytesInMemory } from '../../electron/message/byte-source.ts';
import { messageNumber } from '../../shared/units.ts';
import { openCorpus } from '../support/corpus.ts';
import { type NaiveMessage, naiveVerdict } from '../support/naive-search.ts';
import { indexed, opened } from '../support/indexed-archive.ts';
import { testFolder } from '../support/opened-archive.ts';
import { type SearchedText, searchedText } from '../support/searched-text.ts';

const WRITTEN = [
  'the',
  'letter',
  'LETTER',
  '"the village"',
  'the -village',
  'harvest OR boat',
  '-the',
  '-has:attachment',
  'from:anna',
  'to:anna',
  'cc:anna',
  'subject:re',
  'body:re',
  'from:example.org',
  'from:@',
  'subject:"re:"',
  'has:attachment',
  'has:cc',
  'has:date',
  '-has:date',
  'has:subject',
  '-has:subject',
  'has:list',
  'has:label',
  'is:unread',
  'is:read',
  'is:starred',
  'is:answered',
  'is:deleted',
  'is:marked',
  '-is:read is:starred',
  'before:2003',
  'after:2003',
  'on:2003',
  'on:2003-05',
  'before:2003-05-17 after:2001',
  'after:1d',
  'before:10y',
  'larger:10k',
  'smaller:1k',
  'larger:1k smaller:2k',
  'larger:1M',
  'type:pdf',
  'type:image',
  'type:image/png',
  'type:text',
  'file:pdf',
  'file:.',
  'has:pdf',
  '-type:image has:attachment',
  'é',
  'e',
  'ß',
  'ss',
  'ø',
  'ł',
  'æ',
  'straße',
  'strasse',
  '東京',
  '日',
  '京',
  'the (harvest OR (boat -ferry))',
  'from:(anna OR bert) has:attachment',
  'is:nonsense the',
  'on:2003-13',
  '(((',
  '"',
  'OR OR',
  '-',
  '',
  '!!!',
  'a',
  '1',
  '2003',
  'http',
  'www',
  'http://',
  'body:"of the"',
  'body:"of th"',
  '"of the"',
  'of the',
  'label:work',
  'list:a',
  'id:nobody@nowhere',
];

async function searchedOf(archive: Archive, number: number): Promise<SearchedText> {
  const of = messageNumber(number);
  const stored = await archive.stored(archive.keyOf(of));
  const message = archive.mailbox.format.messageIn(stored, archive.mailbox.table.span(of));
  return searchedText(await OpenMessage.open(bytesInMemory(message), ''));
}

/** A message as a person would look through it: every field decoded by itself. */
async function naiveOf(archive: Archive, number: number): Promise<NaiveMessage> {
  const of = messageNumber(number);
  const span = archive.mailbox.table.span(of);
  const stored = await archive.stored(archive.keyOf(of));
  const { fields } = readHeader(latin1(stored.subarray(span.separatorLength, span.headerLength)));
  const value = (name: string): string =>
    decodeHeaderText(fields.find((field) => field.name.toLowerCase() === name)?.value ?? '');
  const { format } = archive.mailbox;
  const marks = format.marksIn(stored, span);
  const envelope = readEnvelope(stored, span.headerLength, span.separatorLength, marks);
  const { from, date, flags } = envelope;
  const { texts, files } = await searchedOf(archive, number);
  return {
    // Mailing lists' archives hide addresses: `anna at boats.example`.
    from: / at /.test(value('from')) ? from : value('from') || from,
    to: value('to'),
    cc: value('cc'),
    list: /<([^<>]*)>[^<>]*$/.exec(value('list-id'))?.[1]?.toLowerCase() ?? '',
    labels:
      format.name === 'babyl'
        ? envelope.labels.split('\n').filter((label) => label !== '')
        : value('x-gmail-labels')
            .split(',')
            .filter((label) => label !== ''),
    subject: value('subject'),
    date,
    flags,
    attachment: attachmentsCarried(stored, span.headerLength) !== 0,
    bytes: span.length,
    isMarked: false,
    text: texts.map(withoutEncodedLines).join('\n'),
    files: files.map(({ name }) => name),
    types: files.map(({ type }) => type),
    isRead: true,
    id: value('message-id').replace(/[<>\s]/g, ''),
  };
}

/** Lines of encoded bytes, as of keys and signatures, say nothing: nobody looks for words in them. */
function withoutEncodedLines(text: string): string {
  const count = (line: string, what: RegExp): number => line.match(what)?.length ?? 0;
  const isEncoded = (line: string): boolean =>
    /^[A-Za-z0-9+/=]{60,1000}\s*$/.test(line) &&
    count(line, /[A-Z]/g) > 4 &&
    count(line, /[a-z]/g) > 4 &&
    count(line, /[0-9]/g) > 1;
  return text
    .split('\n')
    .filter((line) => !isEncoded(line))
    .join('\n');
}

function drawnQueries(messages: readonly NaiveMessage[], count: number): string[] {
  let state = 17;
  const below = (end: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * end);
  };
  const wordOf = (text: string): string => {
    const words = text.match(/[\p{L}\p{N}]{2,}/gu) ?? ['the'];
    return words[below(words.length)] ?? 'the';
  };
  const term = (): string => {
    const message = messages[below(messages.length)];
    if (!message) return 'the';
    switch (below(8)) {
      case 0:
        return `from:${wordOf(message.from)}`;
      case 1:
        return `subject:${wordOf(message.subject)}`;
      case 2:
        return `body:${wordOf(message.text ?? '')}`;
      case 3:
        return `"${wordOf(message.text ?? '')}"`;
      case 4:
        return `id:${message.id ?? ''}`;
      case 5:
        return wordOf(message.text ?? '').slice(0, 3);
      default:
        return wordOf(message.text ?? '');
    }
  };
  return Array.from({ length: count }, () => {
    const [one, other] = [term(), term()];
    switch (below(4)) {
      case 0:
        return `${one} ${other}`;
      case 1:
        return `${one} OR ${other}`;
      case 2:
        return `${one} -${other}`;
      default:
        return one;
    }
  });
}

async function expectAgreement(archive: Archive, count: number): Promise<number> {
  expect(await indexed(archive)).toMatchObject({ state: 'complete', covered: archive.count });
  const messages: NaiveMessage[] = [];
  for (let number = 0; number < archive.count; number++) {
    messages.push(await naiveOf(archive, number));
  }
  const queries = [...WRITTEN, ...drawnQueries(messages, Math.max(0, count - WRITTEN.length))];
  let found = 0;
  for (const [asked, query] of queries.slice(0, count).entries()) {
    // Every fifth one reads the texts for itself; the others ask the index.
    archive.texts.index = asked % 5 === 0 ? null : archive.indexing;
    const now = Date.now();
    const parsed = parse(query).query;
    const expected = messages.flatMap((message, number) =>
      naiveVerdict(parsed, message, now) === 'yes' ? [number] : [],
    );
    const { numbers } = await foundBy(archive, query);
    expect([...numbers], query).toEqual(expected);
    found += expected.length > 0 ? 1 : 0;
  }
  return found;
}

it('200 queries find what a slow scan of the sample archive finds', {
  timeout: 240_000,
}, async () => {
  const folder = testFolder();
  const file = path.join(folder, 'sample');
  writeFileSync(file, sampleMailbox());
  const archive = await opened(file, folder);
  expect(archive.count).toBeGreaterThan(400);
  expect(await expectAgreement(archive, 200)).toBeGreaterThan(120);
});

/** Real archives of several kinds, from those that the corpus has. */
const REAL = [
  'files/gyb-takeout/samples/google-takeout/takeout.mbox',
  'files/mimekit/UnitTests/TestData/mbox/content-length.mbox.txt',
  'files/ponymail/corpus/maven-dev-2017-11-listsao.mbox',
  'files/twisted-pipermail/twisted-python/2004-March.txt.gz',
  'files/twisted-pipermail/inheritance/2007-August.txt',
  'files/imagej-pipermail/imagej-builds/2015-June.txt.gz',
  'files/pdp10-its/doc/kcc/kcc.xmail',
];

const corpus = openCorpus();

it.skipIf(!corpus).each(REAL)(
  '200 queries find what a slow scan finds: %s',
  {
    timeout: 240_000,
  },
  async (name) => {
    const expected = corpus?.expected().find((one) => one.path === name);
    if (!corpus || !expected) throw new Error(`the corpus has no ${name}`);
    const folder = testFolder();
    const file = path.join(folder, 'real');
    writeFileSync(file, corpus.bytesOf(expected));
    const archive = await opened(file, folder);
    expect(archive.count).toBe(expected.count);
    await expectAgreement(archive, 200);
  },
);

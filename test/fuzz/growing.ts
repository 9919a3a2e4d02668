/**
 * Hostile files that grow: what eight times the bytes may cost. Each is made so that some rule looks
 * far around at every line, or nests, or never comes to an end.
 */

import { attachmentsCarried } from '../../electron/message/attachments-carried.ts';
import { readEnvelope } from '../../electron/message/envelope.ts';
import { readMessage } from '../../electron/message/read-message.ts';
import { DEFAULT_READING } from '../../electron/mailbox/format/format.ts';
import { FORMATS_THERE } from './formats.ts';
import { scanned } from './scan-targets.ts';

const FROM = 'From a@b Mon Jan  1 00:00:00 2024\n';
const MULTIPART = 'Content-Type: multipart/mixed; boundary=b\n';
const LONG_BOUNDARY = 'a'.repeat(190);

/** Bytes of a length: a beginning, and then one thing again and again. */
type Growing = (bytes: number) => Buffer;

const filled =
  (begin: string, again: string, end = ''): Growing =>
  (bytes) =>
    Buffer.concat([
      Buffer.from(begin, 'latin1'),
      Buffer.alloc(Math.max(0, bytes - begin.length - end.length), again, 'latin1'),
      Buffer.from(end, 'latin1'),
    ]);

/** Every thing another one. */
const counted =
  (begin: string, again: (at: number) => string): Growing =>
  (bytes) => {
    let text = begin;
    for (let at = 0; text.length < bytes; at++) text += again(at);
    return Buffer.from(text, 'latin1');
  };

const FILES: Readonly<Record<string, Growing>> = {
  'nothing but separators': filled('', FROM),
  'nothing but the word From': filled('', 'From \n'),
  'the word From without a line': filled('', 'From '),
  'messages without a body': filled('', `${FROM}Subject: x\n\n`),
  'separators with a line of text behind them': filled('', `\n${FROM}text\n`),
  'lines that begin like dates': filled('', `From ${'Mon '.repeat(140)}\n`),
  'lines of dates and zones': filled('', `From Mon Jan 1 00:00:00${' a'.repeat(250)}\n`),
  'one separator line without an end': filled('From a@b ', ' '),
  'long lines that begin with From': filled('', `From ${'x'.repeat(8000)}\n`),
  'a Content-Length that leads nowhere': filled('', `${FROM}Content-Length: 500000\n\nx\n\n`),
  'a Content-Length beyond the end': filled('', `${FROM}Content-Length: 99999999\n\nx\n\n`),
  'multiparts that are never closed': filled('', `${FROM}${MULTIPART}\nx\n\n`),
  'multiparts of which one delimiter comes': filled('', `${FROM}${MULTIPART}\nx\n\n`, '\n--b\n'),
  'a multipart of other messages': filled(
    `${FROM}${MULTIPART}\n`,
    `\n${FROM}Subject: x\n\n`,
    '--b--',
  ),
  'a boundary that nearly comes': filled(
    `${FROM}Content-Type: multipart/mixed; boundary=${LONG_BOUNDARY}\n\n`,
    `\n${FROM}A: b\n\n--${LONG_BOUNDARY.slice(1)}`,
  ),
  'a body of the letter in its boundary': filled(
    `${FROM}Content-Type: multipart/mixed; boundary=${LONG_BOUNDARY}\n\n`,
    `${'a'.repeat(1000)}\n\n${FROM}A: b\n\n`,
  ),
  'a header without an end': filled(FROM, 'A: b\n'),
  'a header line without an end': filled(`${FROM}A: `, 'b'),
  'a folded field without an end': filled(`${FROM}Content-Type: `, '\n '),
  'empty lines': filled('', '\n'),
  'empty lines behind a separator': filled(`${FROM}A: b\n`, '\n'),
  'bare CRs': filled('', '\r'),
  'messages with bare CRs': filled('', `${FROM}Subject: x\n\n`.replaceAll('\n', '\r')),
  'CRs and LFs the wrong way round': filled(FROM, '\n\r'),
  zeros: filled(FROM, '\0'),
  'quotes without an end': filled(FROM, '>', 'From '),
  'quoted lines': filled(FROM, `${'>'.repeat(500)}From \n`),
  postmarks: filled('', '\x01\x01\x01\x01\n'),
  'bytes of postmarks': filled('\x01\x01\x01\x01\n', '\x01'),
  'opened messages of MMDF': filled('', `\x01\x01\x01\x01\n${FROM}\n`),
  'marks of Babyl': filled('BABYL OPTIONS:\n\x1f', '\x0c\n1,,\n\x1f'),
  'bytes of marks of Babyl': filled('BABYL OPTIONS:\n\x1f', '\x1f\x0c'),
  'headers of Babyl without an end': filled('BABYL OPTIONS:\n\x1f', '\x0c\n1,,\nA: b\n'),
};

const MIXED = `${MULTIPART}\n`;

const MESSAGES: Readonly<Record<string, Growing>> = {
  'multiparts in multiparts': counted(
    'Content-Type: multipart/mixed; boundary=b0\n\n',
    (at) => `--b${at}\nContent-Type: multipart/mixed; boundary=b${at + 1}\n\n`,
  ),
  'parts of nothing': filled(MIXED, '--b\n\n'),
  'named parts': filled(MIXED, '--b\nContent-Disposition: attachment; filename=x\n\nx\n'),
  'messages in a message': filled(
    MIXED,
    '--b\nContent-Type: message/rfc822\n\nSubject: x\n\ntext\n',
  ),
  'a message in a message in a message': counted('', () => 'Content-Type: message/rfc822\n\n'),
  fields: filled('', 'A: b\n'),
  'fields of people': filled('', 'To: a@b\n'),
  'a folded field': filled('Subject: ', 'x\n '),
  'encoded words': filled('Subject: ', '=?utf-8?Q?=C3=A9?= '),
  'beginnings of encoded words': filled('Subject: ', '=?a?Q?'),
  'many people': filled('To: ', 'a@b, '),
  'people and comments': filled('To: ', 'a (b) <c@d>, '),
  'comments in comments': filled('To: ', '('),
  'quotes in an address': filled('To: ', '"a" '),
  'angles in an address': filled('To: ', '<'),
  'groups of people': filled('To: ', 'a:b@c;'),
  'groups without an end': filled('To: ', 'a:'),
  'a sender with spaces': filled('From: ', ' '),
  parameters: counted('Content-Type: text/plain', (at) => `;\n a${at}=b`),
  'continued parameters': counted(
    'Content-Disposition: attachment',
    (at) => `;\n filename*${at}*=utf-8''x`,
  ),
  'lines of nothing': filled('A: b\n\n', '\n'),
  'long text': filled('A: b\n\n', 'x'),
  base64: filled('Content-Transfer-Encoding: base64\n\n', 'AAAA'),
  'quoted-printable': filled('Content-Transfer-Encoding: quoted-printable\n\n', '=C3=A9'),
  'soft line ends': filled('Content-Transfer-Encoding: quoted-printable\n\n', '=\n'),
  'utf-7': filled('Content-Type: text/plain; charset=utf-7\n\n', '+AOk-'),
  'tags in tags': filled('Content-Type: text/html\n\n', '<div>'),
  'tags without an end': filled('Content-Type: text/html\n\n', '<a '),
  angles: filled('Content-Type: text/html\n\n', '<'),
  'comments without an end': filled('Content-Type: text/html\n\n', '<!--'),
  'tables in tables': filled('Content-Type: text/html\n\n', '<table><tr><td>'),
  entities: filled('Content-Type: text/html\n\n', '&amp;'),
  links: filled('Content-Type: text/html\n\n', '<a href="http://a.example/b">c</a>'),
};

/** One of the files, and what is done with it. */
export interface Hostile {
  readonly name: string;
  readonly bytes: Growing;
  readonly work: (bytes: Buffer) => Promise<void>;
  /** The smaller of the two sizes that are compared. */
  readonly least: number;
  /** More than this a byte is too much, however straight the line. */
  readonly nsPerByteMax: number;
}

async function read(bytes: Buffer): Promise<void> {
  readEnvelope(bytes, bytes.length, 0);
  attachmentsCarried(bytes, bytes.indexOf('\n\n') + 2);
  await readMessage(bytes);
}

export const HOSTILE: readonly Hostile[] = [
  ...FORMATS_THERE.flatMap((format) =>
    Object.entries(FILES).map(([name, bytes]) => ({
      name: `${format.name}: ${name}`,
      bytes,
      work: async (content: Buffer) => {
        await scanned(content, format, DEFAULT_READING);
      },
      least: 1024 * 1024,
      nsPerByteMax: 800,
    })),
  ),
  ...Object.entries(MESSAGES).map(([name, bytes]) => ({
    name: `reading: ${name}`,
    bytes,
    work: read,
    least: 128 * 1024,
    nsPerByteMax: 20_000,
  })),
];

const TIMES = 8;
/** Linear work comes to 8; the square of it to 64. */
const RATIO_MAX = 24;
/** Each is tried so often: the first time is slower than those after it. */
const RUNS = 2;
/** Less than this is noise. */
const MS_LEAST = 4;

/** Milliseconds of this process's own time; the least of some runs. */
async function cost(work: () => Promise<void>, runs: number): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run++) {
    const begun = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(begun);
    least = Math.min(least, (user + system) / 1000);
  }
  return Math.max(least, MS_LEAST);
}

/** How the work grows with the bytes. @param share of the usual sizes */
export async function growthOf(
  { bytes, work, least, nsPerByteMax }: Hostile,
  share = 1,
): Promise<{ readonly ratio: number; readonly linear: boolean; readonly nsPerByte: number }> {
  const [few, many] = [bytes(least * share), bytes(least * share * TIMES)];
  const small = await cost(() => work(few), RUNS);
  const large = await cost(() => work(many), RUNS);
  const ratio = large / small;
  const nsPerByte = (large * 1e6) / many.length;
  const linear = ratio <= RATIO_MAX && nsPerByte <= nsPerByteMax;
  return { ratio, linear, nsPerByte };
}

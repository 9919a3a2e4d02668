/**
 * MMDF and Babyl mailboxes drawn at random, with the place of every message known because it was
 * written there, and an independent reading of any content by lines: a few statements that know
 * nothing of windows, offsets looked for or limits.
 */

import fc from 'fast-check';

/** Where a message was written. */
export interface Place {
  readonly offset: number;
  readonly length: number;
}

export interface DrawnMailbox {
  readonly text: string;
  readonly messages: readonly Place[];
}

const POSTMARK = '\x01\x01\x01\x01\n';
const LINE = 'From ann@example.org Mon Jan  1 00:00:00 2024\n';

const words = fc.stringMatching(/^[a-z ]{0,30}$/);
const field = fc
  .tuple(fc.constantFrom('Subject', 'To', 'X-Status', 'Content-Type'), words)
  .map(([name, value]) => `${name}: ${value}\n`);
const fields = fc.array(field, { minLength: 1, maxLength: 4 }).map((lines) => lines.join(''));
const bodyLine = fc.oneof(
  words.map((text) => `${text}\n`),
  fc.constantFrom('\n', 'From here on\n', 'Subject: quoted\n', '\x01\x01\x01\n', 'x\x1f\n', '\f\n'),
);
const body = fc.array(bodyLine, { maxLength: 6 }).map((lines) => lines.join(''));
/** Text that no reader takes for the beginning of a message. */
const between = fc
  .array(
    fc.oneof(
      words.map((text) => ` ${text}\n`),
      fc.constant('\n'),
    ),
    { maxLength: 3 },
  )
  .map((lines) => lines.join(''));

/** The pieces of a mailbox, one behind the other; those of odd index are messages. */
function laidOut(pieces: readonly string[], lineEnd: string): DrawnMailbox {
  const messages: Place[] = [];
  let text = '';
  for (const [at, piece] of pieces.entries()) {
    const ended = piece.replaceAll('\n', lineEnd);
    if (at % 2 === 1) messages.push({ offset: text.length, length: ended.length });
    text += ended;
  }
  return { text, messages };
}

const lineEnds = fc.constantFrom('\n', '\n', '\r\n');

const mmdfContent = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fields, body).map(([head, rest]) => `${head}\n${rest}\n`) },
  {
    weight: 2,
    arbitrary: fc.tuple(fields, body).map(([head, rest]) => `${LINE}${head}\n${rest}\n`),
  },
  { weight: 1, arbitrary: fields },
  { weight: 1, arbitrary: body.map((rest) => `\n${rest}`) },
  { weight: 1, arbitrary: fc.constant('') },
);

/** MMDF as programs write it, with text between messages and perhaps without the last postmark. */
export const drawnMmdf: fc.Arbitrary<DrawnMailbox> = fc
  .record({
    messages: fc.array(fc.tuple(mmdfContent, between), { maxLength: 8 }),
    preamble: between,
    lineEnd: lineEnds,
    end: fc.constantFrom('whole', 'whole', 'no line end', 'no postmark'),
    last: fields,
  })
  .map(({ messages, preamble, lineEnd, end, last }) => {
    const pieces = messages.flatMap(([content, behind]) => [
      `${POSTMARK}${content}${POSTMARK}`,
      behind,
    ]);
    if (end === 'no postmark') pieces.push(`${POSTMARK}${last}\ntext\n`);
    if (end === 'no line end') pieces.push(`${POSTMARK}${last}\n${POSTMARK.trimEnd()}`);
    return laidOut([preamble, ...pieces], lineEnd);
  });

const status = fc
  .tuple(
    fc.subarray(['unseen', 'deleted', 'filed', 'answered', 'forwarded', 'edited', 'resent']),
    fc.subarray(['home', 'work']),
  )
  .map(([attributes, labels]) => {
    const own = labels.map((label) => ` ${label},`).join('');
    return `${attributes.map((word) => `, ${word}`).join('')},,${own}\n`;
  });

const babylContent = fc.oneof(
  fc
    .tuple(status, fields, body)
    .map(([line, head, rest]) => `0${line}*** EOOH ***\n${head}\n${rest}`),
  fc
    .tuple(status, fields, fields, body)
    .map(([line, head, shown, rest]) => `1${line}${head}\n*** EOOH ***\n${shown}\n${rest}`),
  fc.tuple(status, fields).map(([line, head]) => `1${line}${head}\n*** EOOH ***\n${head}`),
  fc.tuple(status, fields).map(([line, head]) => `0${line}*** EOOH ***\n${head}`),
);

/** Babyl as programs write it, with a blank tail, and perhaps without the last ^_. */
export const drawnBabyl: fc.Arbitrary<DrawnMailbox> = fc
  .record({
    options: fc.constantFrom('', 'Append:1\nLabels:home,work\n', 'Mail: /usr/spool/mail/ann\n'),
    messages: fc.array(fc.tuple(babylContent, fc.constantFrom('', '', '', '\x1f\n\n')), {
      maxLength: 8,
    }),
    lineEnd: lineEnds,
    end: fc.constantFrom('\x1f', '\x1f', '\x1f\n', '\x1f\n \n', ''),
  })
  .map(({ options, messages, lineEnd, end }) => {
    const pieces = messages.flatMap(([content, behind]) => [`\x1f\f\n${content}`, behind]);
    return laidOut([`BABYL OPTIONS:\nVersion: 5\n${options}`, ...pieces, '', end], lineEnd);
  })
  .map(({ text, messages }) => ({ text, messages: messages.filter(({ length }) => length > 0) }));

/** Everything that means something to a scanner of MMDF, in any order. */
export const mmdfSoup = fc
  .array(
    fc.constantFrom(
      POSTMARK,
      POSTMARK,
      POSTMARK.replace('\n', '\r\n'),
      '\x01',
      '\x01\x01\x01\x01',
      '\x01\x01\x01\x01\x01\n',
      LINE,
      'From here on\n',
      'Subject: x\n',
      'Subject: x\n\ntext\n',
      'text\n',
      ' :\n',
      '\n',
      '\r',
      '\r\n',
      '\0',
      'x'.repeat(60),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''));

/** The same for Babyl. */
export const babylSoup = fc
  .array(
    fc.constantFrom(
      '\x1f\f\n',
      '\n\x1f\f\n0,,\n',
      '\n\x1f\f\r\n1, unseen,, label,\r\n',
      '\x1f',
      '\x1f\n',
      '\n\x1f\n\n\f\n0,,\n',
      '*** EOOH ***\n',
      'Subject: x\n',
      'Subject: x\n\ntext\n',
      'text\n',
      '\f\n',
      '\n',
      '\r',
      'BABYL OPTIONS:\n',
      'x'.repeat(60),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''));

interface Line {
  readonly at: number;
  readonly end: number;
  readonly text: string;
}

function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  for (let at = 0; at < text.length; ) {
    const lineFeed = text.indexOf('\n', at);
    const end = lineFeed < 0 ? text.length : lineFeed + 1;
    lines.push({ at, end, text: text.slice(at, end) });
    at = end;
  }
  return lines;
}

const isPostmark = (line: Line | undefined): boolean =>
  line !== undefined && /^\x01{4}(?:\r?\n|\r?$)/.test(line.text);
const beginsMessage = (line: Line | undefined): boolean =>
  line !== undefined && /^(?:From |[!-9;-~]{1,76}[ \t]*:)/.test(line.text);

/** The messages of an MMDF mailbox, by the rules that `postmark.ts` states. */
export function naiveMmdf(text: string): Place[] {
  const lines = linesOf(text);
  const messages: Place[] = [];
  let open = -1;
  const close = (end: number): void => {
    if (open >= 0) messages.push({ offset: open, length: end - open });
    open = -1;
  };
  for (let number = 0; number < lines.length; number++) {
    const line = lines[number] ?? { at: 0, end: 0, text: '' };
    if (!isPostmark(line)) continue;
    if (open < 0) {
      const first = lines.findIndex(({ text: own }, at) => at > number && /[^ \t\r\n]/.test(own));
      if (first >= 0) open = line.at;
      if (isPostmark(lines[first]) && beginsMessage(lines[first + 1])) number = first;
    } else if (beginsMessage(lines[number + 1])) {
      close(line.at);
      open = line.at;
    } else {
      close(line.end);
    }
  }
  close(text.length);
  return messages;
}

/** The messages of a Babyl file, by the rules that `babyl-mark.ts` states. */
export function naiveBabyl(text: string): Place[] {
  const messages: Place[] = [];
  let open = -1;
  for (const { at } of linesOf(text)) {
    if (text[at] !== '\x1f') continue;
    const rest = text.slice(at + 1);
    const begins = /^\f\r?\n/.test(rest) || /^\r?\n(?:[ \t\r\n]*\n)?\f\r?\n[01],/.test(rest);
    const ends = /^(?:\f?$|\r?\n|\r?$)/.test(rest);
    if (!begins && !ends) continue;
    if (open >= 0) messages.push({ offset: open, length: at - open });
    open = begins ? at : -1;
  }
  if (open >= 0) messages.push({ offset: open, length: text.length - open });
  return messages;
}

/**
 * Goal: of a message with files in its text, the files go and nothing else: every other byte is what it
 * was, a reader shows the same text and no attachment, each note names the file by its digest, and what
 * is torn stays.
 * Method: messages are drawn of lines, files and torn files, so that what must be left is known without
 * looking for it; the cuts are carried out, and the result is read again.
 */

import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesInMemory } from '../../../electron/message/byte-source.ts';
import { OpenMessage, readMessage } from '../../../electron/message/read-message.ts';
import { cutsOf } from '../../../electron/message/without-attachments.ts';
import { uuencodedLines } from '../../support/uuencoded.ts';

const DAY = '2004-05-06';
const WANTED = { bytesMin: 0, pictures: 'keep' } as const;

interface Piece {
  readonly kind: 'text' | 'file' | 'torn';
  readonly lines: readonly string[];
  /** What is left of it. */
  readonly left: readonly string[];
}

const text = (...lines: readonly string[]): Piece => ({ kind: 'text', lines, left: lines });
const textPiece = fc
  .oneof(
    fc.constantFrom('', '>From here on', '> quoted', 'begin now', 'end', 'MY DEAR', '`'),
    fc.stringMatching(/^[ -~]{0,70}$/),
    fc.constantFrom('Gr\xfc\xdfe', 'M'.repeat(61), '-- ', '\xff'),
  )
  .map((line) => text(line));

/** Begins like a file, and is none. */
const WORDS = text('begin 644 x', 'is how they begin.');

const fileBytes = fc.uint8Array({ minLength: 1, maxLength: 200 });
const fileName = fc.constantFrom('a.zip', 'gr\xfc\xdf.gif', 'two words.doc', 'x');
const zero = fc.constantFrom<' ' | '`'>(' ', '`');

const filePiece = fc.tuple(fileBytes, fileName, zero).map(([bytes, name, sign]): Piece => {
  const type = name.endsWith('.gif') ? 'image/gif' : 'application/octet-stream';
  const left = [
    '[An attachment was taken out of this message.]',
    `Name: ${name}`,
    `Type: ${type}`,
    `Size: ${bytes.length} bytes`,
    `SHA-256: ${createHash('sha256').update(bytes).digest('hex')}`,
    `Taken out: ${DAY}, with Mailkeep`,
  ];
  return { kind: 'file', lines: uuencodedLines(bytes, name, sign), left };
});

/** Without its end; with a line that was cut; or with words in it. */
const tornPiece = fc
  .tuple(fc.uint8Array({ minLength: 46, maxLength: 120 }), fc.constantFrom('end', 'cut', 'words'))
  .map(([bytes, how]): Piece => {
    const lines = uuencodedLines(bytes, 'torn.zip');
    if (how === 'end') lines.splice(-1, 1, 'So far.');
    else if (how === 'cut') lines[1] = lines[1]?.slice(0, 30) ?? '';
    else lines.splice(2, 0, ' and words that belong to nobody');
    return { kind: 'torn', lines, left: lines };
  });

const lineEnd = fc.constantFrom('\n', '\r\n');
const pieces = fc.array(
  fc.oneof({ weight: 4, arbitrary: textPiece }, fc.constant(WORDS), filePiece, {
    weight: 1,
    arbitrary: tornPiece,
  }),
  { minLength: 1, maxLength: 8 },
);

const HEAD = ['From: a@example.org', 'Subject: files', 'MIME-Version: 1.0'];
const PLAIN = ['Content-Type: text/plain; charset=iso-8859-1', 'Content-Transfer-Encoding: 8bit'];
const FORMS = {
  alone: (body: readonly string[]) => [...HEAD, ...PLAIN, '', ...body, ''],
  'in a part': (body: readonly string[]) => [
    ...[...HEAD, 'Content-Type: multipart/mixed; boundary=B', '', 'Preamble.', '--B', ...PLAIN, ''],
    ...[...body, '--B', ...PLAIN, '', 'The other part.', '--B--', ''],
  ],
} as const;

/** Lines of a text; at its end and at those of its pieces it has lost its blanks. */
async function shownIn(message: Buffer): Promise<readonly string[]> {
  const { text: whole } = await readMessage(message);
  return whole.text
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '');
}

test('files go out of texts, and nothing else does', async () => {
  const form = fc.constantFrom<keyof typeof FORMS>('alone', 'in a part');
  await fc.assert(
    fc.asyncProperty(pieces, lineEnd, form, async (drawn, end, how) => {
      const whole = (part: 'lines' | 'left'): Buffer =>
        Buffer.from(FORMS[how](drawn.flatMap((piece) => piece[part])).join(end), 'latin1');
      const message = whole('lines');
      const source = bytesInMemory(message);
      const open = await OpenMessage.open(source);
      const { parts, staying } = await open.removable(WANTED);
      const count = (kind: Piece['kind']) => drawn.filter((piece) => piece.kind === kind).length;
      expect(parts).toHaveLength(count('file'));
      expect(staying).toEqual({ whole: 0, within: count('torn'), other: 0 });

      const left: Buffer[] = [];
      let at = 0;
      for (const { from, to, instead } of await cutsOf(source, parts, DAY)) {
        left.push(message.subarray(at, from), Buffer.from(instead));
        at = to;
      }
      const now = Buffer.concat([...left, message.subarray(at)]);
      expect(now.toString('latin1')).toBe(whole('left').toString('latin1'));

      const notes = new Set(drawn.filter(({ kind }) => kind === 'file').flatMap((one) => one.left));
      const again = await OpenMessage.open(bytesInMemory(now));
      expect((await again.attachments()).attachments).toHaveLength(count('torn'));
      const shown = (await shownIn(now)).filter((line) => !notes.has(line));
      expect(shown).toEqual((await shownIn(message)).filter((line) => !notes.has(line)));
    }),
    { numRuns: 200 },
  );
});

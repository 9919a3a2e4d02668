/** Plain text as the reader lays it out: quotes in quotes, signatures, links; linear on any input. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cutText,
  paragraphsOf,
  type TextBlock,
  textBlocks,
} from '../../../../renderer/reader/text/text-blocks.ts';
import { textPieces } from '../../../../renderer/reader/text/text-links.ts';

const blocksOf = (text: string): readonly TextBlock[] => textBlocks(paragraphsOf(text));

/** A block in short: its kind, and its text or what is inside of it. */
const short = (block: TextBlock): unknown =>
  block.kind === 'quote' ? [block.depth, block.lines, block.blocks.map(short)] : block.text;

describe('blocks of text', () => {
  it('puts quotes into quotes', () => {
    expect(blocksOf('a\n> b\n>> c\n> > d\n> e\nf').map(short)).toEqual([
      'a',
      [1, 4, ['b', [2, 2, ['c\nd']], 'e']],
      'f',
    ]);
  });

  it('finds the signature behind the last mark that is not quoted', () => {
    const blocks = blocksOf('text\n-- \nno\nmore\n> -- \n> theirs\n-- \nAnn');
    expect(blocks.at(-1)).toEqual({ kind: 'signature', text: '-- \nAnn' });
    expect(blocks[0]).toEqual({ kind: 'own', text: 'text\n-- \nno\nmore' });
  });

  it('loses no line, however it is quoted', () => {
    const line = fc
      .tuple(fc.nat(12), fc.constantFrom('x', '', 'a b', '-- '))
      .map(([quote, text]) => `${'>'.repeat(quote)}${quote > 0 ? ' ' : ''}${text}`);
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
        const inside = (blocks: readonly TextBlock[]): string[] =>
          blocks.flatMap((one) => (one.kind === 'quote' ? inside(one.blocks) : [one.text]));
        const expected = lines.map((one) => one.replace(/^>+ /, ''));
        expect(inside(blocksOf(lines.join('\n'))).join('\n')).toBe(expected.join('\n'));
      }),
      { examples: [[['', '-- ']]] },
    );
  });

  it('shows a long text from its beginning, and says how much is left', () => {
    const { shown, left } = cutText(
      [
        { quote: 0, text: 'abc' },
        { quote: 1, text: 'defg' },
      ],
      36,
    );
    expect(shown).toEqual([
      { quote: 0, text: 'abc' },
      { quote: 1, text: 'd' },
    ]);
    expect(left).toBe(3);
  });
});

describe('links in text', () => {
  const links = (text: string): (string | null)[] =>
    textPieces(text)
      .map(({ href }) => href)
      .filter((href) => href !== null);

  it.each([
    ['see http://a.example/x.', ['http://a.example/x']],
    ['(see https://a.example/x_(y))', ['https://a.example/x_(y)']],
    ['<http://a.example/>', ['http://a.example/']],
    ['www.a.example, a@b.example', ['https://www.a.example', 'mailto:a@b.example']],
    ['mailto:a@b.example?subject=x', ['mailto:a@b.example?subject=x']],
    ['javascript:alert(1) file:///etc/passwd no@where', []],
  ])('%s', (text, expected) => {
    expect(links(text)).toEqual(expected);
  });

  it('changes no letter of the text', () => {
    const bait = fc.constantFrom('http://', 'a', '.', '@', 'www.', ')', '(', ' ', 'mailto:', '-');
    fc.assert(
      fc.property(fc.array(bait, { maxLength: 60 }), (parts) => {
        const text = parts.join('');
        expect(
          textPieces(text)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });

  it.each(['a.', 'a-', '@', 'a@', 'http://', 'www.', '%', ')', '.a@b'])(
    'takes time that grows with the length of %s repeated',
    (bait) => {
      const cpu = (length: number): number => {
        const text = bait.repeat(length);
        const begun = process.cpuUsage();
        textPieces(text);
        const { user } = process.cpuUsage(begun);
        return user;
      };
      cpu(1000);
      expect(cpu(100_000)).toBeLessThan(2_000_000);
    },
  );
});

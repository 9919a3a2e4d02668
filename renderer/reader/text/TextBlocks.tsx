/**
 * Plain text: quotes by their level, each of which can be folded by itself or all at once; the
 * signature dimmed. Quotes inside of quotes are folded at first, if they are longer than a few lines.
 */

import { memo, useEffect, useMemo, useState } from 'react';
import type { Paragraph } from '../../../shared/message-view.ts';
import { useReader } from '../../app/use-store.ts';
import { cutText, type TextBlock, textBlocks } from './text-blocks.ts';
import { TextLinks } from './TextLinks.tsx';
import { say } from '../../../shared/language/say.ts';

/** Shorter ones are not worth a fold. */
const FOLDED_LINES_MIN = 4;

function Quote({ block }: { readonly block: Extract<TextBlock, { kind: 'quote' }> }) {
  const [, { quotes }] = useReader();
  const usual = quotes === 'open' || block.depth === 1 || block.lines < FOLDED_LINES_MIN;
  const [open, setOpen] = useState(usual);
  useEffect(() => setOpen(usual), [usual]);
  return (
    <blockquote className={`quote quote-${Math.min(block.depth, 4)}`} dir="auto">
      {block.lines >= FOLDED_LINES_MIN && (
        <button type="button" className="fold" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open
            ? say('reader.fold')
            : say('reader.quotedLines', { lines: block.lines, level: block.depth })}
        </button>
      )}
      {open && <Blocks blocks={block.blocks} />}
    </blockquote>
  );
}

function Blocks({ blocks }: { readonly blocks: readonly TextBlock[] }) {
  return blocks.map((block, index) =>
    block.kind === 'quote' ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: blocks of one text never move
      <Quote key={index} block={block} />
    ) : (
      <pre
        // biome-ignore lint/suspicious/noArrayIndexKey: as above
        key={index}
        className={block.kind === 'signature' ? 'signature' : ''}
        dir="auto"
        translate="no"
      >
        <TextLinks text={block.text} />
      </pre>
    ),
  );
}

/** So much is drawn at once; more would hold the window up. In characters. */
const STROKE_LENGTH = 128 * 1024;

export const TextBlocks = memo(function TextBlocks({
  paragraphs,
}: {
  readonly paragraphs: readonly Paragraph[];
}) {
  const [length, setLength] = useState(STROKE_LENGTH);
  const { shown, left } = useMemo(() => cutText(paragraphs, length), [paragraphs, length]);
  const blocks = useMemo(() => textBlocks(shown), [shown]);
  return (
    <div className="message-text">
      <Blocks blocks={blocks} />
      {left > 0 && (
        <button
          type="button"
          className="small-button"
          onClick={() => setLength(length + 4 * STROKE_LENGTH)}
        >
          {say('reader.moreCharacters', { characters: left })}
        </button>
      )}
    </div>
  );
});

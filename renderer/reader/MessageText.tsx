/** The text of a message: quotes by their depth, a signature behind "-- ". Text nodes only. */

import { memo } from 'react';

interface Block {
  readonly depth: number;
  readonly signature: boolean;
  readonly text: string;
}

const QUOTE = /^((?:> ?)+)/;
const DEPTH_MAX = 4;

/** Lines that belong together, in order. */
export function blocksOf(text: string): readonly Block[] {
  const blocks: { depth: number; signature: boolean; lines: string[] }[] = [];
  let signature = false;
  for (const line of text.split('\n')) {
    const quote = QUOTE.exec(line)?.[1] ?? '';
    const depth = Math.min(DEPTH_MAX, quote.replaceAll(' ', '').length);
    if (line === '-- ' || line === '--') signature = true;
    const last = blocks.at(-1);
    if (last && last.depth === depth && last.signature === signature) last.lines.push(line);
    else blocks.push({ depth, signature, lines: [line] });
  }
  return blocks.map(({ lines, ...block }) => ({ ...block, text: lines.join('\n') }));
}

function classOf({ signature, depth }: Block): string {
  if (signature) return 'signature';
  return depth > 0 ? `quote quote-${depth}` : '';
}

export const MessageText = memo(function MessageText({ text }: { readonly text: string }) {
  return (
    <div className="message-text">
      {blocksOf(text).map((block, index) => (
        <pre
          // biome-ignore lint/suspicious/noArrayIndexKey: blocks of one text never move
          key={index}
          className={classOf(block)}
        >
          {block.text}
        </pre>
      ))}
    </div>
  );
});

/**
 * Plain text as blocks: what the writer wrote, what was quoted and how deep, the signature. Quotes
 * hold quotes, so that each level can be folded by itself.
 */

import type { Paragraph } from '../../../shared/message-view.ts';

export type TextBlock =
  | { readonly kind: 'own' | 'signature'; readonly text: string }
  | {
      readonly kind: 'quote';
      readonly depth: number;
      readonly lines: number;
      readonly blocks: readonly TextBlock[];
    };

const MARKS = /^((?:> ?){1,50})/;
/** Deeper levels are shown as this one. */
const DEPTH_MAX = 8;

/** Paragraphs of a text whose quotes still have their marks. */
export function paragraphsOf(text: string): readonly Paragraph[] {
  const paragraphs: { quote: number; lines: string[] }[] = [];
  for (const line of text.split('\n')) {
    const marks = MARKS.exec(line)?.[1] ?? '';
    const quote = marks.replaceAll(' ', '').length;
    const rest = line.slice(marks.length);
    const last = paragraphs.at(-1);
    if (last?.quote === quote) last.lines.push(rest);
    else paragraphs.push({ quote, lines: [rest] });
  }
  return paragraphs.map(({ quote, lines }) => ({ quote, text: lines.join('\n') }));
}

/** A paragraph counts as some characters even if it is empty. */
const PARAGRAPH_COST = 32;

/** The beginning of a text. @returns how many characters are left out */
export function cutText(
  paragraphs: readonly Paragraph[],
  length: number,
): { readonly shown: readonly Paragraph[]; readonly left: number } {
  const shown: Paragraph[] = [];
  let room = length;
  let left = 0;
  for (const paragraph of paragraphs) {
    const kept = paragraph.text.slice(0, Math.max(0, room));
    if (room > 0) shown.push({ quote: paragraph.quote, text: kept });
    left += paragraph.text.length - kept.length;
    room -= kept.length + PARAGRAPH_COST;
  }
  return { shown, left };
}

/** The blocks of paragraphs, quotes inside quotes. */
export function textBlocks(paragraphs: readonly Paragraph[]): readonly TextBlock[] {
  return levelBlocks(splitSignature(paragraphs), 0);
}

interface Marked extends Paragraph {
  readonly signature?: true;
}

/** A signature goes from the last line `-- ` that is not quoted to the end. */
function splitSignature(paragraphs: readonly Paragraph[]): readonly Marked[] {
  for (let at = paragraphs.length - 1; at >= 0; at--) {
    const paragraph = paragraphs[at];
    if (!paragraph || paragraph.quote > 0) continue;
    const lines = paragraph.text.split('\n');
    const line = lines.findLastIndex((one) => one === '-- ' || one === '--');
    if (line < 0) continue;
    // Before a mark in the first line there is nothing, not an empty line.
    const before = lines.slice(0, line);
    const sign = { quote: 0, text: lines.slice(line).join('\n'), signature: true } as const;
    const rest = paragraphs
      .slice(at + 1)
      .map((one) => (one.quote === 0 ? { ...one, signature: true as const } : one));
    return [
      ...paragraphs.slice(0, at),
      ...(before.length === 0 ? [] : [{ quote: 0, text: before.join('\n') }]),
      sign,
      ...rest,
    ];
  }
  return paragraphs;
}

function levelBlocks(paragraphs: readonly Marked[], depth: number): readonly TextBlock[] {
  const blocks: TextBlock[] = [];
  for (let at = 0; at < paragraphs.length; ) {
    const paragraph = paragraphs[at];
    if (!paragraph) break;
    if (Math.min(paragraph.quote, DEPTH_MAX) <= depth) {
      const kind = paragraph.signature ? 'signature' : 'own';
      blocks.push({ kind, text: paragraph.text });
      at += 1;
      continue;
    }
    const end = quoteEnd(paragraphs, at, depth);
    const quoted = paragraphs.slice(at, end);
    const lines = quoted.reduce((sum, { text }) => sum + text.split('\n').length, 0);
    blocks.push({ kind: 'quote', depth: depth + 1, lines, blocks: levelBlocks(quoted, depth + 1) });
    at = end;
  }
  return blocks;
}

function quoteEnd(paragraphs: readonly Marked[], from: number, depth: number): number {
  let end = from;
  while (end < paragraphs.length && Math.min(paragraphs[end]?.quote ?? 0, DEPTH_MAX) > depth) {
    end += 1;
  }
  return end;
}

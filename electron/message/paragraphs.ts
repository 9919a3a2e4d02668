/**
 * Plain text as paragraphs, each with how often it was quoted. Imports shared only.
 *
 * Text in format=flowed (RFC 3676, DelSp too) is unfolded: a line that ends in a space goes on in the
 * next one of the same quoting. Other text keeps its lines; those of one quoting, one behind the
 * other, are one paragraph. Linear, never throws.
 */

import type { Paragraph } from '../../shared/message-view.ts';

/** Deeper quoting is as good as this. */
const QUOTE_MAX = 100;
const SIGNATURE = '-- ';

/** @param text clean, with LF as line end */
export function fixedParagraphs(text: string): readonly Paragraph[] {
  const paragraphs: Paragraph[] = [];
  let quote = -1;
  let lines: string[] = [];
  const end = (): void => {
    if (quote >= 0) paragraphs.push({ quote, text: lines.join('\n') });
    lines = [];
  };
  for (const line of text.split('\n')) {
    const marks = quoteMarks(line);
    if (marks.quote !== quote) {
      end();
      quote = marks.quote;
    }
    lines.push(line.slice(marks.length));
  }
  end();
  return paragraphs;
}

/** How often a line was quoted, and how long the marks are, spaces between and behind them included. */
function quoteMarks(line: string): { readonly quote: number; readonly length: number } {
  let quote = 0;
  let length = 0;
  for (let at = 0; line[at] === '>' && quote < QUOTE_MAX; ) {
    quote += 1;
    at += line[at + 1] === ' ' ? 2 : 1;
    length = at;
  }
  return { quote, length };
}

/**
 * Text in format=flowed.
 * @param delSp true where the space at the end of a line is not part of the text
 */
export function flowedParagraphs(text: string, spaces: 'kept' | 'deleted'): readonly Paragraph[] {
  const paragraphs: Paragraph[] = [];
  let open: { readonly quote: number; readonly parts: string[] } | null = null;
  const end = (): void => {
    if (open) paragraphs.push({ quote: open.quote, text: open.parts.join('') });
    open = null;
  };
  for (const raw of text.split('\n')) {
    const { quote, line } = unquoted(raw);
    if (open && open.quote !== quote) end();
    const flows = line.endsWith(' ') && line !== SIGNATURE;
    if (line === SIGNATURE) end();
    open ??= { quote, parts: [] };
    open.parts.push(flows && spaces === 'deleted' ? line.slice(0, -1) : line);
    if (!flows) end();
  }
  end();
  return paragraphs;
}

/** Marks of quoting, then one space that was put in so that a line is no mark ("space-stuffing"). */
function unquoted(raw: string): { readonly quote: number; readonly line: string } {
  let quote = 0;
  let at = 0;
  while (raw[at] === '>') {
    quote += 1;
    at += 1;
    // `> > ` is what programs without format=flowed had quoted before: nobody stuffs a line in a quote.
    if (raw[at] === ' ' && raw[at + 1] === '>') at += 1;
  }
  const rest = raw.slice(at);
  return { quote: Math.min(quote, QUOTE_MAX), line: rest.startsWith(' ') ? rest.slice(1) : rest };
}

/** Paragraphs as text again, a line each, with the usual marks. */
export function quotedText(paragraphs: readonly Paragraph[]): string {
  return paragraphs
    .map(({ quote, text }) => {
      const marks = quote === 0 ? '' : `${'>'.repeat(quote)} `;
      return marks === '' ? text : marks + text.replaceAll('\n', `\n${marks}`);
    })
    .join('\n');
}

/** Links in plain text, found in one pass: web addresses, `www.` without a scheme, mail addresses. */

export interface TextPiece {
  readonly text: string;
  /** Where it leads; null for plain text. */
  readonly href: string | null;
}

/** Each alternative begins with something rare, and none can match the same text in two ways. */
const LINK =
  /\bhttps?:\/\/[^\s<>"'“”‘’«»\\^`{|}]{1,2000}|\bwww\.[^\s<>"'“”‘’«»\\^`{|}]{1,2000}|\bmailto:[^\s<>"]{1,320}|(?<![\w.+%-])[\w.+%-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}/gi;

/** What ends a sentence does not belong to the link before it. */
const SENTENCE_END = /[.,;:!?…)\]]+$/;

/** What follows is text without links. */
const PIECES_MAX = 2000;

/** A text cut into links and what is between them. */
export function textPieces(text: string): readonly TextPiece[] {
  const pieces: TextPiece[] = [];
  let done = 0;
  for (const match of text.matchAll(LINK)) {
    if (pieces.length >= PIECES_MAX) break;
    const link = trimmed(match[0]);
    if (link === '') continue;
    if (match.index > done) pieces.push({ text: text.slice(done, match.index), href: null });
    pieces.push({ text: link, href: hrefOf(link) });
    done = match.index + link.length;
  }
  if (done < text.length) pieces.push({ text: text.slice(done), href: null });
  return pieces;
}

/** A bracket at the end stays if it was opened inside. */
function trimmed(link: string): string {
  const end = SENTENCE_END.exec(link)?.[0] ?? '';
  if (end.startsWith(')') && link.includes('(')) return link.slice(0, link.length - end.length + 1);
  return link.slice(0, link.length - end.length);
}

function hrefOf(link: string): string {
  if (/^(?:https?:\/\/|mailto:)/i.test(link)) return link;
  return /^www\./i.test(link) ? `https://${link}` : `mailto:${link}`;
}

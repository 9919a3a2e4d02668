/** Marks in a document where words stand: the frame has no script that could look for them. */

import { stretchesOf } from '../../search/stretches.ts';

export const HIT_NAME = 'mailkeep-hit-';

interface Piece {
  readonly node: Text;
  readonly start: number;
}

/** Between words of which any is looked for. */
export const BETWEEN_WORDS = '\n';

/**
 * Puts a mark around every place, also one that goes through several elements; the first piece of
 * each has the name by which the frame is scrolled to it.
 * @param first number of the first one
 * @returns how many there are
 */
export function markHits(body: HTMLElement, words: string, first: number): number {
  const pieces: Piece[] = [];
  let text = '';
  const walker = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    pieces.push({ node: node as Text, start: text.length });
    text += (node as Text).data.replace(/[\n\t]/g, ' ');
  }
  const places = stretchesOf(text, words.split(BETWEEN_WORDS));
  // From the end, so that what is still to be marked stays where it is.
  let at = pieces.length - 1;
  for (let place = places.length - 1; place >= 0; place--) {
    const { at: from, length } = places[place] ?? NOWHERE;
    let to = from + length;
    while (to > from && at >= 0) {
      const piece = pieces[at];
      if (!piece || piece.start >= to) {
        at -= 1;
        continue;
      }
      const start = Math.max(from, piece.start);
      wrap(
        piece.node,
        start - piece.start,
        to - piece.start,
        start === from ? first + place : null,
      );
      to = start;
    }
  }
  return places.length;
}

const NOWHERE = { at: 0, length: 0 };

function wrap(node: Text, from: number, to: number, number: number | null): void {
  const hit = node.splitText(from);
  hit.splitText(to - from);
  const mark = node.ownerDocument.createElement('mark');
  mark.className = 'mailkeep-hit';
  if (number !== null) mark.id = `${HIT_NAME}${number}`;
  hit.replaceWith(mark);
  mark.append(hit);
}

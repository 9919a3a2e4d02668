/** Marks in a document where words stand: the frame has no script that could look for them. */

/** No more places are marked. */
export const HITS_MAX = 2000;
export const HIT_NAME = 'mailkeep-hit-';

interface Piece {
  readonly node: Text;
  readonly start: number;
}

/** Where words stand in a text, whatever their case; places do not overlap. */
export function placesOf(text: string, words: string): number[] {
  const places: number[] = [];
  const within = text.toLowerCase();
  const wanted = words.toLowerCase();
  // Letters that change their length with their case would shift every place behind them.
  if (wanted === '' || within.length !== text.length) return places;
  for (let at = within.indexOf(wanted); at >= 0 && places.length < HITS_MAX; ) {
    places.push(at);
    at = within.indexOf(wanted, at + wanted.length);
  }
  return places;
}

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
  const places = placesOf(text, words);
  // From the end, so that what is still to be marked stays where it is.
  let at = pieces.length - 1;
  for (let place = places.length - 1; place >= 0; place--) {
    const from = places[place] ?? 0;
    let to = from + words.length;
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

function wrap(node: Text, from: number, to: number, number: number | null): void {
  const hit = node.splitText(from);
  hit.splitText(to - from);
  const mark = node.ownerDocument.createElement('mark');
  mark.className = 'mailkeep-hit';
  if (number !== null) mark.id = `${HIT_NAME}${number}`;
  hit.replaceWith(mark);
  mark.append(hit);
}

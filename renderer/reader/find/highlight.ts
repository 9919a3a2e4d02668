/** Words marked in the page itself, without changing it: the browser's own highlights. */

import { stretchesOf } from '../../search/stretches.ts';
import { BETWEEN_WORDS } from '../html/mark-hits.ts';
import type { Searched } from './finding.ts';

const ALL = 'found';
const CURRENT = 'found-current';

/** What takes part in searches for the text of an element. */
export function searchedElement(element: HTMLElement, order: number): Searched {
  let ranges: Range[] = [];
  return {
    order,
    mark: async (words) => {
      ranges = rangesOf(element, words);
      if (ranges.length === 0) CSS.highlights.delete(ALL);
      else CSS.highlights.set(ALL, new Highlight(...ranges));
      return ranges.length;
    },
    show: (place) => {
      const range = place === null ? undefined : ranges[place];
      if (!range) {
        CSS.highlights.delete(CURRENT);
        return;
      }
      CSS.highlights.set(CURRENT, new Highlight(range));
      range.startContainer.parentElement?.scrollIntoView({ block: 'nearest' });
    },
  };
}

/** Where the words stand; folded text is not on screen, and not looked at. */
function rangesOf(element: HTMLElement, words: string): Range[] {
  const nodes: { readonly node: Text; readonly start: number }[] = [];
  let text = '';
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    nodes.push({ node: node as Text, start: text.length });
    text += (node as Text).data.replace(/[\n\t]/g, ' ');
  }
  let at = 0;
  const pointAt = (place: number): readonly [Text, number] | null => {
    while (at + 1 < nodes.length && (nodes[at + 1]?.start ?? Infinity) <= place) at += 1;
    const found = nodes[at];
    return found ? [found.node, place - found.start] : null;
  };
  return stretchesOf(text, words.split(BETWEEN_WORDS)).flatMap(({ at: place, length }) => {
    const from = pointAt(place);
    const to = pointAt(place + length - 1);
    if (!from || !to) return [];
    const range = new Range();
    range.setStart(...from);
    range.setEnd(to[0], to[1] + 1);
    return [range];
  });
}

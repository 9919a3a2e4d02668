/**
 * HTML as text, for reading without rendering. Imports nothing of ours.
 *
 * Promises: never throws, bounded work: HTML that is very large, or made of nothing but tags, is
 * stripped instead of laid out. Nothing is fetched; pictures are left out, links keep their address.
 */

import { compile } from 'html-to-text';

const HTML_LENGTH_MAX = 1024 * 1024;
/** Laying out takes a few seconds for nests of this many tags, and the square of it for more. */
const TAGS_MAX = 30_000;
const DEPTH_MAX = 100;
const CHILDREN_MAX = 20_000;

const HEADINGS = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'];

/** Made when HTML is met first: it takes a tenth of a second, which no opening should wait for. */
let laidOut: ((html: string) => string) | null = null;

const layout = (): ((html: string) => string) =>
  compile({
    wordwrap: false,
    limits: { maxInputLength: HTML_LENGTH_MAX, maxDepth: DEPTH_MAX, maxChildNodes: CHILDREN_MAX },
    selectors: [
      { selector: 'a', options: { hideLinkHrefIfSameAsText: true } },
      { selector: 'img', format: 'skip' },
      ...HEADINGS.map((selector) => ({ selector, options: { uppercase: false } })),
    ],
  });

/** The text a person would see. */
export function htmlText(html: string): string {
  const some = html.slice(0, HTML_LENGTH_MAX);
  if (countTags(some) > TAGS_MAX) return withoutTags(some);
  try {
    laidOut ??= layout();
    return laidOut(some);
  } catch {
    return withoutTags(some);
  }
}

function countTags(html: string): number {
  let count = 0;
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at + 1)) count += 1;
  return count;
}

/** Everything between tags, with style and script left out; linear. */
function withoutTags(html: string): string {
  let text = '';
  let hidden = '';
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    if (hidden === '') text += html.slice(at, open < 0 ? html.length : open);
    const close = open < 0 ? -1 : html.indexOf('>', open);
    if (close < 0) break;
    const tag = /^<(\/?[a-z0-9]*)/i.exec(html.slice(open, open + 20))?.[1]?.toLowerCase() ?? '';
    if (hidden === '' && HIDING.has(tag)) hidden = `/${tag}`;
    else if (tag === hidden) hidden = '';
    if (BREAKS.has(tag)) text += '\n';
    at = close + 1;
  }
  return text
    .replace(/&([a-z]{2,4});/g, (entity, name: string) => ENTITIES.get(name) ?? entity)
    .replace(/[ \t]+/g, ' ')
    .replace(/\n{3,}/g, '\n\n');
}

const HIDING = new Set(['style', 'script']);
const ENTITIES = new Map([
  ['nbsp', ' '],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['amp', '&'],
]);
const BREAKS = new Set(['br', 'p', 'div', 'tr', 'li', 'h1', 'h2', 'h3', 'h4', 'hr', 'table']);

/**
 * The finished document of a message, as main serves it into a frame: everything of a letter that
 * stands between its first and its last piece of HTML, one below the other. It is put together in a
 * document of no window and handed over as a string.
 */

import type { HtmlPart, PicturePart, TextPart } from '../../../shared/message-view.ts';
import {
  type CleanHtml,
  cleanHtml,
  type Found,
  type MessageLink,
  type Pictures,
} from './clean-html.ts';
import { FRAME_STYLE } from './frame-style.ts';
import { markHits } from './mark-hits.ts';

/** What can stand in a frame. */
export type FramePart = HtmlPart | TextPart | PicturePart;

/** A letter's HTML when it is clean, before words in it are marked. */
export interface PreparedDocument {
  readonly bodies: readonly HTMLElement[];
  readonly css: string;
  readonly coloured: boolean;
  readonly links: readonly MessageLink[];
  /** How many pictures would have to be fetched. */
  readonly remote: number;
  readonly pictures: Pictures['remote'];
}

/** Longer HTML would hold the window up; the rest is in the source. In characters. */
const HTML_LENGTH_MAX = 1024 * 1024;

/** Cleans what is to be shown. */
export function prepareDocument(parts: readonly FramePart[], pictures: Pictures): PreparedDocument {
  const found: Found = { links: [], remote: new Set() };
  const cleaned = parts.map((part) => pieceOf(part, pictures, found));
  return {
    bodies: cleaned.map(({ body }) => body),
    css: cleaned.map(({ css }) => css).join('\n'),
    coloured: cleaned.some(({ coloured }) => coloured),
    links: found.links,
    remote: found.remote.size,
    pictures: pictures.remote,
  };
}

function pieceOf(part: FramePart, pictures: Pictures, found: Found): CleanHtml {
  if (part.kind === 'html') {
    return cleanHtml(part.html.slice(0, HTML_LENGTH_MAX), pictures, found);
  }
  const body = document.implementation.createHTMLDocument('').body;
  if (part.kind === 'text') for (const paragraph of textOf(body, part)) body.append(paragraph);
  else body.append(pictureOf(body, part, pictures));
  return { body, css: '', coloured: false };
}

function textOf(body: HTMLElement, part: TextPart): readonly HTMLElement[] {
  return part.paragraphs.map(({ quote, text }) => {
    const element = body.ownerDocument.createElement('div');
    element.className = quote > 0 ? 'mailkeep-text mailkeep-quote' : 'mailkeep-text';
    if (quote > 0) element.style.marginInlineStart = `${Math.min(quote, 8) - 1}em`;
    element.textContent = text;
    return element;
  });
}

function pictureOf(body: HTMLElement, part: PicturePart, { carried }: Pictures): HTMLElement {
  const picture = body.ownerDocument.createElement('img');
  const address = carried.get(part.part);
  picture.setAttribute('alt', part.name);
  if (address === undefined) picture.setAttribute('data-blocked', '');
  else picture.setAttribute('src', address);
  return picture;
}

export interface FinishedDocument {
  readonly html: string;
  readonly hits: number;
}

/** Writes a document out, with the words marked that a person looks for. */
export function finishDocument(prepared: PreparedDocument, words: string): FinishedDocument {
  const page = document.implementation.createHTMLDocument('');
  const [first] = prepared.bodies;
  let hits = 0;
  for (const body of prepared.bodies) {
    const own = page.adoptNode(body.cloneNode(true)) as HTMLElement;
    if (words !== '') hits += markHits(own, words, hits);
    if (body === first) {
      for (const { name, value } of own.attributes) page.body.setAttribute(name, value);
      page.body.append(...own.childNodes);
    } else {
      const piece = page.createElement('div');
      piece.className = 'mailkeep-piece';
      piece.append(...own.childNodes);
      page.body.append(piece);
    }
  }
  if (!page.body.hasAttribute('dir') && beginsFromTheRight(page.body)) page.body.dir = 'rtl';
  const kind = prepared.coloured ? 'coloured' : 'plain';
  // The sheets stand in the text as they are: `cleanSheet` promises that they cannot end it.
  const html =
    `<!doctype html><html class="mailkeep-${kind}"><head><meta charset="utf-8">` +
    `<style>${FRAME_STYLE}</style><style>${prepared.css}</style></head>${page.body.outerHTML}</html>`;
  return { html, hits };
}

/** So many letters and signs are looked at for the first that has a direction. */
const LOOKED_AT_MAX = 2000;
const RIGHT_TO_LEFT =
  /\p{Script=Arabic}|\p{Script=Hebrew}|\p{Script=Syriac}|\p{Script=Thaana}|\p{Script=Nko}/u;

/**
 * Whether the first letter is of a script that runs from right to left. Not `dir=auto`: a browser would
 * look for that letter again with every element of a large message that it reads.
 */
function beginsFromTheRight(body: HTMLElement): boolean {
  const texts = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  let left = LOOKED_AT_MAX;
  while (left > 0 && texts.nextNode()) {
    const text = (texts.currentNode.textContent ?? '').slice(0, left);
    const [letter] = /\p{L}/u.exec(text) ?? [];
    if (letter !== undefined) return RIGHT_TO_LEFT.test(letter);
    left -= text.length + 1;
  }
  return false;
}

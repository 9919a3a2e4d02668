/**
 * What is left of a stranger's HTML: text, its layout, pictures, links. DOMPurify parses and cleans
 * it in a document that belongs to no window, by lists of what is allowed; then every address in it
 * is replaced: pictures by their bytes, links by their place in a table that the window keeps.
 *
 * No element is allowed whose content is parsed by other rules (svg, math, style, noscript, template,
 * textarea, title), so what is written out here means the same when it is read again. Nothing is
 * fetched by looking. That the result is shown in a frame that may do nothing is not relied upon.
 */

import createPurifier, { type Config } from 'dompurify';
import { contentIdOf, foldedContentId } from '../../../shared/content-id.ts';
import { LINK_FOLDER } from '../../../shared/reader-contract.ts';
import { withinBounds } from './html-bounds.ts';
import { cleanSheet, cleanStyle, type PictureOf } from './clean-css.ts';

/** A link as the message has it. */
export interface MessageLink {
  readonly href: string;
  /** What a person reads where it is. */
  readonly text: string;
}

export interface CleanHtml {
  /** In a document of no window; serialised by `frame-document.ts`. */
  readonly body: HTMLElement;
  readonly css: string;
  /** True if the message brings colours of its own. */
  readonly coloured: boolean;
}

/** What cleaning finds, over all HTML of one document. */
export interface Found {
  readonly links: MessageLink[];
  /** Addresses of pictures that would have to be fetched. */
  readonly remote: Set<string>;
}

/** How pictures are shown. */
export interface Pictures {
  /** Where a picture is beside the document, by its content id or location. */
  readonly carried: ReadonlyMap<string, string>;
  readonly remote: 'none' | 'remote';
}

const TAGS =
  'html head body a abbr acronym address area article aside b bdi bdo big blockquote br caption ' +
  'center cite code col colgroup dd del details dfn dir div dl dt em figcaption figure font footer ' +
  'h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main map mark menu nav ol p pre q rp rt ruby s samp ' +
  'section small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul ' +
  'var wbr';

const ATTRIBUTES =
  'abbr align alt background bgcolor border cellpadding cellspacing class clear color colspan ' +
  'compact coords dir face headers height href hspace id lang link name noshade nowrap open ' +
  'reversed rowspan rules scope shape size span src start style summary text title type usemap ' +
  'valign value vspace width';

const CONFIG: Config = {
  ALLOWED_TAGS: TAGS.split(' '),
  ALLOWED_ATTR: ATTRIBUTES.split(' '),
  ALLOW_ARIA_ATTR: false,
  ALLOW_DATA_ATTR: false,
  // Judged below, each by what it is; this only keeps the worst from getting so far.
  ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|cid:|data:image\/|\/\/|#|[^:]*$)/i,
  RETURN_DOM: true,
  WHOLE_DOCUMENT: true,
};

const LINKS_MAX = 100_000;
const LINK_TEXT_LENGTH_MAX = 300;
const DATA_PICTURE = /^data:image\/(?:png|gif|jpe?g|webp|bmp|avif)(?:;[^,]*)?,/i;

/**
 * Chromium loads the track of a video, and believes a base, even in a document of no window. These
 * are not allowed anyway; under names that mean nothing they are nothing from the start.
 */
const LOADING = /<(?=(?:track|video|audio|source|picture|portal|fencedframe|base)\b)/gi;

/** Cleans HTML. @param found grows by what is found */
export function cleanHtml(html: string, pictures: Pictures, found: Found): CleanHtml {
  const sheets: string[] = [];
  const purifier = createPurifier(window);
  purifier.addHook('uponSanitizeElement', (node, { tagName }) => {
    if (tagName === 'style') sheets.push(node.textContent ?? '');
  });
  const root = purifier.sanitize(
    withinBounds(html).replace(LOADING, '<x-'),
    CONFIG,
  ) as unknown as HTMLElement;
  const body = root.querySelector('body') ?? root.ownerDocument.createElement('body');
  const pictureOf = (address: string): string | null => picture(address, pictures, found);
  const sheet = cleanSheet(sheets.join('\n'), pictureOf);
  let coloured = sheet.coloured;
  for (const element of [body, ...body.querySelectorAll<HTMLElement>('*')]) {
    coloured = cleanElement(element, pictureOf, found) || coloured;
  }
  return { body, css: sheet.css, coloured };
}

/** @returns whether it has colours of its own */
function cleanElement(element: HTMLElement, pictureOf: PictureOf, found: Found): boolean {
  let coloured = false;
  if (element.hasAttribute('style')) {
    coloured = cleanStyle(element.style, pictureOf);
    if (element.style.length === 0) element.removeAttribute('style');
  }
  const ground = element.getAttribute('background');
  if (ground !== null) {
    element.removeAttribute('background');
    const address = pictureOf(ground);
    if (address !== null && !/["\\\n]/.test(address)) {
      element.style.backgroundImage = `url("${address}")`;
      coloured = true;
    }
  }
  if (element.hasAttribute('src')) cleanPicture(element, pictureOf);
  if (element.hasAttribute('href')) cleanLink(element, found);
  // Marks of ours, and names by which elements are found, are not the message's to give.
  if (element.id.startsWith('mailkeep-')) element.removeAttribute('id');
  return (
    coloured ||
    element.hasAttribute('bgcolor') ||
    element.hasAttribute('text') ||
    (element.tagName === 'FONT' && element.hasAttribute('color'))
  );
}

function cleanPicture(element: HTMLElement, pictureOf: PictureOf): void {
  const source = element.getAttribute('src') ?? '';
  element.removeAttribute('src');
  if (element.tagName !== 'IMG') return;
  const address = pictureOf(source);
  if (address === null) element.setAttribute('data-blocked', '');
  else element.setAttribute('src', address);
}

function picture(address: string, { carried, remote }: Pictures, found: Found): string | null {
  const bare = address.replace(/[\u0000-\u0020\u007f]/g, '');
  const isCid = /^cid:/i.test(bare);
  const id = contentIdOf(bare);
  const byId = (): string | undefined => carried.get(id) ?? carried.get(foldedContentId(id));
  const own = isCid ? byId() : carried.get(address.trim());
  if (own !== undefined) return own;
  if (isCid) return null;
  if (DATA_PICTURE.test(bare)) return bare;
  const absolute = bare.startsWith('//') ? `https:${bare}` : bare;
  if (!/^https?:/i.test(absolute) || !URL.canParse(absolute)) return null;
  found.remote.add(absolute);
  return remote === 'remote' ? new URL(absolute).href : null;
}

function cleanLink(element: HTMLElement, found: Found): void {
  const href = (element.getAttribute('href') ?? '').trim();
  element.removeAttribute('title');
  if (/^#[\w.:-]{1,200}$/.test(href)) return;
  element.removeAttribute('href');
  if (!LINKING.has(element.tagName)) return;
  const bare = href.replace(/[\u0000-\u001f\u007f]/g, '');
  const absolute = bare.startsWith('//') ? `https:${bare}` : bare;
  if (!/^(?:https?|mailto):/i.test(absolute) || found.links.length >= LINKS_MAX) return;
  const text = textOf(element).trim();
  element.setAttribute('href', `${LINK_FOLDER}${found.links.length}`);
  found.links.push({ href: absolute, text: text.slice(0, LINK_TEXT_LENGTH_MAX) });
}

/** What a person reads in a link: a picture that is not shown says what it is, too. */
function textOf(element: HTMLElement): string {
  const pictures = [element, ...element.querySelectorAll('img')];
  const said = pictures.map((one) => one.getAttribute('alt') ?? '');
  return [element.textContent ?? '', ...said].filter((text) => text.trim() !== '').join(' ');
}

const LINKING = new Set(['A', 'AREA']);

/**
 * What a person sees of HTML, as running text: for searching, where nothing has to be laid out. Imports
 * `html-text.ts`. Linear, never throws.
 *
 * Tags that begin a line part words, others do not (`<b>B</b>erlin` is one word). Style, script and
 * comments are left out, links keep their words and lose their addresses. HTML with names of characters
 * that are not in the short list here is read by `html-text.ts`, which knows all of them.
 */

import { htmlText } from './html-text.ts';

/** The characters of ISO-8859-1 from 160 on, as HTML names them. */
const LATIN =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml';
const NAMED = new Map<string, string>([
  ...LATIN.split(' ').map((name, at): [string, string] => [name, String.fromCharCode(160 + at)]),
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['euro', '€'],
  ['hellip', '…'],
  ['mdash', '—'],
  ['ndash', '–'],
  ['bull', '•'],
  ['trade', '™'],
  ['lsquo', '‘'],
  ['rsquo', '’'],
  ['ldquo', '“'],
  ['rdquo', '”'],
  ['sbquo', '‚'],
  ['bdquo', '„'],
  ['zwnj', '\u200c'],
  ['zwj', '\u200d'],
]);
/** Inside of these nothing is seen. */
const HIDDEN = new Set(['style', 'script', 'title', 'head', 'noscript', 'template']);
/** Of the others, those between which a word goes on. */
const INLINE = new Set(
  'a abbr acronym b bdo big cite code del dfn em font i ins kbd mark q s samp small span strike strong sub sup tt u var wbr o:p'.split(
    ' ',
  ),
);
const TAG = /^\/?([a-z][a-z0-9:]*)/i;
const TAG_NAME_MAX = 20;

/** The text of HTML as a person sees it, in one piece. */
export function seenInHtml(html: string): string {
  const text = withoutTags(html);
  if (!text.includes('&')) return text;
  let isKnown = true;
  const decoded = text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z][a-z0-9]{1,30}));?/gi,
    (whole, ...found) => {
      const [decimal, hexadecimal, name] = found as (string | undefined)[];
      if (name === undefined)
        return character(decimal ? Number(decimal) : Number.parseInt(hexadecimal ?? '', 16));
      const known = NAMED.get(name) ?? NAMED.get(name.toLowerCase());
      // Without a semicolon it may be the `&` of a company or of an address.
      if (known === undefined && whole.endsWith(';')) isKnown = false;
      return known ?? whole;
    },
  );
  return isKnown ? decoded : htmlText(html);
}

function character(code: number): string {
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ' ';
}

function withoutTags(html: string): string {
  const seen: string[] = [];
  /** Elements whose end was looked for in vain: it is not looked for again. */
  const endless = new Set<string>();
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    if (open < 0) {
      seen.push(html.slice(at));
      break;
    }
    if (open > at) seen.push(html.slice(at, open));
    const tag = TAG.exec(html.slice(open + 1, open + 1 + TAG_NAME_MAX));
    const name = tag?.[1]?.toLowerCase() ?? '';
    if (html.startsWith('<!--', open)) {
      at = behind(html, '-->', open + 4);
    } else if (name === '' && !/[!?/]/.test(html.charAt(open + 1))) {
      // No tag: less than.
      seen.push('<');
      at = open + 1;
    } else {
      at = behind(html, '>', open);
      const isOpening = html.charAt(open + 1) !== '/';
      if (HIDDEN.has(name) && isOpening && html.charAt(at - 2) !== '/') {
        at = behindHidden(html, name, at, endless);
      }
      if (!INLINE.has(name)) seen.push('\n');
    }
  }
  return seen.join('');
}

function behind(html: string, what: string, from: number): number {
  const at = html.indexOf(what, from);
  return at < 0 ? html.length : at + what.length;
}

/** Behind the beginning of the end of an element, or of the body, if that comes first. */
function behindHidden(html: string, name: string, from: number, endless: Set<string>): number {
  if (endless.has(name)) return from;
  const end = name === 'head' ? /<\/head|<body/gi : new RegExp(`</${name}`, 'gi');
  end.lastIndex = from;
  const found = end.exec(html);
  if (found) return found.index;
  endless.add(name);
  return name === 'style' || name === 'script' ? html.length : from;
}

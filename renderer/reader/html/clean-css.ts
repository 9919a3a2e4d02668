/**
 * What is left of a stranger's CSS: how text looks and where boxes stand in the flow. The browser's
 * own parser reads it, in a sheet that belongs to no page, so nothing is fetched and no trick of
 * writing (escapes, comments, case) is left when it is judged, property by property.
 *
 * Promises: no address but those `picture` gives; no `@import`, `@font-face` or anything else that
 * names a file; nothing is taken out of the flow, laid over other things, moved or animated; no value
 * refers to another place (`var`, `attr`, `env`); the result cannot end the element it stands in.
 */

/** Gives the address by which a picture is shown, null if it is not. */
export type PictureOf = (address: string) => string | null;

export interface CleanSheet {
  readonly css: string;
  /** True if it gives text or ground a colour of its own. */
  readonly coloured: boolean;
}

const SHEET_LENGTH_MAX = 256 * 1024;
const RULES_MAX = 5000;
const SELECTOR_LENGTH_MAX = 300;

const ALLOWED =
  /^(?:color|background-(?:color|image|position-[xy]|repeat(?:-[xy])?|size|clip|origin)|border-(?:(?:top|right|bottom|left)-(?:color|style|width)|(?:top|bottom)-(?:left|right)-radius|collapse|spacing)|(?:-webkit-)?border-(?:horizontal|vertical)-spacing|outline-(?:color|style|width)|(?:margin|padding)-(?:top|right|bottom|left)|(?:min-|max-)?(?:width|height)|font-(?:family|size|style|weight|variant|variant-caps|stretch)|line-height|letter-spacing|word-(?:spacing|break)|overflow-wrap|text-(?:align|align-last|decoration-line|decoration-color|decoration-style|decoration-thickness|indent|transform|overflow)|white-space(?:-collapse)?|text-wrap-mode|vertical-align|display|float|clear|list-style-(?:type|position|image)|table-layout|caption-side|empty-cells|direction|unicode-bidi|opacity|visibility|box-sizing|overflow-[xy]|hyphens|tab-size|flex-(?:grow|shrink|basis|direction|wrap)|align-(?:items|content|self)|justify-(?:content|items|self)|row-gap|column-gap|order|column-(?:count|width)|object-fit)$/;

/** A function that brings a value, or a picture, from elsewhere; `url` is judged on its own. */
const FOREIGN =
  /(?:^|[^a-z-])(?:var|env|attr|element|paint|src|image|image-set|-webkit-image-set|cross-fade|-webkit-cross-fade|expression)\s*\(/i;
const ADDRESS = /url\(\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([^)"']*))\s*\)/gi;
/** Colours that follow the theme are none of the writer's own. */
const THEME_COLOUR =
  /^(?:inherit|initial|unset|currentcolor|transparent|windowtext|canvastext|canvas|rgba\(0, 0, 0, 0\))?$/i;

/**
 * Takes out of a declaration whatever is not allowed.
 * @returns whether what is left has colours of its own
 */
export function cleanStyle(style: CSSStyleDeclaration, picture: PictureOf): boolean {
  let coloured = false;
  for (const name of [...style]) {
    const value = style.getPropertyValue(name);
    const cleaned = ALLOWED.test(name) ? cleanValue(value, picture) : null;
    if (cleaned === null) {
      style.removeProperty(name);
      continue;
    }
    if (cleaned !== value) style.setProperty(name, cleaned, style.getPropertyPriority(name));
    if (name === 'color' || name === 'background-color') coloured ||= !THEME_COLOUR.test(value);
    if (name === 'background-image') coloured ||= value !== 'none' && value !== 'initial';
  }
  return coloured;
}

function cleanValue(value: string, picture: PictureOf): string | null {
  if (value === '' || FOREIGN.test(value)) return null;
  if (!/url\s*\(/i.test(value)) return value;
  let refused = false;
  const cleaned = value.replace(ADDRESS, (_all, double, single, bare) => {
    const address = picture(unescaped(double ?? single ?? bare ?? ''));
    if (address === null || /["\\\n]/.test(address)) refused = true;
    return `url("${address}")`;
  });
  return refused ? null : cleaned;
}

function unescaped(text: string): string {
  return text.replace(/\\([0-9a-f]{1,6})\s?|\\(.)/gi, (_all, code?: string, character = '') =>
    code === undefined ? character : String.fromCodePoint(Math.min(0x10ffff, parseInt(code, 16))),
  );
}

/** What is left of the text of `<style>` elements. */
export function cleanSheet(text: string, picture: PictureOf): CleanSheet {
  const sheet = new CSSStyleSheet();
  try {
    sheet.replaceSync(text.slice(0, SHEET_LENGTH_MAX));
  } catch {
    return { css: '', coloured: false };
  }
  const left = { rules: RULES_MAX };
  const { css, coloured } = cleanRules(sheet.cssRules, picture, left);
  // Inside a string of CSS even `</style>` would be kept as it is.
  return { css: css.replaceAll('<', '\\3c '), coloured };
}

function cleanRules(rules: CSSRuleList, picture: PictureOf, left: { rules: number }): CleanSheet {
  const kept: string[] = [];
  let coloured = false;
  for (const rule of rules) {
    if (left.rules-- <= 0) break;
    if (rule instanceof CSSStyleRule) {
      if (!plainSelector(rule.selectorText)) continue;
      coloured = cleanStyle(rule.style, picture) || coloured;
      if (rule.style.length > 0) kept.push(`${rule.selectorText}{${rule.style.cssText}}`);
    } else if (rule instanceof CSSMediaRule && plainMedia(rule.media.mediaText)) {
      const inner = cleanRules(rule.cssRules, picture, left);
      coloured ||= inner.coloured;
      if (inner.css !== '') kept.push(`@media ${rule.media.mediaText}{${inner.css}}`);
    }
  }
  return { css: kept.join('\n'), coloured };
}

/** Selectors that cost more than they are worth, or that look at the state of things. */
function plainSelector(selector: string): boolean {
  return (
    selector.length <= SELECTOR_LENGTH_MAX &&
    !/:(?:has|visited|target|host|is|where)\b/i.test(selector)
  );
}

/** Light and dark are decided by us: a message with colours of its own stays on a light page. */
function plainMedia(media: string): boolean {
  return media.length <= SELECTOR_LENGTH_MAX && !/prefers-|forced-|inverted-/i.test(media);
}

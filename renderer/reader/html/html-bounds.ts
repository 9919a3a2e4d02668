/**
 * Bounds on HTML before it is parsed: a browser's parser takes time that grows with the square of how
 * many elements are open at once, and a cleaner with the square of how many attributes one has.
 */

/** So many are open at once in no letter; those opened beyond are left out, their text is not. */
const OPEN_MAX = 200;
/** Tables in tables are measured again and again; newsletters have some twenty. */
const OPEN_TABLES_MAX = 40;
/** What is written in one tag, strings in quotes not counted. */
const TAG_LENGTH_MAX = 8192;

const TAG = /<(\/?)([a-z][a-z0-9-]*)[^>]*>?/gi;
const QUOTED = /"[^"]*"|'[^']*'/g;
/** Elements that end by themselves. */
const ENDING = new Set(
  (
    'area base basefont bgsound br col embed frame hr img input keygen link meta param source track ' +
    'wbr p li td tr th dd dt option optgroup thead tbody tfoot colgroup rp rt'
  ).split(' '),
);

/** HTML that is parsed in time that grows with its length. */
export function withinBounds(html: string): string {
  let open = 0;
  let tables = 0;
  return html.replace(TAG, (tag: string, end: string, name: string) => {
    if (tag.length > TAG_LENGTH_MAX && tag.replace(QUOTED, '').length > TAG_LENGTH_MAX) return '';
    const element = name.toLowerCase();
    if (ENDING.has(element)) return tag;
    const isTable = element === 'table';
    if (end !== '') {
      open = Math.max(0, open - 1);
      if (isTable) tables = Math.max(0, tables - 1);
      return tag;
    }
    if (open >= OPEN_MAX || (isTable && tables >= OPEN_TABLES_MAX)) return '';
    open += 1;
    if (isTable) tables += 1;
    return tag;
  });
}

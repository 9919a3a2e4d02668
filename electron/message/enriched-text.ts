/**
 * text/enriched (RFC 1896) and text/richtext (RFC 1341) as plain text. Imports nothing; linear, never
 * throws. Commands are left out, line ends come out as the writer meant them.
 */

const COMMAND = /<<|<(\/?[a-z0-9-]{1,60})>/gi;

/** @param text clean, with LF as line end */
export function enrichedText(text: string, type: string): string {
  const rich = type === 'text/richtext';
  // One line end is a space, more of them are one less; richtext has its own command for them.
  const folded = rich
    ? text.replace(/\n+/g, ' ')
    : text.replace(/\n+/g, (ends) => (ends.length === 1 ? ' ' : ends.slice(1)));
  let hidden = 0;
  let plain = '';
  let from = 0;
  const add = (some: string): void => {
    if (hidden === 0) plain += some;
  };
  for (const match of folded.matchAll(COMMAND)) {
    add(folded.slice(from, match.index));
    from = match.index + match[0].length;
    const command = match[1]?.toLowerCase();
    if (command === undefined) add('<');
    else if (HIDING.has(command)) hidden += 1;
    else if (HIDING.has(command.slice(1))) hidden = Math.max(0, hidden - 1);
    else if (rich) add(RICH[command] ?? '');
  }
  add(folded.slice(from));
  return plain;
}

const HIDING = new Set(['param', 'comment']);
const RICH: Readonly<Record<string, string>> = {
  nl: '\n',
  np: '\n',
  lt: '<',
  '/paragraph': '\n\n',
};

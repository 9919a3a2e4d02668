/**
 * The pseudo-locale: English with accents, a third longer, in brackets. A window that speaks it shows
 * what was never extracted, what is cut off, and what is glued together from pieces.
 */

const PLAIN = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const ACCENTED = [...'àƀçðéƒĝĥîĵķļɱñöþɋŕšţûṽŵẋýžÀƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞɊŔŠŢÛṼŴẊÝŽ'];
/** Other languages are about so much longer. */
const LONGER = 1 / 3;
/** A tag, or an argument up to its end or its branches. */
const NO_TEXT = /^(?:<\/?\w+>|\{\s*\w+\s*(?:,\s*\w+\s*)?[},])/;

/** `Open` becomes `[Öþéñ··]`; arguments, tags and the names of branches stay. */
export function pseudoMessage(message: string): string {
  const within: ('text' | 'branches')[] = ['text'];
  let made = '';
  for (let at = 0; at < message.length; ) {
    const letter = message.charAt(at);
    const isText = within.at(-1) === 'text';
    const [whole = letter] = isText ? (NO_TEXT.exec(message.slice(at)) ?? []) : [];
    if (letter === '}') within.pop();
    else if (!isText && letter === '{') within.push('text');
    else if (whole.endsWith(',') && whole !== letter) within.push('branches');
    made += isText && whole === letter ? accented(letter) : whole;
    at += whole.length;
  }
  return `[${made}${'·'.repeat(Math.ceil(message.length * LONGER))}]`;
}

function accented(letter: string): string {
  const place = PLAIN.indexOf(letter);
  return ACCENTED[place] ?? letter;
}

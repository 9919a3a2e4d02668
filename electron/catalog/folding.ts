/**
 * Texts without what a person does not mean when sorting or searching: case, accents, and the
 * `Re:` in front of a subject. Imports shared; linear.
 */

import { plainLetters } from '../../shared/plain-letters.ts';

const ASCII = /^[\u0000-\u007f]*$/;

/** The text in lower case and without accents, and in letters that every keyboard has. */
export function folded(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  const bare = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .normalize('NFC');
  return plainLetters(bare);
}

/** Reply and forward marks in the languages of common programs, `Re[2]:` and `Re^2:` included. */
const PREFIX =
  /^\s*(?:re|aw|antw|antwort|sv|vs|rif|ref|r|odp|fwd?|wg|tr|rv|enc|doorst|vl|i)(?:\s*[[(^]\d{1,3}[\])]?)?\s*:\s*/i;
const PREFIXES_MAX = 20;

/** The subject without the marks of replies and forwards in front of it. */
export function bareSubject(subject: string): string {
  let rest = subject;
  for (let count = 0; count < PREFIXES_MAX; count++) {
    const prefix = PREFIX.exec(rest);
    if (!prefix) break;
    rest = rest.slice(prefix[0].length);
  }
  return rest.trimStart();
}

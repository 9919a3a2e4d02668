/** Bytes of a message as text in which everything can be seen: nothing turns it around or hides. */

/** Controls, what is not drawn, and what turns the direction around; line ends and tabs excepted. */
const UNSEEN = /(?![\t\n])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** UTF-8 where it is, otherwise a letter for each byte. */
export function visibleSource(bytes: Uint8Array): string {
  return decoded(bytes)
    .replace(/\r\n?/g, '\n')
    .replace(UNSEEN, (character) => {
      const code = character.codePointAt(0) ?? 0;
      return `⟨${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
    });
}

function decoded(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes);
  // A character that a stroke cuts through is no reason to doubt the rest.
  const odd = text.slice(1, -1).includes('\ufffd');
  return odd ? new TextDecoder('windows-1252').decode(bytes) : text;
}

/** Mailboxes of numbered messages for tests that run the real engine on the real disk. */

/** One message as it stands in a mailbox, of about so many bytes. */
export function numberedLetter(name: string, number: number, bodyBytes: number): string {
  const line = `Line of letter ${number} by ${name}, as it was written.\n`;
  const body = line.repeat(Math.ceil(bodyBytes / line.length)).slice(0, bodyBytes);
  return `From ${name}@example.org Thu Jan  1 00:00:00 2004\nSubject: ${name}-${number}\n\n${body}\n\n`;
}

/** So many of them. */
export function numberedLetters(name: string, count: number, bodyBytes: number): string[] {
  return Array.from({ length: count }, (_none, at) => numberedLetter(name, at, bodyBytes));
}

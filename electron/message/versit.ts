/**
 * Cards and calendars as they were written before their RFCs (versit vCard 2.1 and vCalendar 1.0, 1996),
 * in the form of their RFCs, so that one parser reads both. Imports the charsets; linear, never throws.
 *
 * Parameters without a name are types, quoted-printable is decoded, lines that go on behind a soft end are
 * joined, blanks behind BEGIN and END are left out.
 */

import { decodeBytes } from './charset.ts';

/** @param text a card or a calendar of any version */
export function plainLines(text: string): string {
  const lines: string[] = [];
  for (const line of text.replace(/\r\n?/g, '\n').split('\n')) {
    const last = lines.length - 1;
    const before = lines[last];
    if (before?.endsWith('=') && /;(?:encoding=)?quoted-printable/i.test(before)) {
      lines[last] = before.slice(0, -1) + line;
    } else lines.push(line);
  }
  return lines.map(plainLine).join('\r\n');
}

function plainLine(line: string): string {
  if (/^(?:BEGIN|END):/i.test(line)) return line.trimEnd();
  const match = /^([\w.-]+)((?:;[^:;"]+)*):(.*)$/.exec(line);
  if (!match?.[2]) return line;
  const [, name = '', parameters = '', value = ''] = match;
  const words = parameters.split(';').filter(Boolean);
  const encoded = words.some((word) => /^(?:encoding=)?quoted-printable$/i.test(word));
  const charset = words.find((word) => /^charset=/i.test(word))?.slice('charset='.length) ?? null;
  const kept = words
    .filter((word) => !/^(?:(?:encoding=)?(?:quoted-printable|8bit|7bit)|charset=.*)$/i.test(word))
    .map((word) => (word.includes('=') ? word : `TYPE=${word}`));
  const text = encoded ? decodedValue(value, charset) : value;
  return `${[name, ...kept].join(';')}:${text}`;
}

function decodedValue(value: string, charset: string | null): string {
  const bytes = value.replace(/=([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return decodeBytes(Buffer.from(bytes, 'latin1'), charset).replace(/\r?\n/g, '\\n');
}

/**
 * An mbox as Google Takeout writes it, drawn up by hand: labels in several languages, encoded and folded,
 * mailing lists, drafts without a date, chats, and attachments; with what a person must be told of it.
 */

import { Buffer } from 'node:buffer';

export interface LabelledMessage {
  readonly from: string;
  readonly subject: string;
  /** As Gmail calls them. */
  readonly labels: readonly string[];
  readonly list: string;
  /** Names of what is attached. */
  readonly files: readonly string[];
}

const LISTS = ['bell-ringers.marrowfield.example', 'orchard.marrowfield.example', ''] as const;
const LABELS: readonly (readonly string[])[] = [
  ['Inbox', 'Bell tower'],
  ['Posteingang', 'Blumen & Gärten'],
  ['Inbox', '家族'],
  ['Archived', 'Bell tower', 'Bills, paid'],
  [],
  ['Entwürfe'],
  ['Chat', 'Bell tower'],
];
const FILES: readonly (readonly string[])[] = [['rota.pdf', 'tower.jpg'], [], ['bells.mp3'], []];
const TYPES = new Map([
  ['pdf', 'application/octet-stream'],
  ['jpg', 'image/jpeg'],
  ['mp3', 'audio/mpeg'],
]);

/** @param count of messages, one a day */
export function labelledMessages(count: number): LabelledMessage[] {
  return Array.from({ length: count }, (_none, number) => ({
    from: `Ringer ${number % 7} <ringer${number % 7}@marrowfield.example>`,
    subject: `Peal number ${number}`,
    labels: LABELS[number % LABELS.length] ?? [],
    list: LISTS[number % LISTS.length] ?? '',
    files: FILES[number % FILES.length] ?? [],
  }));
}

/** The file that holds them. */
export const labelledMailbox = (messages: readonly LabelledMessage[]): string =>
  messages.map(stored).join('').replaceAll('\n', '\r\n');

function stored(message: LabelledMessage, number: number): string {
  const sent = new Date(Date.UTC(2014, 2, 1, 9) + number * 86_400_000);
  const { from, subject, labels, list, files } = message;
  const isDated = !labels.includes('Entwürfe') && !labels.includes('Chat');
  const head = [
    `From 15${number}@xxx ${fromLineDate(sent)}`,
    `X-GM-THRID: 15${number}`,
    ...(labels.length > 0 ? [`X-Gmail-Labels: ${labelsField(labels)}`] : []),
    `From: ${from}`,
    'To: tower@marrowfield.example',
    `Subject: ${subject}`,
    ...(isDated ? [`Date: ${sent.toUTCString().replace('GMT', '+0000')}`] : []),
    ...(list === '' ? [] : [`List-Id: A list <${list}>`]),
  ].join('\n');
  const text = `Stand to your ropes. ${'x'.repeat(number * 10)}\n`;
  if (files.length === 0) return `${head}\n\n${text}\n`;
  const parts = [
    `Content-Type: text/plain\n\n${text}`,
    ...files.map((file) => {
      const type = TYPES.get(file.split('.')[1] ?? '') ?? 'text/plain';
      return `Content-Type: ${type}; name="${file}"\nContent-Disposition: attachment\n\n${'QUJD\n'.repeat(number * 40)}`;
    }),
  ].map((part) => `--seam\n${part}`);
  return `${head}\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=seam\n\n${parts.join('')}--seam--\n\n`;
}

/** A label that holds a comma is quoted; a field that is not ASCII is encoded, word by word (RFC 2047). */
function labelsField(labels: readonly string[]): string {
  const text = labels.map((label) => (label.includes(',') ? `"${label}"` : label)).join(',');
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  const words = text.match(/.{1,12}/gu) ?? [];
  return words
    .map((word) => `=?UTF-8?B?${Buffer.from(word, 'utf8').toString('base64')}?=`)
    .join('\n ');
}

/** `Sat Mar 01 09:00:00 +0000 2014`: the zone stands before the year. */
function fromLineDate(date: Date): string {
  const [weekday, day, month, year, time] = date.toUTCString().replace(',', '').split(' ');
  return `${weekday} ${month} ${day} ${time} +0000 ${year}`;
}

/**
 * An mbox as Google Takeout writes it, drawn up by hand: labels in several languages, encoded and folded,
 * mailing lists, and what tags of Thunderbird look like; with what a person must be told of it.
 */

import { Buffer } from 'node:buffer';

export interface LabelledMessage {
  readonly from: string;
  readonly subject: string;
  /** As Gmail calls them. */
  readonly labels: readonly string[];
  readonly list: string;
}

const LISTS = ['bell-ringers.marrowfield.example', 'orchard.marrowfield.example', ''] as const;
const LABELS: readonly (readonly string[])[] = [
  ['Inbox', 'Bell tower'],
  ['Posteingang', 'Blumen & Gärten'],
  ['Inbox', '家族'],
  ['Archived', 'Bell tower', 'Bills, paid'],
  [],
];

/** @param count of messages, one a day */
export function labelledMessages(count: number): LabelledMessage[] {
  return Array.from({ length: count }, (_none, number) => ({
    from: `Ringer ${number % 7} <ringer${number % 7}@marrowfield.example>`,
    subject: `Peal number ${number}`,
    labels: LABELS[number % LABELS.length] ?? [],
    list: LISTS[number % LISTS.length] ?? '',
  }));
}

/** The file that holds them. */
export function labelledMailbox(messages: readonly LabelledMessage[]): string {
  return messages
    .map((message, number) => {
      const sent = new Date(Date.UTC(2014, 2, 1, 9) + number * 86_400_000);
      const head = [
        `From 15${number}@xxx ${fromLineDate(sent)}`,
        `X-GM-THRID: 15${number}`,
        ...(message.labels.length > 0 ? [`X-Gmail-Labels: ${labelsField(message.labels)}`] : []),
        `From: ${message.from}`,
        'To: tower@marrowfield.example',
        `Subject: ${message.subject}`,
        `Date: ${sent.toUTCString().replace('GMT', '+0000')}`,
        ...(message.list === '' ? [] : [`List-Id: A list <${message.list}>`]),
      ];
      return `${head.join('\r\n')}\r\n\r\nStand to your ropes. ${'x'.repeat(number * 10)}\r\n\r\n`;
    })
    .join('');
}

/** A label that holds a comma is quoted; a field that is not ASCII is encoded, word by word (RFC 2047). */
function labelsField(labels: readonly string[]): string {
  const text = labels.map((label) => (label.includes(',') ? `"${label}"` : label)).join(',');
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  const words = [...text].reduce<string[]>((before, letter) => {
    const last = before.at(-1);
    if (last === undefined || last.length >= 12) return [...before, letter];
    return [...before.slice(0, -1), last + letter];
  }, []);
  return words
    .map((word) => `=?UTF-8?B?${Buffer.from(word, 'utf8').toString('base64')}?=`)
    .join('\r\n ');
}

/** `Sat Mar 01 09:00:00 +0000 2014`: the zone stands before the year. */
function fromLineDate(date: Date): string {
  const [weekday, day, month, year, time] = date.toUTCString().replace(',', '').split(' ');
  return `${weekday} ${month} ${day} ${time} +0000 ${year}`;
}

/** What a list is narrowed to, in words. */

import type { AttachmentKind } from '../../shared/attachment-kinds.ts';
import type { Narrowing } from '../../shared/narrowing.ts';
import type { Group, GroupingName } from '../../shared/overview-contract.ts';
import { say } from '../../shared/language/say.ts';
import { formatMonth, formatWeekday } from '../design/format.ts';

/** `14:00–15:00`. */
export function hourName(hour: number): string {
  const digits = (number: number): string => String(number).padStart(2, '0');
  return say('narrow.hours', { from: digits(hour), to: digits(hour + 1) });
}

/** `Sunday, 14:00–15:00`. */
export const timeName = (weekday: number, hour: number): string =>
  say('narrow.time', { weekday: formatWeekday(weekday), hours: hourName(hour) });

export const senderName = (text: string): string => (text === '' ? say('none.sender') : text);

export const attachmentName = (kind: AttachmentKind): string => say(`attachment.${kind}`);

/** What a group is called where room is scarce: a sender by the name alone. */
export const groupName = (by: GroupingName, { label }: Pick<Group, 'label'>): string =>
  by === 'sender' ? senderName(label) : label;

/** The same, told apart from all others: `Anna Berg <anna@berg.example>`. */
export function fullGroupName(by: GroupingName, group: Pick<Group, 'label' | 'text'>): string {
  const name = groupName(by, group);
  const isSame = group.text === '' || group.text === group.label.toLowerCase();
  return by !== 'sender' || isSame ? name : `${name} <${group.text}>`;
}

/** `May 2001 – Aug 2003`, `2004`, `2001 – 2003`. @param to behind the last moment */
export function datesName(from: number, to: number): string {
  const [first, last] = [new Date(from), new Date(to - 1)];
  const whole =
    first.getMonth() === 0 && last.getMonth() === 11
      ? [String(first.getFullYear()), String(last.getFullYear())]
      : [formatMonth(first.getTime()), formatMonth(last.getTime())];
  const [begin = '', end = ''] = whole;
  return begin === end ? say('narrow.date', { date: begin }) : say('narrow.dates', { begin, end });
}

/** `From: Anna Berg`. */
export function narrowingInWords(narrowing: Narrowing): string {
  switch (narrowing.by) {
    case 'sender':
      return say('narrow.sender', { name: senderName(narrowing.text) });
    case 'list':
      return say('narrow.list', { name: narrowing.text });
    case 'label':
      return say('narrow.label', { name: narrowing.text });
    case 'dates':
      return datesName(narrowing.from, narrowing.to);
    case 'undated':
      return say('narrow.undated');
    case 'times': {
      const { weekday, hour } = narrowing;
      if (weekday === null) return hour === null ? '' : hourName(hour);
      return hour === null ? formatWeekday(weekday) : timeName(weekday, hour);
    }
    case 'attachments':
      return say('narrow.attachments', { kind: attachmentName(narrowing.kind) });
    case 'duplicates':
      return say(`narrow.duplicates.${narrowing.which}`);
  }
}

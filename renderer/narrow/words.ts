/** What a list is narrowed to, in words. */

import type { AttachmentKind } from '../../shared/attachment-kinds.ts';
import type { Narrowing } from '../../shared/narrowing.ts';
import type { Group, GroupingName } from '../../shared/overview-contract.ts';

const DAY_MS = 86_400_000;

const month = new Intl.DateTimeFormat(undefined, {
  year: 'numeric',
  month: 'short',
  timeZone: 'UTC',
});
const weekdays = new Intl.DateTimeFormat(undefined, { weekday: 'long', timeZone: 'UTC' });

/** Day 4 of January 1970 was a Sunday. */
export const weekdayName = (weekday: number): string => weekdays.format((3 + weekday) * DAY_MS);

/** `14:00–15:00`. */
export function hourName(hour: number): string {
  const digits = (number: number): string => String(number).padStart(2, '0');
  return `${digits(hour)}:00–${digits(hour + 1)}:00`;
}

export const senderName = (text: string): string => (text === '' ? '(no sender)' : text);

export const ATTACHMENT_NAMES: Readonly<Record<AttachmentKind, string>> = {
  picture: 'Pictures',
  pdf: 'PDF',
  document: 'Texts, tables, slides',
  packed: 'Compressed files',
  sound: 'Sound',
  video: 'Video',
  message: 'Messages, invitations, cards',
  other: 'Other files',
};

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
    first.getUTCMonth() === 0 && last.getUTCMonth() === 11
      ? [String(first.getUTCFullYear()), String(last.getUTCFullYear())]
      : [month.format(first), month.format(last)];
  return whole[0] === whole[1] ? (whole[0] ?? '') : whole.join(' – ');
}

/** `From: Anna Berg`. */
export function narrowingInWords(narrowing: Narrowing): string {
  switch (narrowing.by) {
    case 'sender':
      return `From: ${senderName(narrowing.text)}`;
    case 'list':
      return `List: ${narrowing.text}`;
    case 'label':
      return `Label: ${narrowing.text}`;
    case 'dates':
      return datesName(narrowing.from, narrowing.to);
    case 'undated':
      return 'Without a date';
    case 'times': {
      const { weekday, hour } = narrowing;
      const parts = [
        weekday === null ? '' : weekdayName(weekday),
        hour === null ? '' : hourName(hour),
      ];
      return parts.filter((part) => part !== '').join(', ');
    }
    case 'attachments':
      return `Attached: ${ATTACHMENT_NAMES[narrowing.kind]}`;
    case 'duplicates':
      return narrowing.which === 'all' ? 'Duplicates' : 'Duplicates, all but one of each';
  }
}

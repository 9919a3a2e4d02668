/** Messages: envelopes, headers, dates, whole messages. Always an answer, clean text, bounded. */

import { attachmentsCarried } from '../../electron/message/attachments-carried.ts';
import { decodeBytes } from '../../electron/message/charset.ts';
import { parseDate, parseSeparatorDate } from '../../electron/message/date.ts';
import { readEnvelope } from '../../electron/message/envelope.ts';
import { copied, recipients, sender, shownOf } from '../../electron/message/correspondents.ts';
import { decodeHeaderText } from '../../electron/message/header-text.ts';
import {
  gmailLabels,
  keywordLabels,
  labelsOf,
  listName,
} from '../../electron/message/lists-and-labels.ts';
import { htmlText } from '../../electron/message/html-text.ts';
import { readMessage } from '../../electron/message/read-message.ts';
import { messageViewSchema } from '../../shared/message-view.ts';
import type { Chance } from './chance.ts';
import { hostileMailbox, hostileMessage } from './mailboxes.ts';
import { mutated } from './mutate.ts';
import { must, type Target } from './target.ts';

const UNCLEAN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;
const UNCLEAN_LINE = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/;

function mustBeLine(text: string, what: string): void {
  must(!UNCLEAN_LINE.test(text), `${what} is not one clean line`);
}

function mustBeMoment(date: number | null): void {
  must(date === null || Number.isFinite(date), 'a date that is none');
}

const envelope: Target = {
  name: 'envelope',
  share: 14,
  attempt: (chance) => {
    const stored = chance.note(hostileMailbox(chance));
    const separatorLength = chance.chance(0.9)
      ? stored.indexOf('\n') + 1
      : chance.integer(0, stored.length);
    const empty = stored.indexOf('\n\n');
    const headerLength = chance.chance(0.9) ? empty + 2 : chance.integer(0, stored.length);
    const read = readEnvelope(stored, headerLength, separatorLength);
    for (const text of read.from.split('\0')) mustBeLine(text, 'from');
    mustBeLine(read.subject, 'subject');
    mustBeMoment(read.date);
    must(Number.isInteger(read.flags) && read.flags >= 0 && read.flags < 32, 'no such flags');
    const kinds = attachmentsCarried(stored, headerLength);
    must(Number.isInteger(kinds) && kinds >= 0 && kinds < 256, 'no such kinds');
  },
};

const VALUES = [
  'Mon, 01 Jan 2024 00:00:00 +0100 (CET)',
  'Wed Aug  4 10:11:12 MET DST 2004',
  '2024-01-01T00:00:00Z',
  '4-Aug-94 10:11 PM EST',
  '"Ann, B." <ann@example.org>, Group: c@d, "e" <f@g>;, h (comment (nested))',
  '=?utf-8?Q?caf=C3=A9?= =?utf-8?B?w6k=?= <a@b>',
  '=?iso-2022-jp?B?GyRCJUYlOSVIGyhC?=',
  'attachment; filename*0="a"; filename*1*=utf-8\'\'%C3%A9',
];
const LABELS = [
  'utf-8',
  'utf-7',
  'hz-gb-2312',
  'iso-2022-kr',
  'iso-2022-jp',
  'utf-16',
  'big5',
  'x',
];

const fieldValue: Target = {
  name: 'header field',
  share: 14,
  attempt: (chance) => {
    const begin = Buffer.from(chance.several(VALUES, 3).join(' '), 'latin1');
    const value = chance.note(mutated(begin, chance)).toString('latin1');
    mustBeMoment(parseDate(value));
    mustBeMoment(parseSeparatorDate(`From ${value}`));
    mustBeLine(decodeHeaderText(value), 'a field');
    mustBeLine(shownOf(sender(value)), 'sender');
    mustBeLine(shownOf(recipients(value)), 'recipients');
    for (const text of recipients(value).split('\0')) mustBeLine(text, 'people');
    mustBeLine(copied(value), 'copied');
    mustBeLine(listName(value), 'list');
    for (const label of labelsOf(gmailLabels(value))) mustBeLine(label, 'label');
    for (const label of labelsOf(keywordLabels(value))) mustBeLine(label, 'keyword');
    must(
      typeof decodeBytes(Buffer.from(value, 'latin1'), chance.pick(LABELS)) === 'string',
      'text',
    );
  },
};

const whole: Target = {
  name: 'whole message',
  share: 5,
  attempt: async (chance) => {
    const message = chance.note(hostileMessage(chance));
    const read = await readMessage(message);
    const view = { ...read.view, key: 'k', bytes: message.length, truncated: false };
    const problems = messageViewSchema.safeParse(view).error?.issues ?? [];
    must(problems.length === 0, `not what the contract says: ${problems[0]?.message}`);
    must(!UNCLEAN.test(read.text.text), 'text with control characters');
    for (const { name, type, bytes } of view.attachments) {
      mustBeLine(name, 'a file name');
      mustBeLine(type, 'a type');
      must(!/[/\\]/.test(name) && name !== '', 'a file name with a path');
      must(Number.isSafeInteger(bytes) && bytes >= 0, 'an attachment without a size');
    }
    for (const { value } of view.headers) mustBeLine(value, 'a header');
  },
};

const TAGS = [
  '<p>',
  '</p>',
  '<br>',
  '<b',
  '<a href="x">',
  '<table><tr><td>',
  '<!--',
  '-->',
  '&#0;',
];

function someHtml(chance: Chance): Buffer {
  return Buffer.from(chance.several([...TAGS, 'text ', '&lt;', '<style>', '\n'], 60).join(''));
}

const html: Target = {
  name: 'html',
  share: 2,
  attempt: (chance) => {
    const bytes = chance.note(mutated(someHtml(chance), chance, { words: TAGS }));
    must(typeof htmlText(bytes.toString('latin1')) === 'string', 'text');
  },
};

export const messageTargets: readonly Target[] = [envelope, fieldValue, whole, html];

/** Goal: which kinds of attachments a message carries is told without decoding it, as a person would sort them. */

import { expect, it } from 'vitest';
import { kindBit } from '../../../electron/message/attachment-kind.ts';
import { attachmentsCarried } from '../../../electron/message/attachments-carried.ts';
import { CHAT_LABEL, DRAFT_LABEL, labelBits } from '../../../electron/message/system-labels.ts';
import { ATTACHMENT_KINDS } from '../../../shared/attachment-kinds.ts';

const part = (...fields: string[]): string => `--b\n${fields.join('\n')}\n\nbody\n`;
const text = part('Content-Type: text/plain');

function kindsOf(...parts: string[]): string[] {
  const head = 'From: a@example.org\nContent-Type: multipart/mixed; boundary="b"\n\n';
  const stored = Buffer.from(`${head}${parts.join('')}--b--\n`, 'latin1');
  const bits = attachmentsCarried(stored, head.length);
  return ATTACHMENT_KINDS.filter((kind) => bits & kindBit(kind));
}

const attached = (type: string, name = ''): string =>
  part(
    `Content-Type: ${type}`,
    `Content-Disposition: attachment${name === '' ? '' : `; filename=${name}`}`,
  );

it.each([
  ['picture', 'image/jpeg', ''],
  ['picture', 'application/octet-stream', '"Am See.JPG"'],
  ['picture', 'application/octet-stream', '=?utf-8?B?R8OkcnRlbi5qcGc=?='],
  ['picture', 'application/octet-stream', "long; filename*0*=utf-8''a%20long; filename*1=name.png"],
  ['pdf', 'application/pdf', '"plan.pdf"'],
  ['pdf', 'application/octet-stream', 'PLAN.PDF'],
  ['document', 'application/msword', ''],
  ['document', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', ''],
  ['document', 'application/x-unknown', 'talk.odp'],
  ['document', 'text/plain', 'notes'],
  ['packed', 'application/x-zip-compressed', ''],
  ['packed', 'application/octet-stream', 'backup.tar.gz'],
  ['sound', 'audio/mpeg', ''],
  ['video', 'video/quicktime', ''],
  ['video', 'application/octet-stream', 'fair.avi'],
  ['message', 'message/rfc822', ''],
  ['message', 'text/x-vcard', 'anna.vcf'],
  ['message', 'application/ms-tnef', 'winmail.dat'],
  ['other', 'application/x-of-its-own', 'thing.qqq'],
  ['other', 'application/octet-stream', ''],
])('%s: %s %s', (kind, type, name) => {
  expect(kindsOf(text, attached(type, name))).toEqual([kind]);
});

it('every kind once, whatever stands between', () => {
  const inner = `--b\nContent-Type: multipart/related; boundary=c\n\n--c\nContent-Type: text/html\n\n<p>\n--c\nContent-Type: image/png; name=logo.png\nContent-ID: <logo>\n\nx\n--c--\n`;
  expect(kindsOf(inner, attached('image/png'), text, attached('application/pdf'))).toEqual([
    'picture',
    'pdf',
  ]);
  expect(kindsOf(inner, text)).toEqual([]);
});

it('a message that is nothing but a file is of its kind', () => {
  const head = 'From: a@example.org\nContent-Type: audio/x-wav\n\n';
  expect(attachmentsCarried(Buffer.from(`${head}body`), head.length)).toBe(kindBit('sound'));
});

it('drafts and chats of Takeout are told in any language, and by whole names only', () => {
  expect(['Drafts', 'Inbox\nEntwürfe', '下書き', 'ЧЕРНОВИКИ'].map(labelBits)).toEqual(
    Array.from({ length: 4 }, () => DRAFT_LABEL),
  );
  expect(labelBits('Opened\nChat')).toBe(CHAT_LABEL);
  expect(labelBits('Brouillons\nChat')).toBe(DRAFT_LABEL | CHAT_LABEL);
  expect(labelBits('Chat with Anna\nMy drafts')).toBe(0);
});

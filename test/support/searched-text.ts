/**
 * What of a message a search finds, said slowly: every text that a reader can show of it, each choice
 * of several and each text attachment included, and the attachments that it lists. HTML is laid out by
 * a library; addresses of links are no text.
 */

/// <reference path="../../electron/message/html-to-text.d.ts" />

import { compile } from 'html-to-text';
import { bytesInMemory } from '../../electron/message/byte-source.ts';
import { cardText, contactsText, invitationText } from '../../electron/message/card-text.ts';
import { guessed } from '../../electron/message/charset.ts';
import { OpenMessage } from '../../electron/message/read-message.ts';
import { type BodyPart, type Letter, peopleText } from '../../shared/message-view.ts';

export interface SearchedText {
  readonly texts: readonly string[];
  readonly files: readonly { readonly name: string; readonly type: string }[];
}

const BYTES_MAX = 16 * 1024 * 1024;
const HEADINGS = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'];

const seen = compile({
  wordwrap: false,
  selectors: [
    { selector: 'a', options: { ignoreHref: true } },
    { selector: 'img', format: 'skip' },
    ...HEADINGS.map((selector) => ({
      selector,
      options: { uppercase: false },
    })),
  ],
});

function letterTexts({ from, to, subject, body }: Letter, parts: Set<string>): string[] {
  return [
    peopleText(from),
    peopleText(to),
    subject,
    ...body.flatMap((part) => bodyTexts(part, parts)),
  ];
}

function bodyTexts(part: BodyPart, parts: Set<string>): string[] {
  if (part.kind === 'alternatives')
    return part.choices.flatMap(({ body }) => body.flatMap((one) => bodyTexts(one, parts)));
  parts.add(part.part);
  switch (part.kind) {
    case 'text':
      return [part.paragraphs.map(({ text }) => text).join('\n')];
    case 'html':
      return [seen(part.html)];
    case 'message':
      return letterTexts(part.message, parts);
    case 'report':
      return part.groups.flatMap((group) => group.map(({ name, value }) => `${name}: ${value}`));
    case 'invitation':
      return [invitationText(part.entries)];
    case 'contacts':
      return [contactsText(part.contacts)];
    case 'encrypted':
    case 'picture':
      return [];
  }
}

export async function searchedText(message: OpenMessage): Promise<SearchedText> {
  const view = await message.view();
  const { attachments } = await message.attachments();
  const shown = new Set<string>();
  const texts = view.body.flatMap((part) => bodyTexts(part, shown));
  const files = attachments.map(({ name, type }) => ({
    name,
    type: type.toLowerCase(),
  }));
  for (const { part, type } of attachments) {
    if (shown.has(part)) continue;
    const content = await message.part(part);
    if (!content) continue;
    const { bytes } = await content.read(0, BYTES_MAX);
    const text = guessed(bytes);
    if (type === 'text/html') texts.push(seen(text));
    else if (type === 'text/calendar') texts.push(cardText(text, 'calendar') ?? text);
    else if (type.startsWith('text/')) texts.push(text);
    else if (type === 'message/rfc822') {
      const open = await OpenMessage.open(bytesInMemory(bytes), '');
      const { from, to, subject } = await open.view();
      texts.push(peopleText(from), peopleText(to), subject);
      const inner = await searchedText(open);
      texts.push(...inner.texts);
      files.push(...inner.files);
    }
  }
  return { texts, files };
}

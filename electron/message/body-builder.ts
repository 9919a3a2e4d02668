/**
 * What is to be shown of a message, part by part, made from its structure. Imports shared and this
 * folder.
 *
 * Every part of a message is either shown, or an attachment, or both; none is left out but what a
 * limit cuts, which is counted. Promises: bounded (`VIEW_LIMITS`), never throws on what a message says.
 */

import {
  type Attachment,
  type BodyPart,
  type Letter,
  type Protection,
  type Related,
  type TextPart,
  VIEW_LIMITS,
} from '../../shared/message-view.ts';
import { AttachmentList } from './attachment-list.ts';
import { invitation } from './calendar.ts';
import { manyLines } from './clean-text.ts';
import { contactsIn } from './contacts.ts';
import type { EmbeddedFile } from './embedded.ts';
import type { Entity } from './entity.ts';
import { readHeader } from './header-fields.ts';
import { headOf } from './letter-head.ts';
import { ENCODED_BYTES_MAX, messageInside, smimeInside } from './part-inside.ts';
import { kindOf, protectionOf, reportOf, textTypeOf, withoutFork } from './part-kind.ts';
import { decodedBytes, type Placed, type PartPlaces } from './part-places.ts';
import { relatedIn, withoutPlaced } from './placed-pictures.ts';
import { reportGroups, statedGroups } from './report.ts';
import {
  htmlOf,
  inlinePgp,
  isHtmlUnsaid,
  textBeside,
  textOf,
  textPieces,
  withRoom,
} from './text-part.ts';
import { readTnef, tnefText } from './tnef.ts';
import { macFile } from './mac-file.ts';

/** No more than this of one text is decoded, unless it holds files. */
const TEXT_BYTES_MAX = 4 * 1024 * 1024;
const FILES_BYTES_MAX = 64 * 1024 * 1024;
const FILES_BEGIN = ['\nbegin ', '\n=ybegin ', '\n(This file must be converted with BinHex'];
/** Calendars, cards, reports. */
const SMALL_BYTES_MAX = 512 * 1024;

/** Where the building stands in the message. */
interface Where extends Placed {
  readonly depth: number;
  readonly related: readonly Related[];
  /** The message's own text, whatever else it says it is. */
  readonly root: boolean;
}

export class BodyBuilder {
  readonly #places: PartPlaces;
  readonly #charset: string | null;
  readonly list = new AttachmentList();
  readonly protection: Protection[] = [];
  /** Each text in one piece. */
  readonly texts = new Map<TextPart, string>();
  readonly omitted = { headers: 0, shown: 0 };
  #textLeft: number = VIEW_LIMITS.textLength;
  #htmlLeft: number = VIEW_LIMITS.textLength;
  #shownLeft: number = VIEW_LIMITS.shown;
  #messagesLeft: number = VIEW_LIMITS.messages;
  #invited = false;

  /** @param charset for all texts, instead of what they say */
  constructor(places: PartPlaces, charset: string | null) {
    this.#places = places;
    this.#charset = charset;
  }

  /**
   * A message.
   * @param separator the line that keeps it apart in its archive; empty if it has none
   */
  async letter(message: Placed, depth = 0, separator = ''): Promise<Letter> {
    const { entity } = message;
    const { head, omitted } = headOf(entity.fields, separator, this.#charset);
    this.omitted.headers += omitted;
    const where = { ...message, depth, related: relatedIn(message), root: true };
    return { ...head, body: withoutPlaced(await this.#body(where), message) };
  }

  async #body(where: Where): Promise<BodyPart[]> {
    const kind = kindOf(where.entity);
    const { disposition } = where.entity.about;
    this.#places.note(where);
    switch (kind) {
      case 'alternatives':
        return this.#alternatives(where);
      case 'signed':
        return this.#signed(where);
      case 'encrypted':
        return this.#encrypted(where);
      case 'apple-double':
      case 'parts':
        return this.#children(
          where,
          kind === 'apple-double' ? withoutFork(where.entity) : undefined,
        );
      case 'calendar':
      case 'contacts':
        return this.#card(where, kind);
      case 'outlook':
        return this.#outlook(where);
      case 'smime':
        return this.#smime(where);
      case 'fragment':
        return this.#fragment(where);
      case 'elsewhere':
        return this.#elsewhere(where);
      case 'mac-file':
        return this.#macFile(where);
      case 'picture':
        return this.#picture(where);
      case 'file':
        await this.list.attach(where);
        return [];
      default:
        // A message that is nothing but a file: it is shown, and can be saved.
        if (disposition === 'attachment') await this.list.attach(where);
        if (disposition === 'attachment' && !where.root) return [];
        if (kind === 'message') return this.#message(where);
        if (kind === 'message-header') return this.#header(where);
        if (kind === 'report') return this.#report(where);
        return kind === 'html' ? this.#html(where) : this.#text(where);
    }
  }

  async #children(where: Where, children: readonly Entity[] = where.entity.children) {
    const shown: BodyPart[] = [];
    for (const entity of children) {
      shown.push(...(await this.#body({ ...where, entity, root: false })));
    }
    return shown;
  }

  async #alternatives(where: Where): Promise<BodyPart[]> {
    const choices: { type: string; body: BodyPart[] }[] = [];
    for (const entity of where.entity.children) {
      const body = await this.#body({ ...where, entity, root: false });
      if (body.length > 0) choices.push({ type: textTypeOf(entity), body });
    }
    const [only] = choices;
    if (choices.length <= 1) return only?.body ?? [];
    return this.#show({ kind: 'alternatives', part: where.prefix + where.entity.id, choices });
  }

  async #signed(where: Where): Promise<BodyPart[]> {
    const [signed, signature, ...more] = where.entity.children;
    if (!signed || !signature) return this.#children(where);
    const part = this.#places.note({ ...where, entity: signature });
    this.protection.push({ part, state: 'signed', with: protectionOf(where.entity.about) });
    return this.#children(where, [signed, ...more]);
  }

  async #encrypted(where: Where): Promise<BodyPart[]> {
    const by = protectionOf(where.entity.about);
    const part = where.prefix + where.entity.id;
    this.protection.push({ part, state: 'encrypted', with: by });
    for (const entity of where.entity.children) {
      this.#places.note({ ...where, entity });
      await this.list.attach({ ...where, entity }, 'encrypted');
    }
    return this.#show({ kind: 'encrypted', part, with: by });
  }

  async #smime(where: Where): Promise<BodyPart[]> {
    const said = where.entity.about.parameters.get('smime-type')?.toLowerCase() ?? '';
    const part = where.prefix + where.entity.id;
    const { is, signed } = await smimeInside(where);
    const saidSigned = said.startsWith('signed') || said === 'certs-only';
    const state = is ?? (saidSigned ? 'signed' : 'encrypted');
    this.protection.push({ part, state, with: 'smime' });
    await this.list.attach(where, state === 'encrypted' ? 'encrypted' : 'readable');
    if (state === 'encrypted') return this.#show({ kind: 'encrypted', part, with: 'smime' });
    if (!signed || where.depth >= VIEW_LIMITS.messageDepth) return [];
    const related = [...where.related, ...relatedIn(signed)];
    return this.#body({ ...signed, depth: where.depth + 1, related, root: where.root });
  }

  /** A message that was sent in pieces: what this piece says of itself, and what it holds. */
  async #fragment(where: Where): Promise<BodyPart[]> {
    const part = where.prefix + where.entity.id;
    const groups = statedGroups(where.entity.about);
    const card = this.#show({ kind: 'report', part, report: 'fragment', groups, omitted: 0 });
    const isFirst = where.entity.children.length > 0;
    return [...card, ...(await (isFirst ? this.#message(where) : this.#text(where)))];
  }

  /** A file that was not sent: where it lies, or lay. */
  async #elsewhere(where: Where): Promise<BodyPart[]> {
    const { bytes } = await decodedBytes(where, SMALL_BYTES_MAX);
    const part = where.prefix + where.entity.id;
    const { groups, omitted } = reportGroups(bytes);
    const said = [...statedGroups(where.entity.about), ...groups];
    return this.#show({ kind: 'report', part, report: 'elsewhere', groups: said, omitted });
  }

  async #message(where: Where): Promise<BodyPart[]> {
    const inner = await messageInside(where);
    if (!inner || this.#messagesLeft <= 0 || where.depth >= VIEW_LIMITS.messageDepth) {
      await this.list.attach(where);
      return [];
    }
    this.#messagesLeft -= 1;
    const part = where.prefix + where.entity.id;
    const message = await this.letter(inner, where.depth + 1);
    return this.#show({ kind: 'message', part, message });
  }

  async #header(where: Where): Promise<BodyPart[]> {
    const { bytes } = await decodedBytes(where, SMALL_BYTES_MAX);
    const { fields } = readHeader(bytes.toString('latin1'));
    const { head } = headOf(fields, '', this.#charset);
    const part = where.prefix + where.entity.id;
    return this.#show({ kind: 'message', part, message: { ...head, body: [] } });
  }

  async #report(where: Where): Promise<BodyPart[]> {
    const { bytes } = await decodedBytes(where, SMALL_BYTES_MAX);
    const part = where.prefix + where.entity.id;
    const report = reportOf(where.entity.about.type);
    return this.#show({ kind: 'report', part, report, ...reportGroups(bytes) });
  }

  async #card(where: Where, kind: 'calendar' | 'contacts'): Promise<BodyPart[]> {
    const { about } = where.entity;
    const part = where.prefix + where.entity.id;
    if (about.name !== '' || about.disposition === 'attachment') await this.list.attach(where);
    const { bytes, cut } = await decodedBytes(where, SMALL_BYTES_MAX);
    const { text } = textOf(bytes, about, this.#charset);
    if (kind === 'calendar') {
      const found = cut ? null : invitation(text);
      // Often sent twice, between the text and as a file.
      if (found && this.#invited && about.disposition === 'attachment') return [];
      this.#invited ||= found !== null;
      return found ? this.#show({ kind: 'invitation', part, ...found }) : this.#text(where);
    }
    const found = contactsIn(text);
    return found ? this.#show({ kind: 'contacts', part, ...found }) : this.#text(where);
  }

  async #picture(where: Where): Promise<BodyPart[]> {
    const attachment = await this.list.attach(where);
    if (!attachment || where.entity.about.disposition === 'attachment') return [];
    const { part, type, name, bytes } = attachment;
    return this.#show({ kind: 'picture', part, type, name, bytes });
  }

  async #html(where: Where): Promise<BodyPart[]> {
    const { entity, prefix } = where;
    if (entity.about.name !== '' && !where.root) await this.list.attach(where);
    const { bytes, cut, beside } = await decodedBytes(where, TEXT_BYTES_MAX);
    const { html, charset } = htmlOf(bytes, entity.about, this.#charset);
    const shown = this.#showHtml({ ...where, entity, prefix }, html, charset, cut);
    return [...shown, ...this.#beside(prefix + entity.id, beside)];
  }

  #showHtml(where: Where, html: string, charset: TextPart['charset'], more: boolean): BodyPart[] {
    if (html.trim() === '') return [];
    const some = html.slice(0, this.#htmlLeft);
    this.#htmlLeft -= some.length;
    const part = where.prefix + where.entity.id;
    const cut = more || some.length < html.length;
    return this.#show({
      kind: 'html',
      part,
      html: some,
      related: [...where.related],
      charset,
      cut,
    });
  }

  async #text(where: Where): Promise<BodyPart[]> {
    const { entity, prefix } = where;
    const { about } = entity;
    if (about.name !== '' && !where.root) await this.list.attach(where);
    let { bytes, cut, beside } = await decodedBytes(where, TEXT_BYTES_MAX);
    if (cut && FILES_BEGIN.some((begin) => bytes.includes(begin))) {
      ({ bytes, cut, beside } = await decodedBytes(where, FILES_BYTES_MAX));
    }
    if (isHtmlUnsaid(bytes, about)) {
      const { html, charset } = htmlOf(bytes, { ...about, type: 'text/html' }, this.#charset);
      const shown = this.#showHtml(where, html, charset, cut);
      return [...shown, ...this.#beside(prefix + entity.id, beside)];
    }
    const part = prefix + entity.id;
    const shown: BodyPart[] = [];
    for (const [number, piece] of textPieces(bytes, about, this.#charset).entries()) {
      if ('inside' in piece) shown.push(...this.#file(part, number, piece, piece.inside));
      else shown.push(...this.#showText(part, piece.shown, piece.text, cut));
    }
    return [...shown, ...this.#beside(part, beside)];
  }

  /** What a mailing list put behind a text in base64, below it. */
  #beside(part: string, beside: string): BodyPart[] {
    const read = textBeside(beside, this.#charset);
    return read ? this.#showText(part, read.shown, read.text, false) : [];
  }

  #showText(
    part: string,
    read: Omit<TextPart, 'kind' | 'part' | 'cut'>,
    text: string,
    more: boolean,
  ): BodyPart[] {
    const pgp = inlinePgp(text);
    if (pgp) this.protection.push({ part, state: pgp, with: 'openpgp' });
    const left = this.#textLeft;
    this.#textLeft = Math.max(0, left - text.length);
    if (text.length <= left)
      return this.#showNoted({ ...read, kind: 'text', part, cut: more }, text);
    const paragraphs = withRoom(read.paragraphs, left);
    return this.#showNoted(
      { ...read, paragraphs, kind: 'text', part, cut: true },
      text.slice(0, left),
    );
  }

  #showNoted(text: TextPart, whole: string): BodyPart[] {
    this.texts.set(text, whole);
    return this.#show(text);
  }

  async #outlook(where: Where): Promise<BodyPart[]> {
    const { bytes, cut } = await decodedBytes(where, ENCODED_BYTES_MAX);
    const tnef = readTnef(bytes);
    const part = where.prefix + where.entity.id;
    if (!tnef || cut || (tnef.files.length === 0 && where.root)) await this.list.attach(where);
    if (!tnef) return [];
    for (const [number, { name, type, contentId, bytes: content }] of tnef.files.entries()) {
      const file = { name, bytes: content, inside: 'tnef' as const };
      this.list.add(this.#places.noteBytes(part, number, content), file, type, contentId);
    }
    // Whoever sent it put the text beside it too, nearly always.
    if (this.texts.size > 0 || this.#htmlLeft < VIEW_LIMITS.textLength) return [];
    const charset = { name: 'utf-8', how: 'declared' as const, declared: '' };
    const said = tnefText(tnef);
    if (said.is === 'html') return this.#showHtml(where, said.text, charset, false);
    const text = manyLines(said.text).trim();
    if (text === '') return [];
    const paragraphs = [{ quote: 0, text }];
    return this.#showText(part, { paragraphs, flowed: false, charset }, text, false);
  }

  /** A file of the old Macs that is wrapped: what is in it, or itself if that cannot be read. */
  async #macFile(where: Where): Promise<BodyPart[]> {
    const { bytes, cut } = await decodedBytes(where, ENCODED_BYTES_MAX);
    const file = cut ? null : macFile(bytes);
    if (file) return this.#file(where.prefix + where.entity.id, 0, file, file.inside);
    await this.list.attach(where);
    return [];
  }

  /** A file that lay in a text; a picture is shown in its place. */
  #file(
    inside: string,
    number: number,
    file: Pick<EmbeddedFile, 'name' | 'bytes'>,
    how: Attachment['inside'],
  ): BodyPart[] {
    const part = this.#places.noteBytes(inside, number, file.bytes);
    const ending = /\.(gif|jpe?g|png)$/i.exec(file.name)?.[1]?.toLowerCase();
    const type = ending ? `image/${ending.replace(/^jpg$/, 'jpeg')}` : '';
    const attachment = this.list.add(part, { ...file, inside: how }, type, '');
    if (!attachment || !ending) return [];
    const { name, bytes } = attachment;
    return this.#show({ kind: 'picture', part, type, name, bytes });
  }

  #show(part: BodyPart): BodyPart[] {
    if (this.#shownLeft <= 0) {
      this.omitted.shown += 1;
      return [];
    }
    this.#shownLeft -= 1;
    return [part];
  }
}

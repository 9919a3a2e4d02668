/**
 * What is cut out of a message, and what stands there instead, when its attachments are taken out.
 * Imports shared and this folder.
 *
 * Of each attachment that is a part of its own, header and body give way to a part of text that names
 * the file, its type, its size and its digest; of a file that is uuencoded in a text, its lines give way to
 * the same words. Everything else stays byte for byte. Left alone is what would no longer be what it was:
 * parts that are signed or encrypted, forms of one text, messages in messages as such, and files written
 * into a text in another way, or not whole.
 */

import { createHash } from 'node:crypto';
import type { Attachment } from '../../shared/message-view.ts';
import type { Staying } from '../../shared/strip-contract.ts';
import type { ByteSource } from './byte-source.ts';
import type { Entity } from './entity.ts';
import { type FileInText, filesInText, noteInText, textAround } from './files-in-texts.ts';
import { PartBytes } from './part-bytes.ts';
import { kindOf } from './part-kind.ts';
import { type Fingerprinted, takenOutNote } from './taken-out-note.ts';

/** Bytes of a message, from its beginning, and what stands there instead. */
export interface Cut {
  readonly from: number;
  readonly to: number;
  readonly instead: Uint8Array;
}

/** An attachment that is a part of its own, header included. */
export interface OwnPart {
  readonly attachment: Attachment;
  readonly from: number;
  readonly to: number;
  readonly entity: Entity;
}

/** What can be taken out, and where it lies from the beginning of the message. */
export type Removable = OwnPart | FileInText;

/** Which attachments go. */
export interface Wanted {
  /** Smaller ones stay; decoded bytes, an estimate where they have not been counted. */
  readonly bytesMin: number;
  /** Pictures that a text shows in its midst. */
  readonly pictures: 'keep' | 'remove';
}

const LF = 0x0a;
const CR = 0x0d;
const STROKE_BYTES = 256 * 1024;

/** A message that was looked through. */
interface Looked {
  readonly source: ByteSource;
  readonly root: Entity;
  readonly attachments: readonly Attachment[];
}

/** Attachments that may be taken out of the message, and how many of those that are wanted may not. */
export async function removableParts(
  { source, root, attachments }: Looked,
  wanted: Wanted,
): Promise<{ readonly parts: readonly Removable[]; readonly staying: Staying }> {
  const open = new Map(removable(root).map((entity) => [entity.id, entity]));
  const whole = new Set(mustStayWhole(root).map(({ id }) => id));
  const inTexts = await filesInTexts(source, open, attachments);
  const parts: Removable[] = [];
  const gone = new Set<string>();
  const staying = { whole: 0, within: 0, other: 0 };
  for (const attachment of attachments) {
    if (!isWanted(attachment, wanted)) continue;
    const { part, inside, encrypted } = attachment;
    const around = inside === 'uuencode' ? textAround(part) : '';
    // A text that is an attachment itself takes its files with it.
    if (gone.has(around)) continue;
    const entity = inside === 'mime' && !encrypted ? open.get(part) : undefined;
    const file = inTexts.get(part);
    if (entity) {
      parts.push({ attachment, from: entity.from, to: entity.bodyTo, entity });
      gone.add(part);
    } else if (file) parts.push(file);
    else if (encrypted || whole.has(part) || whole.has(around)) staying.whole += 1;
    else if (inside !== 'mime') staying.within += 1;
    else staying.other += 1;
  }
  return { parts, staying };
}

function isWanted(
  { contentId, disposition, bytes }: Attachment,
  { bytesMin, pictures }: Wanted,
): boolean {
  const isShown = contentId !== '' && disposition !== 'attachment';
  return bytes >= bytesMin && !(isShown && pictures === 'keep');
}

/** The files that may be taken out of texts, by the names of the attachments. */
async function filesInTexts(
  source: ByteSource,
  open: ReadonlyMap<string, Entity>,
  attachments: readonly Attachment[],
): Promise<ReadonlyMap<string, FileInText>> {
  const files = new Map<string, FileInText>();
  const within = attachments.filter(({ inside }) => inside !== 'mime');
  const uuencoded = within.filter(({ inside }) => inside === 'uuencode');
  for (const around of new Set(uuencoded.map(({ part }) => textAround(part)))) {
    const text = open.get(around);
    if (!text) continue;
    const inText = within.filter(({ part }) => textAround(part) === around);
    for (const file of await filesInText(source, text, inText)) {
      files.set(file.attachment.part, file);
    }
  }
  return files;
}

/** Parts without parts, outside of what must stay whole. */
function removable(entity: Entity): readonly Entity[] {
  if (isSealed(entity)) return [];
  if (kindOf(entity) === 'alternatives') return entity.children.filter(hasParts).flatMap(removable);
  if (entity.children.length === 0) return entity.complete ? [entity] : [];
  return entity.children.flatMap(removable);
}

function isSealed(entity: Entity): boolean {
  const kind = kindOf(entity);
  return kind === 'signed' || kind === 'encrypted' || kind === 'smime';
}

/** Parts that are signed or encrypted, by themselves or together with others. */
function mustStayWhole(entity: Entity): readonly Entity[] {
  return isSealed(entity) ? withAllBelow(entity) : entity.children.flatMap(mustStayWhole);
}

const withAllBelow = (entity: Entity): readonly Entity[] => [
  entity,
  ...entity.children.flatMap(withAllBelow),
];

const hasParts = ({ children }: Entity): boolean => children.length > 0;

/**
 * What is to be cut, in the order of the message.
 * @param source the message, line ends as they are
 * @param day on which it is done, as text
 */
export async function cutsOf(
  source: ByteSource,
  parts: readonly Removable[],
  day: string,
): Promise<readonly Cut[]> {
  const cuts: Cut[] = [];
  for (const part of parts) {
    if (!('entity' in part)) {
      const { from, to } = part;
      cuts.push({ from, to, instead: await noteInText(source, part, day) });
      continue;
    }
    const { attachment, entity } = part;
    const text = placeholderOf(attachment, await digestOf(source, entity), day);
    if (entity.from === 0) cuts.push(...(await cutsOfWhole(source, entity, text)));
    else cuts.push(await cutOfPart(source, entity, text));
  }
  return cuts.sort((one, other) => one.from - other.from);
}

interface Placeholder {
  readonly header: readonly string[];
  readonly body: readonly string[];
}

function placeholderOf(attachment: Attachment, found: Fingerprinted, day: string): Placeholder {
  const body = takenOutNote(attachment, found, day);
  const isPlain = /^[ -~]*$/.test(attachment.name);
  const header = [
    'Content-Type: text/plain; charset=utf-8',
    `Content-Transfer-Encoding: ${isPlain ? '7bit' : '8bit'}`,
    'Content-Disposition: inline',
  ];
  return { header, body };
}

async function digestOf(
  source: ByteSource,
  { bodyFrom, bodyTo, about: { encoding } }: Entity,
): Promise<Fingerprinted> {
  const part = new PartBytes(source, { bodyFrom, bodyTo, encoding });
  const hash = createHash('sha256');
  let at = 0;
  for (let end = false; !end; ) {
    const stroke = await part.read(at, STROKE_BYTES);
    hash.update(stroke.bytes);
    at += stroke.bytes.length;
    end = stroke.end || stroke.bytes.length === 0;
  }
  return { sha256: hash.digest('hex'), bytes: at };
}

async function cutOfPart(source: ByteSource, entity: Entity, text: Placeholder): Promise<Cut> {
  const { from, bodyTo } = entity;
  const lineEnd = lineEndBefore(await source.read(Math.max(0, from - 2), Math.min(2, from)));
  const [next] = await source.read(bodyTo, 1);
  // An empty part may have no line end of its own in front of the delimiter.
  const isEnded = next === undefined || next === LF || next === CR;
  const lines = [...text.header, '', ...text.body, ...(isEnded ? [] : [''])];
  return { from, to: bodyTo, instead: Buffer.from(lines.join(lineEnd)) };
}

const CONTENT_FIELD = /^content-(?!length\b)[!-9;-~]*[ \t]*:/i;

/** A message that is nothing but a file: other fields say what its content is, and the body goes. */
async function cutsOfWhole(
  source: ByteSource,
  { bodyFrom, bodyTo }: Entity,
  { header, body }: Placeholder,
): Promise<readonly Cut[]> {
  const head = (await source.read(0, bodyFrom)).toString('latin1');
  const cuts: Cut[] = [];
  const lineEnd = /\r\n|\n|\r/.exec(head)?.[0] ?? '\n';
  let instead = Buffer.from(header.map((line) => line + lineEnd).join(''));
  const fields = /[^\r\n]*(?:\r\n|\n|\r)(?:[ \t][^\r\n]*(?:\r\n|\n|\r))*/y;
  for (let field = fields.exec(head); field; field = fields.exec(head)) {
    const to = fields.lastIndex;
    if (!CONTENT_FIELD.test(field[0])) continue;
    cuts.push({ from: to - field[0].length, to, instead });
    instead = Buffer.alloc(0);
  }
  return [...cuts, { from: bodyFrom, to: bodyTo, instead: Buffer.from(body.join(lineEnd)) }];
}

function lineEndBefore(bytes: Buffer): string {
  if (bytes.at(-1) === CR) return '\r';
  return bytes.at(-2) === CR && bytes.at(-1) === LF ? '\r\n' : '\n';
}

const LENGTH_FIELD = /^(content-length[ \t]*:[ \t]*)(\d{1,15})[ \t]*$/im;

/**
 * The cut by which the Content-Length of a mailbox's message says what its body comes to then; none if
 * it says nothing. A wrong one is worse than none: by chance it may end at another message.
 */
export async function lengthCut(
  source: ByteSource,
  bodyFrom: number,
  cuts: readonly Cut[],
): Promise<readonly Cut[]> {
  const head = (await source.read(0, bodyFrom)).toString('latin1');
  const field = LENGTH_FIELD.exec(head.replaceAll('\r\n', ' \n').replaceAll('\r', '\n'));
  if (!field) return [];
  const inBody = cuts.filter(({ from }) => from >= bodyFrom);
  const grown = inBody.reduce(
    (sum, { from, to, instead }) => sum + instead.length - (to - from),
    0,
  );
  const from = field.index + (field[1]?.length ?? 0);
  const to = from + (field[2]?.length ?? 0);
  const length = Math.max(0, Number(field[2]) + grown);
  return [{ from, to, instead: Buffer.from(String(length)) }];
}

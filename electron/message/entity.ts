/**
 * One part of a message: what its header says, and where its body lies. Imports shared and this
 * folder; reads no body.
 */

import { fileName, oneLine } from './clean-text.ts';
import type { HeaderField } from './header-fields.ts';
import { decodeHeaderText } from './header-text.ts';
import { type Structured, structured } from './parameters.ts';

export type Encoding = 'identity' | 'base64' | 'quoted-printable' | 'uuencode';

/** What a part's header says of it. */
export interface About {
  /** `text/plain` where nothing, or nothing that makes sense, is said. */
  readonly type: string;
  /** False where nothing is said of the type. */
  readonly typed: boolean;
  readonly parameters: Structured['parameters'];
  readonly encoding: Encoding;
  readonly disposition: 'attachment' | 'inline' | 'none';
  /** A safe name to show; empty if it has none. */
  readonly name: string;
  /** Without angle brackets. */
  readonly contentId: string;
  readonly location: string;
}

export interface Entity {
  /** Unique in the message, and the same whenever it is read. */
  readonly id: string;
  readonly fields: readonly HeaderField[];
  readonly about: About;
  /** From its header's first byte; its body lies from `bodyFrom` to `bodyTo`. */
  readonly from: number;
  readonly bodyFrom: number;
  bodyTo: number;
  /** False while its end has not been seen. */
  complete: boolean;
  /** Parts of a multipart; the message in a message. */
  readonly children: Entity[];
}

const TYPE = /^[a-z0-9!#$&^_.+-]+\/[a-z0-9!#$&^_.+-]+$/;
const TYPE_LENGTH_MAX = 200;
const ID_LENGTH_MAX = 1000;

/**
 * What a part says of itself.
 * @param otherwise its type where it does not say: in a digest they are messages
 */
export function about(fields: readonly HeaderField[], otherwise: string): About {
  let type: string | null = null;
  let encoding = '';
  let disposition: string | null = null;
  let contentId = '';
  let location = '';
  // Of several fields with one name the first counts.
  for (const field of fields) {
    if (field.name.length < 10 || !/^content-/i.test(field.name)) continue;
    const name = field.name.toLowerCase();
    if (name === 'content-type') type ??= field.value;
    else if (name === 'content-transfer-encoding') encoding ||= field.value;
    else if (name === 'content-disposition') disposition ??= field.value;
    else if (name === 'content-id') contentId ||= field.value;
    else if (name === 'content-location') location ||= field.value;
  }
  const said = structured(type ?? '');
  const put = structured(disposition ?? '');
  const name = put.parameters.get('filename') ?? put.parameters.get('name');
  return {
    type: typeOf(said.value, type === null ? otherwise : 'text/plain'),
    typed: type !== null,
    parameters: said.parameters,
    encoding: encodingOf(encoding),
    disposition: dispositionOf(put.value),
    name: fileName(name ?? said.parameters.get('name') ?? said.parameters.get('filename') ?? ''),
    contentId: oneLine(contentId).slice(0, ID_LENGTH_MAX).replace(/^<|>$/g, ''),
    location: decodeHeaderText(location).slice(0, ID_LENGTH_MAX),
  };
}

function typeOf(value: string, otherwise: string): string {
  if (value.length <= TYPE_LENGTH_MAX && TYPE.test(value)) return value;
  if (value.startsWith('multipart/')) return 'multipart/mixed';
  // RFC 1049, before MIME: `Content-Type: text`.
  return value === 'html' ? 'text/html' : otherwise;
}

function encodingOf(field: string): Encoding {
  const word = (/[a-z0-9-]+/i.exec(field.replace(/\([^()]*\)/g, ''))?.[0] ?? '').toLowerCase();
  if (word === 'base64' || word === 'quoted-printable') return word;
  if (word === 'quoted' || word === 'qp') return 'quoted-printable';
  return /^(?:x-)?uu(?:e|encode)$/.test(word) ? 'uuencode' : 'identity';
}

function dispositionOf(value: string): About['disposition'] {
  if (value === '') return 'none';
  // RFC 2183: what nobody knows is an attachment.
  return value === 'inline' ? 'inline' : 'attachment';
}

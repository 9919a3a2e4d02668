/**
 * Pictures that a message carries with it: as bytes that main serves beside the document of its HTML,
 * or as data addresses elsewhere. What a picture is, its own first bytes say, never the message; how much
 * memory it takes when drawn is told beforehand.
 */

import { foldedContentId } from '../../../shared/content-id.ts';
import { locationName } from '../../../shared/location-name.ts';
import type { Related } from '../../../shared/message-view.ts';
import {
  CARRIED_MAX,
  type CarriedPicture,
  carriedAddress,
} from '../../../shared/reader-contract.ts';
import type { PartChunk } from '../../../shared/reading-contract.ts';
import { pictureFacts } from './picture-facts.ts';

export type FetchPart = (part: string, from: number, length: number) => Promise<PartChunk>;

/** Of one message no more is shown in its text; the rest is in its attachments. */
const PICTURES_MAX = 200;
const PICTURE_BYTES_MAX = 12 * 1024 * 1024;
const BYTES_MAX = 24 * 1024 * 1024;
/** So many are on their way together. */
const AT_ONCE = 4;
const CALL_BYTES = 2 * 1024 * 1024;

/** Whole bytes of a part; null if there are more than `bytesMax`. */
export async function wholePart(
  fetchPart: FetchPart,
  part: string,
  bytesMax: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (let end = false; !end; ) {
    const chunk = await fetchPart(part, length, CALL_BYTES);
    if (length + chunk.bytes.length > bytesMax || (chunk.total ?? 0) > bytesMax) return null;
    pieces.push(chunk.bytes);
    length += chunk.bytes.length;
    end = chunk.end || chunk.bytes.length === 0;
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** A picture as a data address; null if it is none that can be shown safely. */
export async function pictureAddress(bytes: Uint8Array): Promise<string | null> {
  const facts = pictureFacts(bytes);
  return facts && dataAddress(bytes, facts.type);
}

/** Bytes as an address that holds them; null if there are too many for one. */
export function dataAddress(bytes: Uint8Array, type: string): Promise<string | null> {
  const blob = new Blob([bytes as Uint8Array<ArrayBuffer>], { type });
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(typeof reader.result === 'string' ? reader.result : null);
    reader.onerror = () => resolve(null);
    reader.readAsDataURL(blob);
  });
}

/** The pictures of one document, and by which names its HTML asks for them. */
export class CarriedPictures {
  /** In the order of their addresses. */
  readonly all: CarriedPicture[] = [];
  /** Where each is in the document: by content id, by location, or by its part. */
  readonly addresses = new Map<string, string>();
  #left = BYTES_MAX;

  /** Takes a picture in, if it is one and there is room. */
  add(bytes: Uint8Array<ArrayBuffer> | null, names: readonly string[]): void {
    const facts = bytes && bytes.length <= this.#left ? pictureFacts(bytes) : null;
    if (!bytes || !facts || this.all.length >= CARRIED_MAX) return;
    this.#left -= bytes.length;
    const address = carriedAddress(this.all.length);
    this.all.push({ type: facts.type, bytes });
    for (const name of names) if (name !== '') this.addresses.set(name, address);
  }

  /** Loads what HTML asks for. */
  async load(related: readonly Related[], html: string, fetchPart: FetchPart): Promise<void> {
    const asked = related
      .slice(0, PICTURES_MAX)
      .filter(({ contentId, location }) => isAskedFor(html, contentId, location));
    for (let from = 0; from < asked.length && this.#left > 0; from += AT_ONCE) {
      const bytesMax = Math.min(this.#left, PICTURE_BYTES_MAX);
      const some = asked.slice(from, from + AT_ONCE).map(async (one) => ({
        ...one,
        bytes: await wholePart(fetchPart, one.part, bytesMax),
      }));
      for (const { bytes, contentId, location } of await Promise.all(some)) {
        const folded = contentId === '' ? '' : foldedContentId(contentId);
        this.add(bytes, [contentId, folded, location, locationName(location)]);
      }
    }
  }
}

function isAskedFor(html: string, contentId: string, location: string): boolean {
  if (location !== '' && html.includes(locationName(location) || location)) return true;
  return contentId !== '' && /cid:/i.test(html);
}

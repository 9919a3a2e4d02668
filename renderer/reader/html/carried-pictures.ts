/**
 * Pictures that a message carries with it, as data addresses for its HTML. What a picture is, its
 * own first bytes say, never the message; how much memory it takes when drawn is told beforehand.
 */

import type { Related } from '../../../shared/message-view.ts';
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
): Promise<Uint8Array | null> {
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

/** Loads what HTML asks for. @returns by content id, and by location */
export async function carriedPictures(
  related: readonly Related[],
  html: string,
  fetchPart: FetchPart,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  let left = BYTES_MAX;
  const asked = related
    .slice(0, PICTURES_MAX)
    .filter(({ contentId, location }) => isAskedFor(html, contentId, location));
  for (let from = 0; from < asked.length && left > 0; from += AT_ONCE) {
    const bytesMax = Math.min(left, PICTURE_BYTES_MAX);
    const some = asked.slice(from, from + AT_ONCE).map(async ({ part, contentId, location }) => {
      const bytes = await wholePart(fetchPart, part, bytesMax);
      const address = bytes && (await pictureAddress(bytes));
      return { address, length: bytes?.length ?? 0, names: [contentId, location] };
    });
    for (const { address, length, names } of await Promise.all(some)) {
      if (!address || length > left) continue;
      left -= length;
      for (const name of names) if (name !== '') found.set(name, address);
    }
  }
  return found;
}

function isAskedFor(html: string, contentId: string, location: string): boolean {
  if (location !== '' && html.includes(location)) return true;
  return contentId !== '' && /cid:/i.test(html);
}

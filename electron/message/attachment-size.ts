/**
 * How large an attachment is when it is decoded: small ones are decoded to find out, the size of
 * others is reckoned. Imports shared and this folder.
 */

import type { Attachment } from '../../shared/message-view.ts';
import type { ByteSource } from './byte-source.ts';
import type { Entity } from './entity.ts';
import { decodedBytes } from './part-places.ts';

export type Size = Pick<Attachment, 'bytes' | 'size'>;

const SAMPLE_BYTES = 1024;

/**
 * @param decodeMax a longer body is not decoded
 */
export async function sizeOf(source: ByteSource, entity: Entity, decodeMax: number): Promise<Size> {
  const encoded = Math.max(0, entity.bodyTo - entity.bodyFrom);
  if (encoded <= decodeMax && entity.complete) {
    const { bytes } = await decodedBytes({ source, entity }, encoded);
    return { bytes: bytes.length, size: 'exact' };
  }
  const size = entity.complete ? 'about' : 'at-least';
  if (entity.about.encoding !== 'base64') return { bytes: encoded, size };
  const sample = (await source.read(entity.bodyFrom, SAMPLE_BYTES)).toString('latin1');
  const last = (await source.read(Math.max(entity.bodyFrom, entity.bodyTo - 8), 8)).toString(
    'latin1',
  );
  const line = /^\s*(\S+)(\s*)/.exec(sample);
  const length = line?.[1]?.length ?? 1;
  const ends = line?.[2]?.length ?? 0;
  // Lines of one length, as programs write them.
  const lines = Math.ceil(encoded / (length + ends));
  const letters = Math.max(0, encoded - (lines - 1) * ends);
  const padding = /(=*)\s*$/.exec(last)?.[1]?.length ?? 0;
  return { bytes: Math.max(0, Math.floor((letters * 3) / 4) - padding), size };
}

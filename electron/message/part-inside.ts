/** What lies in a part that has to be decoded as a whole before it can be looked into. Imports this folder. */

import { bytesInMemory } from './byte-source.ts';
import { decodedBytes, type Placed } from './part-places.ts';
import { type SmimeBody, smimeBody } from './signed-content.ts';
import { Structure } from './structure.ts';

/** What is encoded as a whole is decoded in memory. */
export const ENCODED_BYTES_MAX = 32 * 1024 * 1024;

/** The message in a part: it lies there, or is decoded first; null if that would take too much. */
export async function messageInside(placed: Placed): Promise<Placed | null> {
  const { entity, source, prefix } = placed;
  const [child] = entity.children;
  if (child) return { entity: child, source, prefix };
  if (entity.bodyTo - entity.bodyFrom > ENCODED_BYTES_MAX) return null;
  if (entity.about.encoding === 'identity' || entity.bodyTo <= entity.bodyFrom) return null;
  const { bytes } = await decodedBytes(placed, ENCODED_BYTES_MAX);
  return entityIn(placed, bytes);
}

/** What an S/MIME part is, and the part that is signed in it. Null each if that cannot be told. */
export async function smimeInside(
  placed: Placed,
): Promise<{ readonly is: SmimeBody['is'] | null; readonly signed: Placed | null }> {
  const { bytes, cut } = await decodedBytes(placed, ENCODED_BYTES_MAX);
  const body = smimeBody(bytes);
  const content = cut ? null : (body?.content ?? null);
  return { is: body?.is ?? null, signed: content && entityIn(placed, content) };
}

/** Bytes out of a part, as a message or a part of their own. */
function entityIn({ entity, prefix }: Placed, bytes: Buffer): Placed {
  const structure = new Structure();
  structure.push(bytes);
  return {
    entity: structure.end(bytes.length),
    source: bytesInMemory(bytes),
    prefix: `${prefix}${entity.id}/`,
  };
}

/**
 * Where the parts of a message are, by the names that others know them by. Imports this folder.
 *
 * Most parts lie in the message itself; those of an encoded message, of a text or of a `winmail.dat`
 * lie in memory, as long as the message is open.
 */

import { type ByteSource, bytesInMemory } from './byte-source.ts';
import type { Entity } from './entity.ts';
import { type Body, PartBytes } from './part-bytes.ts';

export interface Place {
  readonly source: ByteSource;
  readonly body: Body;
}

/** A part, the bytes it lies in, and what its name begins with there. */
export interface Placed {
  readonly entity: Entity;
  readonly source: ByteSource;
  readonly prefix: string;
}

export class PartPlaces {
  readonly #places = new Map<string, Place>();

  /** Notes where a part lies. @returns its name */
  note({ entity, source, prefix }: Placed): string {
    const part = prefix + entity.id;
    const { bodyFrom, bodyTo, about } = entity;
    this.#places.set(part, { source, body: { bodyFrom, bodyTo, encoding: about.encoding } });
    return part;
  }

  /** Notes a part that was taken out of another one. @returns its name */
  noteBytes(inside: string, number: number, bytes: Buffer): string {
    const part = `${inside}~${number}`;
    const body: Body = { bodyFrom: 0, bodyTo: bytes.length, encoding: 'plain' };
    this.#places.set(part, { source: bytesInMemory(bytes), body });
    return part;
  }

  /** Null if there is no such part. */
  bytesOf(part: string): PartBytes | null {
    const place = this.#places.get(part);
    return place ? new PartBytes(place.source, place.body) : null;
  }
}

/**
 * The beginning of a part, decoded, and what stood beside its base64, as Latin-1.
 * @param bytesMax no more than this of it
 */
export async function decodedBytes(
  { source, entity }: Pick<Placed, 'source' | 'entity'>,
  bytesMax: number,
): Promise<{ readonly bytes: Buffer; readonly cut: boolean; readonly beside: string }> {
  const { bodyFrom, bodyTo, about } = entity;
  const part = new PartBytes(source, { bodyFrom, bodyTo, encoding: about.encoding });
  const { bytes, end } = await part.read(0, bytesMax);
  return { bytes, cut: !end || !entity.complete, beside: part.beside };
}

/** The attachments of a message as they are found, up to a limit. Imports shared and this folder. */

import { type Attachment, VIEW_LIMITS } from '../../shared/message-view.ts';
import { sizeOf } from './attachment-size.ts';
import { nameOfType } from './part-kind.ts';
import type { Placed } from './part-places.ts';

/** So much is decoded to know the size of attachments exactly. */
const SIZING_BYTES_MAX = 4 * 1024 * 1024;
const TYPE = /^[\w.+-]{1,100}\/[\w.+-]{1,100}$/;

/** A file that was taken out of a part. */
interface TakenOut {
  readonly name: string;
  readonly bytes: Buffer;
  readonly inside: Attachment['inside'];
}

export class AttachmentList {
  readonly all: Attachment[] = [];
  /** How many there were beyond the limit. */
  omitted = 0;
  #sizingLeft = SIZING_BYTES_MAX;

  /** Lists a part. @returns null if there are too many */
  async attach(
    { entity, source, prefix }: Placed,
    state: 'readable' | 'encrypted' = 'readable',
  ): Promise<Attachment | null> {
    const { about, id } = entity;
    if (this.all.length >= VIEW_LIMITS.attachments) {
      this.omitted += 1;
      return null;
    }
    const size = await sizeOf(source, entity, this.#sizingLeft);
    this.#sizingLeft -= size.size === 'exact' ? size.bytes : 0;
    return this.#push({
      part: prefix + id,
      name: about.name || nameOfType(about.type),
      type: about.type,
      ...size,
      disposition: about.disposition,
      contentId: about.contentId,
      inside: 'mime',
      encrypted: state === 'encrypted',
    });
  }

  /**
   * Lists a file that was taken out of a part.
   * @param said its type as somebody stated it
   * @returns null if there are too many
   */
  add(
    part: string,
    { name, bytes, inside }: TakenOut,
    said: string,
    contentId: string,
  ): Attachment | null {
    const type = TYPE.test(said) ? said.toLowerCase() : 'application/octet-stream';
    return this.#push({
      part,
      name: name || nameOfType(type),
      type,
      bytes: bytes.length,
      size: 'exact',
      disposition: 'attachment',
      contentId,
      inside,
      encrypted: false,
    });
  }

  #push(attachment: Attachment): Attachment | null {
    if (this.all.length >= VIEW_LIMITS.attachments) {
      this.omitted += 1;
      return null;
    }
    this.all.push(attachment);
    return attachment;
  }
}

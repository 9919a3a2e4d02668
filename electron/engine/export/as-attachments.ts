/**
 * What is attached to messages, decoded, as files: in a folder for each message, or all in one.
 * Imports its neighbours; the parts of a message are the reading's (`message-reading.ts`).
 */

import path from 'node:path';
import { DEFAULT_NAME } from '../../../shared/export-contract.ts';
import type { Attachment } from '../../../shared/message-view.ts';
import { BYTES_PER_CALL } from '../../../shared/reading-contract.ts';
import type { Key } from '../../../shared/units.ts';
import type { MessageReading } from '../messages/message-reading.ts';
import { FreeNames } from './free-names.ts';
import { checkTemplate, messageName, safeName } from './message-name.ts';
import type { StoredMessage } from './stored-messages.ts';
import type { Taking, TakingRequest } from './taking.ts';
import { WholeFiles } from './whole-files.ts';

/** The decoded bytes of an attachment, some at a time. */
async function* bytesOf(
  reading: MessageReading,
  of: Key,
  { part }: Attachment,
): AsyncGenerator<Uint8Array> {
  for (let from = 0, end = false; !end; ) {
    const chunk = await reading.partBytes(of, part, from, BYTES_PER_CALL);
    yield chunk.bytes;
    from += chunk.bytes.length;
    end = chunk.end || chunk.bytes.length === 0;
  }
}

export class AttachmentFiles implements Taking {
  readonly path: string;
  readonly #request: TakingRequest;
  readonly #files: WholeFiles;
  readonly #names: FreeNames;

  private constructor(request: TakingRequest, names: FreeNames) {
    this.#request = request;
    this.path = request.path;
    // Beside the folders of messages, where the next export finds what a kill leaves.
    this.#files = new WholeFiles(request.source.disk, request.path);
    this.#names = names;
  }

  /** @throws MISUSE for a template that means nothing */
  static async begin(request: TakingRequest): Promise<AttachmentFiles> {
    checkTemplate(request.options.name ?? DEFAULT_NAME);
    const { disk } = request.source;
    await disk.createFolder(request.path);
    return new AttachmentFiles(request, new FreeNames(await disk.names(request.path)));
  }

  async take(message: StoredMessage, place: number): Promise<void> {
    const { source, signal } = this.#request;
    const { attachments } = await source.reading.attachments(message.key);
    if (attachments.length === 0) return;
    const { folder, names } = await this.#placeFor(message, place);
    for (const attachment of attachments) {
      if (signal.aborted) return;
      const name = safeName(attachment.name);
      await this.#files.add({
        folder,
        name: () => names.take(name),
        content: bytesOf(source.reading, message.key, attachment),
        modified: message.row.date,
      });
    }
  }

  finish(): Promise<void> {
    return this.#files.finish();
  }

  abandon(): Promise<void> {
    return Promise.resolve();
  }

  get written(): Taking['written'] {
    return this.#files.written;
  }

  async #placeFor(
    { row }: StoredMessage,
    place: number,
  ): Promise<{ readonly folder: string; readonly names: FreeNames }> {
    const { source, options } = this.#request;
    if (options.attachments === 'flat') return { folder: this.path, names: this.#names };
    const name = messageName(options.name ?? DEFAULT_NAME, row, place, '');
    const folder = path.join(this.path, this.#names.take(name));
    await source.disk.createFolder(folder);
    return { folder, names: new FreeNames([]) };
  }
}

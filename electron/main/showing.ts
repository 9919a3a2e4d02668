/**
 * What a window asks of main to show messages: places for their documents, sounds that are played,
 * links that a person chose, attachments for other programs. Main looks at none of it.
 */

import { shell } from 'electron';
import { MailboxError } from '../../shared/errors.ts';
import type { Saved, ToSave } from '../../shared/reading-contract.ts';
import { archiveId } from '../../shared/units.ts';
import type { Archives } from './archives.ts';
import type { RequestHandlers } from './bridge.ts';
import type { MessageFrames } from './message-frame.ts';
import type { PartFiles } from './part-files.ts';
import { safeLink } from './safe-link.ts';

type Handlers = Pick<
  RequestHandlers,
  | 'placeDocument'
  | 'keepDocument'
  | 'keepSound'
  | 'dropDocument'
  | 'openLink'
  | 'openPart'
  | 'dragPart'
>;

export class Showing {
  readonly #archives: Archives;
  readonly #frames: MessageFrames;
  readonly #partFiles: PartFiles;

  constructor(archives: Archives, frames: MessageFrames, partFiles: PartFiles) {
    this.#archives = archives;
    this.#frames = frames;
    this.#partFiles = partFiles;
  }

  handlers(): Handlers {
    const saveIn =
      (archive: string) =>
      (asked: ToSave): Promise<Saved> =>
        this.#archives.save(archiveId(archive), asked);
    return {
      placeDocument: (contents) => this.#frames.place(contents),
      keepDocument: (contents, document) => this.#frames.keep(contents, document),
      keepSound: (contents, { archive, request }) =>
        this.#frames.keepSound(contents, (from, length) =>
          this.#archives.sound(archiveId(archive), { ...request, from, length }),
        ),
      dropDocument: (contents, token) => this.#frames.dropOne(contents, token),
      openLink: async (_contents, link) => {
        const safe = safeLink(link);
        if (safe === null) throw new MailboxError('MISUSE', { link: link.slice(0, 200) });
        await shell.openExternal(safe);
      },
      openPart: (contents, { archive, request }) =>
        this.#partFiles.open(contents, request, saveIn(archive)),
      dragPart: (contents, { archive, request }) =>
        this.#partFiles.drag(contents, request, saveIn(archive)),
    };
  }
}

/**
 * What leaves an archive through main: places to export to, which a person chooses here and the
 * engine writes to; paper and PDF. A window learns a word for each place, never uses a path.
 */

import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { shell } from 'electron';
import type { TakenPlace } from '../../shared/bridge.ts';
import {
  type ChosenPlace,
  endingOf,
  type ExportForm,
  isOneFile,
} from '../../shared/export-contract.ts';
import { MailboxError } from '../../shared/errors.ts';
import { archiveId } from '../../shared/units.ts';
import type { Archives } from './archives.ts';
import type { RequestHandlers } from './bridge.ts';
import { chooseFolder, chooseNewFile } from './dialogs.ts';
import { writeNewFile } from './new-file.ts';
import { print, toPdf } from './paper.ts';
import { say } from '../../shared/language/say.ts';

type Handlers = Pick<
  RequestHandlers,
  'chooseExportPlace' | 'revealTaken' | 'print' | 'savePdf' | 'saveChart'
>;

/** The name of an archive without its ending. */
const stemOf = (archivePath: string): string => path.parse(archivePath).name || 'archive';

/** A name that every system takes, without what holds words apart in languages from right to left. */
const fileName = (name: string): string =>
  path
    .basename(name.replaceAll(/[\u2066-\u2069]/g, '').replaceAll(/[\\/:*?"<>|]/g, '-'))
    .slice(0, 100);

export class TakingAway {
  readonly #archives: Archives;
  /** What was chosen, by its word; the last ones can be shown in the file browser. */
  readonly #places = new Map<string, { readonly path: string; readonly kind: 'file' | 'folder' }>();

  constructor(archives: Archives) {
    this.#archives = archives;
  }

  handlers(): Handlers {
    return {
      chooseExportPlace: async (contents, { archive, as }) => {
        const id = archiveId(archive);
        const archivePath = this.#archives.pathOf(id);
        if (archivePath === null) throw new MailboxError('MISUSE', { archive });
        const chosen = await this.#choose(contents, stemOf(archivePath), as);
        if (chosen === null) return null;
        const place: ChosenPlace = { path: chosen, ifTaken: 'number' };
        const taken = this.#remember(chosen, isOneFile(as) ? 'file' : 'folder');
        this.#archives.permit(id, taken.word, place);
        return taken;
      },
      revealTaken: (_contents, { word, name }) => this.#reveal(word, name),
      print: (_contents, document) => print(document),
      savePdf: async (contents, { document, name }) => {
        const chosen = await chooseNewFile(
          contents,
          say('dialog.saveAsPdf'),
          `${fileName(name)}.pdf`,
        );
        if (chosen === null) return null;
        return this.#remember(await writeNewFile(chosen, await toPdf(document)), 'file');
      },
      saveChart: async (contents, { name, form, content }) => {
        const chosen = await chooseNewFile(
          contents,
          say('dialog.save'),
          `${fileName(name)}.${form}`,
        );
        if (chosen === null) return null;
        const bytes = Buffer.from(content, form === 'png' ? 'base64' : 'utf8');
        return this.#remember(await writeNewFile(chosen, bytes), 'file');
      },
    };
  }

  async #choose(
    contents: Electron.WebContents,
    stem: string,
    as: ExportForm,
  ): Promise<string | null> {
    if (isOneFile(as)) {
      return chooseNewFile(
        contents,
        say('dialog.export'),
        `${fileName(say('dialog.exportName', { archive: stem }))}${endingOf(as)}`,
      );
    }
    const folder = await chooseFolder(contents, say('dialog.export'), say('dialog.exportHere'));
    // These are folders themselves: the engine makes a new one.
    const apart = as === 'maildir' || as === 'mh';
    return folder !== null && apart ? path.join(folder, stem) : folder;
  }

  #remember(chosen: string, kind: 'file' | 'folder'): TakenPlace {
    const word = randomUUID();
    this.#places.set(word, { path: chosen, kind });
    return { word, name: path.basename(chosen) };
  }

  async #reveal(word: string, name: string): Promise<void> {
    const place = this.#places.get(word);
    if (!place || name !== path.basename(name)) throw new MailboxError('MISUSE', { place: word });
    // A name beside it, if the one that was chosen was taken.
    const where = path.join(path.dirname(place.path), name);
    if (place.kind === 'file') shell.showItemInFolder(where);
    else await shell.openPath(where);
  }
}

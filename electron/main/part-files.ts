/**
 * Attachments as files for other programs: opened in one after a person agreed, or dragged out of
 * the window. The engine writes them, into a folder of ours that goes when the app does; main reads
 * none of them.
 */

import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { app, nativeImage, shell, type WebContents } from 'electron';
import { MailboxError } from '../../shared/errors.ts';
import type { PartFile } from '../../shared/reader-contract.ts';
import type { Saved, ToSave } from '../../shared/reading-contract.ts';
import { askToOpen } from './dialogs.ts';

type Save = (asked: ToSave) => Promise<Saved>;

export class PartFiles {
  #folder: Promise<string> | null = null;
  #folders = 0;

  /** @returns whether it was opened. @throws as the engine; IO if the system has no program for it */
  async open(contents: WebContents, request: PartFile, save: Save): Promise<boolean> {
    const file = await this.#write(request, save);
    if (!(await askToOpen(contents, path.basename(file)))) return false;
    const problem = await shell.openPath(file);
    if (problem !== '') throw new MailboxError('IO', { path: file, problem });
    return true;
  }

  /** Begins to drag the file; the pointer must still be down when it is written. */
  async drag(contents: WebContents, request: PartFile, save: Save): Promise<void> {
    const file = await this.#write(request, save);
    contents.startDrag({ file, icon: sheet() });
  }

  /** Nothing of a message is left in the system's temporary folder. */
  async drop(): Promise<void> {
    const folder = await this.#folder;
    this.#folder = null;
    if (folder) await rm(folder, { recursive: true, force: true });
  }

  /** Each in a folder of its own, so that it has the name by which a person knows it. */
  async #write({ key, part }: PartFile, save: Save): Promise<string> {
    this.#folder ??= mkdtemp(path.join(app.getPath('temp'), 'mailkeep-'));
    const folder = path.join(await this.#folder, String(this.#folders++));
    await mkdir(folder, { mode: 0o700 });
    const { files } = await save({ key, parts: [{ part }], folder });
    const [first] = files;
    if (!first) throw new MailboxError('GONE', { key, part });
    return path.join(folder, first.name);
  }
}

const SHEET = { width: 32, height: 32, left: 6, right: 25, line: 9 } as const;

/** A sheet of paper, drawn here: what a person sees at the pointer. */
function sheet(): Electron.NativeImage {
  const pixels = Buffer.alloc(SHEET.width * SHEET.height * 4);
  for (let y = 2; y < SHEET.height - 2; y++) {
    for (let x = SHEET.left; x <= SHEET.right; x++) {
      const edge = x === SHEET.left || x === SHEET.right || y === 2 || y === SHEET.height - 3;
      const line = y >= SHEET.line && y % 4 === 1 && x > SHEET.left + 3 && x < SHEET.right - 3;
      const [blue, green, red] = edge || line ? [0x5c, 0x6f, 0x1d] : [0xff, 0xff, 0xff];
      pixels.set([blue, green, red, 0xff], (y * SHEET.width + x) * 4);
    }
  }
  return nativeImage.createFromBitmap(pixels, { width: SHEET.width, height: SHEET.height });
}

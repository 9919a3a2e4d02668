/** The system's own dialogs. */

import path from 'node:path';
import { BrowserWindow, dialog, type WebContents } from 'electron';
import { type Danger, dangerOf } from '../../shared/file-danger.ts';
import type { PlaceToSave, SaveRequest } from '../../shared/reading-contract.ts';

/**
 * Lets a person choose archives.
 * @param folder where to begin; left out where the system decides
 * @returns their paths; none if they thought better of it
 */
export async function chooseArchives(
  contents: WebContents,
  folder?: string,
): Promise<readonly string[]> {
  const window = BrowserWindow.fromWebContents(contents);
  const options: Electron.OpenDialogOptions = {
    title: 'Open a mail archive',
    buttonLabel: 'Open',
    ...(folder === undefined ? {} : { defaultPath: folder }),
    properties: ['openFile', 'multiSelections', 'dontAddToRecent'],
    filters: [
      { name: 'All files', extensions: ['*'] },
      {
        name: 'Mail archives',
        extensions: ['mbox', 'mbx', 'mbs', 'mmdf', 'babyl', 'rmail', 'txt'],
      },
    ],
  };
  const chosen = window
    ? await dialog.showOpenDialog(window, options)
    : await dialog.showOpenDialog(options);
  return chosen.filePaths;
}

/**
 * Lets a person choose where parts of a message are saved: one under a name they give it, several
 * under their own in a folder. @returns null if they thought better of it
 */
export async function choosePlace(
  contents: WebContents,
  parts: SaveRequest['parts'],
): Promise<PlaceToSave | null> {
  const window = BrowserWindow.fromWebContents(contents);
  const [first] = parts;
  if (!window || !first) return null;
  if (parts.length > 1) {
    const { filePaths } = await dialog.showOpenDialog(window, {
      title: 'Save attachments',
      buttonLabel: 'Save Here',
      properties: ['openDirectory', 'createDirectory', 'dontAddToRecent'],
    });
    const [folder] = filePaths;
    return folder === undefined ? null : { folder, parts: [...parts] };
  }
  const { filePath } = await dialog.showSaveDialog(window, {
    title: 'Save',
    // What a stranger called it is a suggestion, never a place.
    defaultPath: path.basename((first.name ?? '').replaceAll('\\', '/')),
    properties: ['createDirectory', 'dontAddToRecent', 'showOverwriteConfirmation'],
  });
  if (!filePath) return null;
  const name = path.basename(filePath);
  return { folder: path.dirname(filePath), parts: [{ ...first, name }] };
}

/** Lets a person choose a folder to write in. @returns null if they thought better of it */
export async function chooseFolder(
  contents: WebContents,
  title: string,
  buttonLabel: string,
): Promise<string | null> {
  const window = BrowserWindow.fromWebContents(contents);
  if (!window) return null;
  const { filePaths } = await dialog.showOpenDialog(window, {
    title,
    buttonLabel,
    properties: ['openDirectory', 'createDirectory', 'dontAddToRecent'],
  });
  return filePaths[0] ?? null;
}

/** Lets a person choose the name of a new file. @returns null if they thought better of it */
export async function chooseNewFile(
  contents: WebContents,
  title: string,
  suggested: string,
): Promise<string | null> {
  const window = BrowserWindow.fromWebContents(contents);
  if (!window) return null;
  const { filePath } = await dialog.showSaveDialog(window, {
    title,
    defaultPath: suggested,
    properties: ['createDirectory', 'dontAddToRecent'],
  });
  return filePath || null;
}

const DANGERS: Readonly<Record<Danger, string>> = {
  program:
    'This is a program, or a file that can act like one. Opened, it can read, change and send everything that you can. Open it only if you know who made it and why.',
  macros:
    'Documents of this kind can hold macros: programs that run when they are opened. Open it only if you trust who sent it.',
  packed: 'It holds other files. What they are shows only when it is unpacked.',
  none: 'It came with a message. Open it only if you trust who sent it.',
};

/** Asked before a file that came with a message is opened. @param name as it will be opened */
export async function askToOpen(contents: WebContents, name: string): Promise<boolean> {
  const window = BrowserWindow.fromWebContents(contents);
  if (!window) return false;
  const danger = dangerOf(name, '');
  const answer = await dialog.showMessageBox(window, {
    type: danger === 'none' ? 'question' : 'warning',
    message: `Open “${name}”?`,
    detail: DANGERS[danger],
    buttons: [danger === 'program' || danger === 'macros' ? 'Open Anyway' : 'Open', 'Cancel'],
    defaultId: danger === 'none' ? 0 : 1,
    cancelId: 1,
    noLink: true,
  });
  return answer.response === 0;
}

/** Asked when somebody quits while a compaction runs. @returns true to wait for it */
export async function askToFinish(): Promise<boolean> {
  const answer = await dialog.showMessageBox({
    type: 'question',
    message: 'An archive is being compacted',
    detail:
      'Mailkeep finishes this first, so that every message is in its place, and then quits. It cannot be stopped half way.',
    buttons: ['Finish and Quit', 'Keep Mailkeep Open'],
    defaultId: 0,
    cancelId: 1,
  });
  return answer.response === 0;
}

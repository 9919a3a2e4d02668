/** The system's own dialogs. */

import path from 'node:path';
import { BrowserWindow, dialog, type WebContents } from 'electron';
import { dangerOf } from '../../shared/file-danger.ts';
import type { PlaceToSave, SaveRequest } from '../../shared/reading-contract.ts';
import { say } from '../../shared/language/say.ts';

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
    title: say('dialog.openArchive'),
    buttonLabel: say('dialog.open'),
    ...(folder === undefined ? {} : { defaultPath: folder }),
    properties: ['openFile', 'multiSelections', 'dontAddToRecent'],
    filters: [
      { name: say('dialog.allFiles'), extensions: ['*'] },
      {
        name: say('dialog.mailArchives'),
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
      title: say('dialog.saveAttachments'),
      buttonLabel: say('dialog.saveHere'),
      properties: ['openDirectory', 'createDirectory', 'dontAddToRecent'],
    });
    const [folder] = filePaths;
    return folder === undefined ? null : { folder, parts: [...parts] };
  }
  const { filePath } = await dialog.showSaveDialog(window, {
    title: say('dialog.save'),
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

/** Asked before a file that came with a message is opened. @param name as it will be opened */
export async function askToOpen(contents: WebContents, name: string): Promise<boolean> {
  const window = BrowserWindow.fromWebContents(contents);
  if (!window) return false;
  const danger = dangerOf(name, '');
  const answer = await dialog.showMessageBox(window, {
    type: danger === 'none' ? 'question' : 'warning',
    message: say('dialog.openFile', { name }),
    detail: say(`dialog.danger.${danger}`),
    buttons: [
      say(danger === 'program' || danger === 'macros' ? 'dialog.openAnyway' : 'dialog.open'),
      say('dialog.cancel'),
    ],
    defaultId: danger === 'none' ? 0 : 1,
    cancelId: 1,
    noLink: true,
  });
  return answer.response === 0;
}

/**
 * Asked before marks are lost that cannot be kept.
 * @param over the window whose archive is to be closed; null when the app quits
 * @returns true to lose them
 */
export async function askToLose(over: BrowserWindow | null, marks: number): Promise<boolean> {
  const question: Electron.MessageBoxOptions = {
    type: 'warning',
    message: say('dialog.marksLost', { messages: marks }),
    detail: say('dialog.marksLostMore'),
    buttons: [say('dialog.keepOpen'), say('dialog.loseMarks')],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  };
  const answer = await (over
    ? dialog.showMessageBox(over, question)
    : dialog.showMessageBox(question));
  return answer.response === 1;
}

/** Asked when somebody quits while a compaction runs. @returns true to wait for it */
export async function askToFinish(): Promise<boolean> {
  const answer = await dialog.showMessageBox({
    type: 'question',
    message: say('dialog.compacting'),
    detail: say('dialog.compactingMore'),
    buttons: [say('dialog.finishAndQuit'), say('dialog.keepOpen')],
    defaultId: 0,
    cancelId: 1,
  });
  return answer.response === 0;
}

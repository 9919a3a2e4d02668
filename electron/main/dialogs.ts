/** The system's own dialogs. */

import { BrowserWindow, dialog, type WebContents } from 'electron';

/** Lets a person choose archives. @returns their paths; none if they thought better of it */
export async function chooseArchives(contents: WebContents): Promise<readonly string[]> {
  const window = BrowserWindow.fromWebContents(contents);
  const options: Electron.OpenDialogOptions = {
    title: 'Open a mail archive',
    buttonLabel: 'Open',
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

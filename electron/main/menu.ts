/** The application menu. Its commands are carried out by the window: each is one of its registry. */

import { app, BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron';
import type { MenuCommand, RecentArchive } from '../../shared/bridge.ts';
import { sendMenu } from './bridge.ts';

type Item = MenuItemConstructorOptions;

function command(label: string, name: MenuCommand, accelerator?: string): Item {
  return {
    label,
    ...(accelerator ? { accelerator } : {}),
    // The page handles its own keys; the menu only shows them.
    registerAccelerator: false,
    click: (_item, window) => {
      if (window instanceof BrowserWindow) sendMenu(window.webContents, name);
    },
  };
}

const separator: Item = { type: 'separator' };

/** What the menu asks of the app. */
export interface MenuActions {
  readonly newWindow: () => void;
  readonly recent: readonly RecentArchive[];
  readonly openRecent: (archivePath: string) => void;
  readonly forgetRecent: () => void;
  readonly copyDiagnostics: () => void;
}

const isMac = process.platform === 'darwin';
const settings = command('&Settings…', 'settings', 'CmdOrCtrl+,');

/** What macOS has under the app's own name. */
const APP_MENU: Item = {
  role: 'appMenu',
  submenu: [
    { role: 'about' },
    separator,
    settings,
    separator,
    { role: 'services' },
    separator,
    { role: 'hide' },
    { role: 'hideOthers' },
    { role: 'unhide' },
    separator,
    { role: 'quit' },
  ],
};

function recentMenu({ recent, openRecent, forgetRecent }: MenuActions): Item {
  const archives = recent.map(
    ({ path, name }): Item => ({
      // An ampersand in a name is no shortcut.
      label: name.replaceAll('&', '&&'),
      toolTip: path,
      click: () => openRecent(path),
    }),
  );
  const submenu: Item[] = [...archives, separator, { label: '&Clear', click: forgetRecent }];
  return { label: 'Open &Recent', enabled: archives.length > 0, submenu };
}

function fileItems(actions: MenuActions): Item[] {
  const { newWindow } = actions;
  const closing: Item = isMac ? { role: 'close' } : { role: 'quit' };
  return [
    command('&Open…', 'open', 'CmdOrCtrl+O'),
    command('Open &Folder…', 'open-folder', 'CmdOrCtrl+Shift+O'),
    recentMenu(actions),
    { label: '&New Window', accelerator: 'CmdOrCtrl+N', click: newWindow },
    command('&Close Archive', 'close-archive'),
    command('&Keep in Library', 'keep-in-library'),
    separator,
    command('&Export…', 'export', 'CmdOrCtrl+Shift+E'),
    command('&Print…', 'print', 'CmdOrCtrl+Shift+P'),
    command('&Save as PDF…', 'save-pdf'),
    command('&Save Message…', 'save-message', 'CmdOrCtrl+S'),
    command('Save &Attachments…', 'save-attachments'),
    separator,
    command('&Take Attachments Out…', 'strip-attachments'),
    command('Co&mpact…', 'compact'),
    command('Un&do Compaction', 'undo-compaction'),
    command('How This Archive Is &Read…', 'reading'),
    separator,
    closing,
  ];
}

const VIEW_MENU: Item = {
  label: '&View',
  submenu: [
    command('Th&reads', 'threads', 'T'),
    command('&Overview', 'overview', 'O'),
    separator,
    command('&Collapse All Threads', 'fold-all'),
    command('&Expand All Threads', 'unfold-all'),
    separator,
    command('Message as &HTML', 'view-html', 'CmdOrCtrl+1'),
    command('Message as &Text', 'view-text', 'CmdOrCtrl+2'),
    command('All Hea&ders', 'view-headers', 'CmdOrCtrl+3'),
    command('&Source', 'view-source', 'CmdOrCtrl+4'),
    separator,
    command('Fold or Unfold &Quotes', 'quotes', 'Q'),
    command('Show Remote &Pictures Once', 'pictures-once', 'I'),
    separator,
    command('&Larger Message', 'larger', 'CmdOrCtrl+='),
    command('S&maller Message', 'smaller', 'CmdOrCtrl+-'),
    command('&Usual Size', 'usual-size', 'CmdOrCtrl+0'),
    {
      label: '&Whole Window',
      submenu: [
        { role: 'zoomIn', accelerator: 'CmdOrCtrl+Alt+=' },
        { role: 'zoomOut', accelerator: 'CmdOrCtrl+Alt+-' },
        { role: 'resetZoom', accelerator: 'CmdOrCtrl+Alt+0' },
      ],
    },
    separator,
    { role: 'togglefullscreen' },
  ],
};

/** Sets the menu for the platform. */
export function setMenu(actions: MenuActions): void {
  const { copyDiagnostics } = actions;
  const appMenu: Item[] = isMac ? [APP_MENU] : [];
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...appMenu,
      {
        label: '&File',
        submenu: fileItems(actions),
      },
      {
        label: '&Edit',
        submenu: [
          command('&Undo', 'undo', 'CmdOrCtrl+Z'),
          separator,
          { role: 'copy' },
          command('Select &All', 'select-all', 'CmdOrCtrl+A'),
          separator,
          command('Search All A&rchives…', 'search-everywhere', 'CmdOrCtrl+Shift+F'),
          separator,
          command('Select T&hread', 'select-thread', 'Shift+T'),
          command('Delete Th&read', 'delete-thread', 'Shift+D'),
          separator,
          command('&Delete', 'delete', 'Delete'),
          command('U&ndelete', 'undelete', 'U'),
          command('Delete All &Listed', 'delete-listed'),
          command('Dup&licates…', 'duplicates'),
          separator,
          command('&Search', 'search', '/'),
          command('&Find in Message', 'find', 'CmdOrCtrl+F'),
          command('Find &Next', 'find-next', 'F3'),
          command('Find &Previous', 'find-previous', 'Shift+F3'),
          separator,
          command('&All Commands…', 'palette', 'CmdOrCtrl+P'),
          ...(isMac ? [] : [separator, settings]),
        ],
      },
      VIEW_MENU,
      ...(isMac ? [{ role: 'windowMenu' } satisfies Item] : []),
      {
        role: 'help',
        submenu: [
          command('How This Archive Is &Read', 'reading'),
          command('Where Is My &Mail?', 'where'),
          command('Open the &Sample Archive', 'open-sample'),
          separator,
          { label: 'Copy &Diagnostics', click: copyDiagnostics },
          { label: `Mailkeep ${app.getVersion()}`, enabled: false },
        ],
      },
    ]),
  );
}

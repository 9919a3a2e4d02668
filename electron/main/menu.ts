/** The application menu. Its commands are carried out by the window: each is one of its registry. */

import { app, BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '../../shared/bridge.ts';
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

function fileItems(newWindow: () => void): Item[] {
  const closing: Item = process.platform === 'darwin' ? { role: 'close' } : { role: 'quit' };
  return [
    command('&Open…', 'open', 'CmdOrCtrl+O'),
    command('Open &Folder…', 'open-folder', 'CmdOrCtrl+Shift+O'),
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

/** Sets the menu for the platform. @param newWindow opens another window */
export function setMenu(newWindow: () => void): void {
  const appMenu: Item[] = process.platform === 'darwin' ? [{ role: 'appMenu' }] : [];
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...appMenu,
      {
        label: '&File',
        submenu: fileItems(newWindow),
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
        ],
      },
      {
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
      },
      { role: 'help', submenu: [{ label: `Mailkeep ${app.getVersion()}`, enabled: false }] },
    ]),
  );
}

/** The application menu. Its commands are carried out by the window: each is one of its registry. */

import { app, BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron';
import type { MenuCommand, RecentArchive } from '../../shared/bridge.ts';
import { sendMenu } from './bridge.ts';
import { type PlainId, say } from '../../shared/language/say.ts';

type Item = MenuItemConstructorOptions;

function command(name: MenuCommand, accelerator = '', label: PlainId = `menu.${name}`): Item {
  return {
    label: say(label),
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
const settings = (): Item => command('settings', 'CmdOrCtrl+,');

/** A role of the system's, which speaks English by itself. */
const role = (name: NonNullable<Item['role']>, label: PlainId): Item => ({
  role: name,
  label: say(label),
});

/** What macOS has under the app's own name. */
const appMenu = (): Item => ({
  role: 'appMenu',
  submenu: [
    role('about', 'menu.about'),
    separator,
    settings(),
    separator,
    role('services', 'menu.services'),
    separator,
    role('hide', 'menu.hide'),
    role('hideOthers', 'menu.hideOthers'),
    role('unhide', 'menu.unhide'),
    separator,
    role('quit', 'menu.quit'),
  ],
});

const windowMenu = (): Item => ({
  role: 'windowMenu',
  label: say('menu.window'),
  submenu: [
    role('minimize', 'menu.minimize'),
    role('zoom', 'menu.zoomWindow'),
    separator,
    role('front', 'menu.front'),
  ],
});

function recentMenu({ recent, openRecent, forgetRecent }: MenuActions): Item {
  const archives = recent.map(
    ({ path, name }): Item => ({
      // An ampersand in a name is no shortcut.
      label: name.replaceAll('&', '&&'),
      toolTip: path,
      click: () => openRecent(path),
    }),
  );
  const submenu: Item[] = [
    ...archives,
    separator,
    { label: say('menu.clearRecent'), click: forgetRecent },
  ];
  return { label: say('menu.recent'), enabled: archives.length > 0, submenu };
}

function fileItems(actions: MenuActions): Item[] {
  const { newWindow } = actions;
  const closing = isMac
    ? { ...role('close', 'menu.closeWindow'), accelerator: 'Cmd+Shift+W' }
    : role('quit', 'menu.quit');
  return [
    command('open', 'CmdOrCtrl+O'),
    command('open-folder', 'CmdOrCtrl+Shift+O'),
    recentMenu(actions),
    { label: say('menu.newWindow'), accelerator: 'CmdOrCtrl+N', click: newWindow },
    command('close-archive', 'CmdOrCtrl+W'),
    command('keep-in-library'),
    separator,
    command('export', 'CmdOrCtrl+Shift+E'),
    command('print', 'CmdOrCtrl+Shift+P'),
    command('save-pdf'),
    command('save-message', 'CmdOrCtrl+S'),
    command('save-attachments'),
    separator,
    command('strip-attachments'),
    command('compact'),
    command('undo-compaction'),
    command('reading'),
    separator,
    closing,
  ];
}

const viewMenu = (): Item => ({
  label: say('menu.view'),
  submenu: [
    command('threads', 'T'),
    command('overview', 'O'),
    separator,
    command('fold-all'),
    command('unfold-all'),
    separator,
    command('view-html', 'CmdOrCtrl+1'),
    command('view-text', 'CmdOrCtrl+2'),
    command('view-headers', 'CmdOrCtrl+3'),
    command('view-source', 'CmdOrCtrl+4'),
    separator,
    command('quotes', 'Q'),
    command('pictures-once', 'I'),
    separator,
    command('larger', 'CmdOrCtrl+='),
    command('smaller', 'CmdOrCtrl+-'),
    command('usual-size', 'CmdOrCtrl+0'),
    {
      label: say('menu.wholeWindow'),
      submenu: [
        { ...role('zoomIn', 'menu.zoomIn'), accelerator: 'CmdOrCtrl+Alt+=' },
        { ...role('zoomOut', 'menu.zoomOut'), accelerator: 'CmdOrCtrl+Alt+-' },
        { ...role('resetZoom', 'menu.resetZoom'), accelerator: 'CmdOrCtrl+Alt+0' },
      ],
    },
    separator,
    role('togglefullscreen', 'menu.fullScreen'),
  ],
});

/** Sets the menu for the platform. */
export function setMenu(actions: MenuActions): void {
  const { copyDiagnostics } = actions;
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(isMac ? [appMenu()] : []),
      {
        label: say('menu.file'),
        submenu: fileItems(actions),
      },
      {
        label: say('menu.edit'),
        submenu: [
          command('undo', 'CmdOrCtrl+Z'),
          separator,
          role('copy', 'menu.copy'),
          command('select-all', 'CmdOrCtrl+A'),
          separator,
          command('search-everywhere', 'CmdOrCtrl+Shift+F'),
          separator,
          command('select-thread', 'Shift+T'),
          command('delete-thread', 'Shift+D'),
          separator,
          command('delete', 'Delete'),
          command('undelete', 'U'),
          command('delete-listed'),
          command('duplicates'),
          separator,
          command('search', '/'),
          command('find', 'CmdOrCtrl+F'),
          command('find-next', 'F3'),
          command('find-previous', 'Shift+F3'),
          separator,
          command('palette', 'CmdOrCtrl+P'),
          ...(isMac ? [] : [separator, settings()]),
        ],
      },
      viewMenu(),
      ...(isMac ? [windowMenu()] : []),
      {
        ...role('help', 'menu.help'),
        submenu: [
          command('reading', '', 'menu.howRead'),
          command('where'),
          command('open-sample'),
          separator,
          { label: say('menu.diagnostics'), click: copyDiagnostics },
          { label: say('menu.version', { version: app.getVersion() }), enabled: false },
        ],
      },
    ]),
  );
}

/**
 * The narrow bridge: gives the page `window.mailkeep` (shared/bridge.ts), and passes engine ports
 * through. Runs sandboxed, before the page; holds no state and no other power.
 */

import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Answer } from '../../shared/answer.ts';
import type { ArchiveEvent, Bridge, MenuCommand, PortMessage } from '../../shared/bridge.ts';
import type { LibraryEvent } from '../../shared/library.ts';
import type { FrameEvent } from '../../shared/reader-contract.ts';
import type { ArchiveId } from '../../shared/units.ts';
import type { Language } from '../../shared/language/languages.ts';

function ask<Value>(request: string, argument: unknown = null): Promise<Answer<Value>> {
  return ipcRenderer.invoke('bridge', request, argument);
}

function listen<Message>(channel: string, listener: (message: Message) => void): () => void {
  const forward = (_event: unknown, message: Message): void => listener(message);
  ipcRenderer.on(channel, forward);
  return () => ipcRenderer.off(channel, forward);
}

/** As main gave it to the process of this window: `--mailkeep-language=de,de-AT`. */
function languageHere(): Language {
  const start = '--mailkeep-language=';
  const word = process.argv.find((one) => one.startsWith(start)) ?? '';
  const [tag = '', locale = ''] = word.slice(start.length).split(',');
  return { tag: tag as Language['tag'], locale };
}

const bridge: Bridge = {
  platform: process.platform,
  language: languageHere(),
  openDialog: () => ask('openDialog'),
  mailPlaces: () => ask('mailPlaces'),
  openPlace: (path) => ask('openPlace', path),
  openDropped: (files) =>
    ask('openDropped', files.map((file) => webUtils.getPathForFile(file as File)).filter(Boolean)),
  openRecent: (path) => ask('openRecent', path),
  openSample: () => ask('openSample'),
  openFolder: () => ask('openFolder'),
  library: () => ask('library'),
  openFromLibrary: (path) => ask('openFromLibrary', path),
  keepInLibrary: (archive) => ask('keepInLibrary', archive),
  removeFromLibrary: (path) => ask('removeFromLibrary', path),
  lookAgain: (path) => ask('lookAgain', path),
  stopLooking: (path) => ask('stopLooking', path),
  reopen: (archive) => ask('reopen', archive),
  expandAll: (archive) => ask('expandAll', archive),
  openEntries: (archive, entries) => ask('openEntries', { archive, entries }),
  closeArchive: (archive) => ask('closeArchive', archive),
  lendEngine: (path, loan) => ask('lendEngine', { path, loan }),
  giveBackEngine: (loan) => ask('giveBackEngine', loan),
  show: (archive) => ask('show', archive),
  recent: () => ask('recent'),
  reveal: (archive) => ask('reveal', archive),
  saveParts: (archive, request) => ask('saveParts', { archive, request }),
  chooseExportPlace: (archive, as) => ask('chooseExportPlace', { archive, as }),
  revealTaken: (place) => ask('revealTaken', place),
  print: (document) => ask('print', document),
  saveChart: (file) => ask('saveChart', file),
  savePdf: (document, name) => ask('savePdf', { document, name }),
  placeDocument: () => ask('placeDocument'),
  keepDocument: (document) => ask('keepDocument', document),
  keepSound: (archive, request) => ask('keepSound', { archive, request }),
  dropDocument: (token) => ask('dropDocument', token),
  openLink: (link) => ask('openLink', link),
  openPart: (archive, request) => ask('openPart', { archive, request }),
  dragPart: (archive, request) => ask('dragPart', { archive, request }),
  readerSettings: () => ask('readerSettings'),
  rememberReader: (settings) => ask('rememberReader', settings),
  indexesTexts: () => ask('indexesTexts'),
  rememberIndexTexts: (indexTexts) => ask('rememberIndexTexts', indexTexts),
  savedSearches: () => ask('savedSearches'),
  rememberSearches: (searches) => ask('rememberSearches', searches),
  preferences: () => ask('preferences'),
  rememberPreferences: (preferences) => ask('rememberPreferences', preferences),
  panes: () => ask('panes'),
  rememberPanes: (panes) => ask('rememberPanes', panes),
  rememberView: (archive, view) => ask('rememberView', { archive, view }),
  troubles: () => ask('troubles'),
  ready: () => ask('ready'),
  onArchive: (listener) => listen<ArchiveEvent>('archive', listener),
  onLibrary: (listener) => listen<LibraryEvent>('library', listener),
  onLanguage: (listener) => listen<Language>('language', listener),
  onMenu: (listener) => listen<MenuCommand>('menu', listener),
  onFrame: (listener) => listen<FrameEvent>('frame', listener),
};

contextBridge.exposeInMainWorld('mailkeep', bridge);

ipcRenderer.on('port', (event, archive: ArchiveId) => {
  const message: PortMessage = { mailkeepPort: archive };
  window.postMessage(message, location.origin, [...event.ports]);
});
